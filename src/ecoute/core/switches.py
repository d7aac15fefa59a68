"""Features that an administrator turns on or off without restarting anything."""

from typing import Any

from django.db import transaction

from ecoute.core import audit
from ecoute.core.models import Switch


def is_on(name: str, default: bool = False) -> bool:
    """Whether the feature ``name`` is on; ``default`` when nobody ever decided."""
    decided = Switch.objects.filter(name=name).values_list("on", flat=True).first()
    return default if decided is None else decided


@transaction.atomic
def turn(name: str, *, on: bool, by: Any) -> None:
    """Turns ``name`` on or off, and says so in the trail."""
    Switch.objects.update_or_create(name=name, defaults={"on": on})
    audit.record("core.switch_turned", by=by, name=name, on=on)
