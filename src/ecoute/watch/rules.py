"""Who sees which alerts: those of the own services; those of everything only with the whole tree."""

from __future__ import annotations

from django.db.models import QuerySet

from ecoute.directory.facade import Scope
from ecoute.watch.models import Alert


def alerts_in(scope: Scope) -> QuerySet[Alert]:
    """The alerts that ``scope`` lets see, freshest first."""
    alerts = Alert.objects.select_related("service", "decided_by")
    return alerts if scope.everything else alerts.filter(service_id__in=scope.service_ids)
