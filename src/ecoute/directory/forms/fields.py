"""The choice of a service, usable with ten services or fifteen thousand."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ecoute.directory.queries.access import Scope
from ecoute.directory.queries.services import ServiceNode, match_service, service_nodes, suggest_services

LONGEST_LIST = 200
WHOLE = "*"


def service_field(scope: Scope, *, label: Any, whole: Any = "", initial: int | None = None) -> forms.Field:
    """A list of the open services of ``scope`` where it is short enough to choose from, a name to write otherwise.

    ``whole`` labels the choice of the whole tree, offered to who holds everything. The clean value is an id or None.
    """
    nodes = [node for node in service_nodes(scope) if node.is_active]
    whole = whole if scope.everything else ""
    if len(nodes) <= LONGEST_LIST:
        return ServiceList(nodes, whole=whole, label=label, initial=initial or (WHOLE if whole else None))
    written = next((node.name for node in nodes if node.id == initial), "")
    return ServiceName(nodes, whole=whole, label=label, initial=written)


class ServiceList(forms.TypedChoiceField):
    """The tree in a list, deeper services set in."""

    def __init__(self, nodes: list[ServiceNode], *, whole: Any, **options: Any) -> None:
        highest = min((node.depth for node in nodes), default=0)
        choices: list[tuple[Any, Any]] = [(WHOLE, whole)] if whole else []
        choices += [(node.id, "\u2003" * (node.depth - highest) + node.name) for node in nodes]
        super().__init__(choices=choices, coerce=_id_or_none, **options)


class ServiceName(forms.CharField):
    """A name to write; what resembles it is offered when it names nothing."""

    def __init__(self, nodes: list[ServiceNode], *, whole: Any, **options: Any) -> None:
        self.allowed = {node.id: node.name for node in nodes}
        hint = gettext_lazy("Écrivez le nom du service, ou son nom court.")
        if whole:
            hint = gettext_lazy("Écrivez le nom du service, ou son nom court. Laissez vide pour l’ensemble.")
        super().__init__(required=not whole, help_text=hint, **options)

    def clean(self, value: Any) -> int | None:
        written = super().clean(value)
        if not written:
            return None
        found = match_service(written)
        if found in self.allowed:
            return found
        close = [node.name for node, _closeness in suggest_services(written) if node.id in self.allowed]
        if not close:
            raise forms.ValidationError(_("Aucun service ne porte ce nom."))
        raise forms.ValidationError(_("Aucun service ne porte ce nom. Pensiez-vous à : %s ?") % " · ".join(close))


def _id_or_none(value: str) -> int | None:
    return None if value == WHOLE else int(value)
