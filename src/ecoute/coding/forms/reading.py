"""What a coder says of one verbatim."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from ecoute.verbatims.facade import CodingThemes


class ReadingForm(forms.Form):
    """``themes`` or « none »: saying nothing is no answer."""

    themes = forms.TypedMultipleChoiceField(coerce=int, required=False)
    none = forms.BooleanField(label=_("Aucun de ces thèmes"), required=False)
    unsure = forms.BooleanField(label=_("Je ne suis pas sûr"), required=False)
    note = forms.CharField(label=_("Note pour la discussion"), required=False, max_length=2000, widget=forms.Textarea)

    def __init__(self, data: Any = None, *, book: CodingThemes) -> None:
        super().__init__(data)
        themes: Any = self.fields["themes"]
        themes.choices = [(theme.id, theme.node.label) for theme in book.themes]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        themes, none = given.get("themes"), given.get("none")
        if themes and none:
            raise forms.ValidationError(
                _now("Vous avez choisi des thèmes et « aucun de ces thèmes » : gardez l’un ou l’autre.")
            )
        if not themes and not none and "themes" not in self.errors:
            raise forms.ValidationError(
                _now("Choisissez au moins un thème, même sans en être sûr, ou « aucun de ces thèmes ».")
            )
        return given
