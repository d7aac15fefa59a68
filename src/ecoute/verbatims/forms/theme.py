"""The form of a theme of the codebook."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ecoute.methods.text.cues import compile_cue
from ecoute.verbatims.models import Codebook, Theme


class LinesField(forms.CharField):
    """A text with one item a line, as a list of strings."""

    widget = forms.Textarea(attrs={"rows": 4})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> list[str]:
        return [line.strip() for line in (super().clean(value) or "").splitlines() if line.strip()]


class ThemeForm(forms.ModelForm):  # type: ignore[type-arg]
    """A theme in both languages; French is required, English falls back on it."""

    examples_fr = LinesField(label=gettext_lazy("Exemples"), required=False, help_text=gettext_lazy("Un par ligne."))
    examples_en = LinesField(label=gettext_lazy("Exemples en anglais"), required=False)
    cues = LinesField(
        label=gettext_lazy("Indices"),
        required=False,
        help_text=gettext_lazy("Mots ou expressions qui signalent ce thème, un par ligne."),
    )

    class Meta:
        model = Theme
        fields = [
            "label_fr", "parent", "definition_fr", "includes_fr", "excludes_fr", "examples_fr", "cues",
            "label_en", "definition_en", "includes_en", "excludes_en", "examples_en",
        ]  # fmt: skip
        labels = {
            "label_fr": gettext_lazy("Libellé"),
            "parent": gettext_lazy("Sous le thème"),
            "definition_fr": gettext_lazy("Définition"),
            "includes_fr": gettext_lazy("Ce qu’il comprend"),
            "excludes_fr": gettext_lazy("Ce qu’il ne comprend pas"),
            "label_en": gettext_lazy("Libellé en anglais"),
            "definition_en": gettext_lazy("Définition en anglais"),
            "includes_en": gettext_lazy("Ce qu’il comprend, en anglais"),
            "excludes_en": gettext_lazy("Ce qu’il ne comprend pas, en anglais"),
        }
        help_texts = {
            "includes_fr": gettext_lazy("Un cas par ligne."),
            "excludes_fr": gettext_lazy("Un cas par ligne."),
        }
        widgets = {
            name: forms.Textarea(attrs={"rows": 3})
            for name in ("definition_fr", "includes_fr", "excludes_fr", "definition_en", "includes_en", "excludes_en")
        }

    def __init__(self, *args: Any, codebook: Codebook, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        now = self.instance.parent_id  # a theme born of a division may stand deeper than one can place it here
        parents = codebook.themes.filter(Q(parent=None, retired_at=None) | Q(pk=now)).exclude(pk=self.instance.pk)
        self.fields["parent"] = forms.ModelChoiceField(
            parents, label=self.fields["parent"].label, required=False, empty_label=_("Aucun : c’est un grand thème")
        )
        self.instance.codebook = codebook

    def clean_parent(self) -> Theme | None:
        parent: Theme | None = self.cleaned_data["parent"]
        moved = parent is not None and self.instance.pk and parent.pk != self.initial.get("parent")
        if moved and self.instance.children.filter(retired_at=None).exists():
            raise forms.ValidationError(_("Ce thème a des sous-thèmes : il ne peut pas passer sous un autre."))
        return parent

    def clean_cues(self) -> list[str]:
        cues: list[str] = self.cleaned_data["cues"]
        for cue in cues:
            try:
                compile_cue(self.instance.slug or "theme", cue)
            except ValueError as fault:
                message = _("L’indice « {cue} » ne peut pas être lu : {fault}").format(cue=cue, fault=fault)
                raise forms.ValidationError(message) from fault
        return cues
