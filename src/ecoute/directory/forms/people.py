"""Inviting people, giving roles and rights."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ecoute.directory.enums import Permission, Role
from ecoute.directory.forms.fields import service_field
from ecoute.directory.models import Membership
from ecoute.directory.queries.access import Scope
from ecoute.directory.rules import GRANTABLE_PERMISSIONS, may_be_granted

ROLE_HINT = _(
    "L’agent et le correspondant lisent ; le responsable lit, corrige et exporte ; le responsable qualité importe et "
    "tient le plan de codage ; l’auditeur lit tout et le journal, sans rien changer ; l’administrateur gère les "
    "comptes et l’annuaire."
)


class RoleForm(forms.Form):
    """A role on a branch that the administrator looks after."""

    role = forms.ChoiceField(label=_("Rôle"), choices=Role.choices, help_text=ROLE_HINT)

    def __init__(self, *args: Any, scope: Scope, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["service"] = service_field(scope, label=_("Sur"), whole=_("Tous les services"))


class InvitationForm(RoleForm):
    """Somebody to invite."""

    email = forms.EmailField(
        label=_("Adresse électronique"), widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"})
    )
    field_order = ["email", "role", "service"]


class GrantForm(forms.Form):
    """A right added by name to a role, and why."""

    permission = forms.ChoiceField(label=_("Droit à ajouter"))
    reason = forms.CharField(
        label=_("Pourquoi"),
        max_length=250,
        help_text=_("Cette raison reste affichée avec le droit. Exemple : « étude des délais, jusqu’en mars »."),
    )

    def __init__(self, *args: Any, membership: Membership, **options: Any) -> None:
        super().__init__(*args, **options)
        held = {grant.permission for grant in membership.grants.order_by("id")}
        self.fields["permission"].choices = [  # type: ignore[attr-defined]
            (permission.value, Permission(permission).label)
            for permission in GRANTABLE_PERMISSIONS
            if permission not in held and may_be_granted(permission, membership.role)
        ]


class PeopleSearch(forms.Form):
    """Who to look for."""

    words = forms.CharField(label=_("Nom ou adresse"), required=False, widget=forms.SearchInput())
    role = forms.ChoiceField(label=_("Rôle"), required=False, choices=[("", _("Tous les rôles")), *Role.choices])
    closed = forms.BooleanField(label=_("Comptes fermés"), required=False)
