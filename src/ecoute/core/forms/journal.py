from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ecoute.core.queries.journal import JournalFilters, verbs_in_use
from ecoute.core.verbs import verb_label


class JournalForm(forms.Form):
    """Filters of the journal. A wrong value is said, and the others still apply."""

    verb = forms.ChoiceField(label=_("Action"), required=False)
    person = forms.CharField(label=_("Personne"), required=False, max_length=120)
    since = forms.DateField(
        label=_("Depuis le"), required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    until = forms.DateField(
        label=_("Jusqu’au"), required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = sorted(((verb, verb_label(verb)) for verb in verbs_in_use()), key=lambda choice: choice[1])
        self.fields["verb"].choices = [("", _("Toutes")), *choices]  # type: ignore[attr-defined]

    def filters(self) -> JournalFilters:
        """What was understood."""
        self.is_valid()
        return JournalFilters(**{name: value for name, value in self.cleaned_data.items() if value})
