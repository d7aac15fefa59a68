"""A form with every kind of field, for the gallery. It is shown, and never saved."""

from django import forms
from django.utils.translation import gettext_lazy as _

CHANNELS = [("phone", _("Téléphone")), ("counter", _("Accueil")), ("letter", _("Courrier"))]


class SampleForm(forms.Form):
    name = forms.CharField(label=_("Nom du service"), help_text=_("Tel que les usagers le connaissent."))
    words = forms.CharField(label=_("Votre avis"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    channel = forms.ChoiceField(label=_("Canal"), choices=CHANNELS)
    since = forms.DateField(label=_("Date"), widget=forms.DateInput(attrs={"type": "date"}), required=False)
    satisfied = forms.ChoiceField(
        label=_("Êtes-vous satisfait ?"),
        widget=forms.RadioSelect,
        choices=[("yes", _("Oui")), ("half", _("En partie")), ("no", _("Non"))],
    )
    themes = forms.MultipleChoiceField(
        label=_("Ce qui a compté"), widget=forms.CheckboxSelectMultiple, choices=CHANNELS, required=False
    )
    file = forms.FileField(label=_("Fichier"), help_text=_("CSV, XLSX, ODS, JSONL ou Parquet."), required=False)
    agree = forms.BooleanField(label=_("Me prévenir quand c’est prêt"), required=False)
