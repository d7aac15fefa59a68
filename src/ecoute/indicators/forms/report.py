"""What a report is about, out of an address or a form."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ecoute.directory.facade import Scope, ServiceNode
from ecoute.indicators.enums import Audience
from ecoute.indicators.queries.report import Parameters
from ecoute.indicators.queries.theme_tree import ThemeTree

INDENT = "\u2003"


class ReportForm(forms.Form):
    """``scope``, ``nodes`` and ``tree``: what this reader may choose among."""

    service = forms.TypedChoiceField(label=_("Service"), coerce=int, empty_value=None, required=False)
    since = forms.DateField(label=_("Du"), required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    until = forms.DateField(label=_("Au"), required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    theme = forms.ChoiceField(label=_("Thème"), required=False)
    audience = forms.ChoiceField(
        label=_("Destination"), choices=Audience.choices, initial=Audience.INTERNAL, required=False,
        help_text=_("Publication : effectifs inférieurs à 11 masqués, sans citation."),
    )  # fmt: skip

    def __init__(self, *args: Any, scope: Scope, nodes: list[ServiceNode], tree: ThemeTree, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.scope = scope
        whole = [("", _("Tous les services"))] if scope.everything else []
        services = [(str(node.id), INDENT * node.depth + node.name) for node in nodes]
        self.fields["service"].choices = [*whole, *services]  # type: ignore[attr-defined]
        themes = [(node.slug, INDENT * node.depth + node.label) for node in tree.nodes]
        self.fields["theme"].choices = [("", _("Tous les thèmes")), *themes]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and since > until:
            self.add_error("until", _("La fin de la période précède son début."))
        if not self.scope.everything and not cleaned.get("service") and "service" not in self.errors:
            self.add_error("service", _("Choisissez un service."))
        return cleaned

    def parameters(self) -> Parameters:
        """The parameters asked for; the form must be valid."""
        data = self.cleaned_data
        return Parameters(
            service=data["service"],
            since=data["since"],
            until=data["until"],
            theme=data["theme"],
            audience=Audience(data["audience"] or Audience.INTERNAL),
            language=(get_language() or "fr")[:2],
        )
