"""Which curve to draw."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ecoute.directory.facade import Scope, service_nodes
from ecoute.verbatims.facade import CodebookView

INDENT = "\u2003"


class CurveForm(forms.Form):
    """A theme of the codebook, and a service within the reader's scope (none: everything the reader may read)."""

    theme = forms.ChoiceField(label=_("Thème"))
    service = forms.TypedChoiceField(label=_("Service"), required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, scope: Scope, book: CodebookView, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        themes: Any = self.fields["theme"]
        services: Any = self.fields["service"]
        themes.choices = [(one.slug, INDENT * one.depth + one.label) for one in book.themes if not one.retired]
        services.choices = [
            ("", _("Tous")),
            *((str(node.id), INDENT * node.depth + node.name) for node in service_nodes(scope)),
        ]
