"""Describing, moving and importing services."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ecoute.directory.enums import ServiceKind
from ecoute.directory.forms.fields import service_field
from ecoute.directory.queries.access import Scope

LARGEST_FILE = 2 * 1024 * 1024


class ServiceForm(forms.Form):
    """The names and the kind of a service."""

    name = forms.CharField(label=_("Nom"), max_length=250)
    short_name = forms.CharField(
        label=_("Nom court"), max_length=60, required=False, help_text=_("Un sigle, par exemple « CAF ».")
    )
    kind = forms.ChoiceField(label=_("Nature"), choices=ServiceKind.choices, initial=ServiceKind.SERVICE)


class NewServiceForm(ServiceForm):
    """A new service and where it stands."""

    def __init__(self, *args: Any, scope: Scope, under: int | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["parent"] = service_field(scope, label=_("Sous"), whole=_("Aucun : premier niveau"), initial=under)


class MoveForm(forms.Form):
    """Where a branch goes."""

    def __init__(self, *args: Any, scope: Scope, now: int | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["parent"] = service_field(
            scope, label=_("Placer sous"), whole=_("Aucun : premier niveau"), initial=now
        )


class MergeForm(forms.Form):
    """The service that remains."""

    def __init__(self, *args: Any, scope: Scope, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["kept"] = service_field(scope, label=_("Réunir à"))


class AliasForm(forms.Form):
    """Another way a service is written."""

    written = forms.CharField(
        label=_("Autre écriture"),
        max_length=250,
        help_text=_("Telle qu’elle figure dans les fichiers importés. Majuscules et accents ne comptent pas."),
    )


class TreeFileForm(forms.Form):
    """A file of services."""

    file = forms.FileField(label=_("Fichier CSV"), widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,text/csv"}))

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise forms.ValidationError(_("Ce fichier dépasse 2 Mo : coupez-le en plusieurs."))
        return file
