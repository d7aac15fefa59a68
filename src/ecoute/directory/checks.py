"""What a production set-up lacks in its accounts (``ecoute check --deploy``)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import DatabaseError
from django.utils.translation import gettext as _

from ecoute.directory.enums import Role
from ecoute.directory.models import Membership, User
from ecoute.directory.queries.access import has_second_factor


@register(Tags.security, deploy=True)
def check_accounts(app_configs: Any, **options: Any) -> Sequence[CheckMessage]:
    """Demo accounts, no administrator, administrators without a second factor."""
    try:
        return [*_demo_accounts(), *_administrators()]
    except DatabaseError:  # no tables yet: core says so
        return []


def _demo_accounts() -> list[CheckMessage]:
    count = User.objects.filter(is_demo=True, is_active=True).count()
    if not count:
        return []
    words = _("%(count)d comptes de démonstration sont ouverts, avec un mot de passe public.") % {"count": count}
    return [
        Error(words, _("Fermez-les dans la page des comptes, ou partez d’une installation neuve."), id="ecoute.E101")
    ]


def _administrators() -> list[CheckMessage]:
    holders = Membership.objects.filter(role=Role.ADMINISTRATOR, user__is_active=True).select_related("user")
    if not holders.filter(service=None).exists():
        return [Error(_("Personne n’administre cette installation."), _("Lancez « ecoute init »."), id="ecoute.E102")]
    bare = sorted({holder.user.email for holder in holders if not has_second_factor(holder.user)})
    hint = _("Demandez-leur de l’installer depuis leur profil : sans lui, leurs droits restent en sommeil.")
    words = _("Sans second facteur : %(who)s") % {"who": ", ".join(bare)}
    return [Warning(words, hint, id="ecoute.W101")] if bare else []
