"""What somebody says to draw a round."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from ecoute.coding.enums import Purpose
from ecoute.coding.queries.frame import Frame
from ecoute.coding.rules import LARGEST
from ecoute.ui.typography import number

USUAL = 200


class DrawForm(forms.Form):
    """``frame``: what is drawn from, and who may code it."""

    name = forms.CharField(
        label=_("Nom de la séance"),
        max_length=120,
        help_text=_("Pour la retrouver : « Double codage de mai 2026 »."),
    )
    size = forms.IntegerField(label=_("Nombre de verbatims"), min_value=1, max_value=LARGEST)
    purpose = forms.ChoiceField(
        label=_("Pour quoi faire"),
        choices=[
            (Purpose.MEASURING, _("Mesurer : ces verbatims sont gardés à part, la machine n’apprend jamais d’eux")),
            (Purpose.PRACTICE, _("S’accorder : s’exercer au plan de codage avant de mesurer")),
        ],
        initial=Purpose.MEASURING,
        widget=forms.RadioSelect,
    )
    coders = forms.TypedMultipleChoiceField(
        label=_("Qui code"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Deux personnes ou plus. Chacune lit les mêmes verbatims, sans voir ce que trouvent les autres."),
        error_messages={"required": _("Choisissez au moins deux personnes : l’accord se mesure à plusieurs.")},
    )
    guidance = forms.CharField(
        label=_("Consignes"),
        required=False,
        max_length=4000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Ce dont vous êtes convenus avant de commencer. Les codeurs peuvent les relire à tout moment."),
    )

    def __init__(self, data: Any = None, *, frame: Frame, **options: Any) -> None:
        super().__init__(data, **options)
        self.frame = frame
        coders: Any = self.fields["coders"]
        coders.choices = [(holder.id, holder.name) for holder in frame.coders]
        self.fields["size"].initial = min(USUAL, frame.size)

    def clean_coders(self) -> list[int]:
        chosen: list[int] = self.cleaned_data["coders"]
        if len(chosen) < 2:
            raise forms.ValidationError(_now("Choisissez au moins deux personnes : l’accord se mesure à plusieurs."))
        return chosen

    def clean_size(self) -> int:
        size: int = self.cleaned_data["size"]
        if self.frame.size < size:
            sentence = _now("Il n’y a que %(n)s verbatims à tirer : demandez-en moins, ou retirez un filtre.")
            raise forms.ValidationError(sentence % {"n": number(self.frame.size)})
        return size
