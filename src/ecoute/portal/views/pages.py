"""Pages everybody may read: accessibility, personal data, legal notice."""

from dataclasses import dataclass
from datetime import timedelta

from django.apps import apps
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from ecoute.core.manifest import MANIFESTS, PersonalData


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/pages/accessibility.html")


@require_safe
def legal(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/pages/legal.html")


@require_safe
def personal_data(request: HttpRequest) -> HttpResponse:
    """What this installation keeps about people: written from what each room declares, never by hand."""
    return render(request, "portal/pages/personal_data.html", {"kept": declared()})


@dataclass(frozen=True, slots=True)
class Kept:
    """One kind of record that holds personal data, in the words of the reader."""

    what: str
    fields: str
    purpose: str
    duration: str


def declared() -> list[Kept]:
    """One line for each declaration of the manifests, in the order of the rooms."""
    return [_kept(data) for manifest in MANIFESTS for data in manifest.personal_data]


def _kept(data: PersonalData) -> Kept:
    meta = apps.get_model(data.model)._meta
    labels = ", ".join(str(getattr(meta.get_field(name), "verbose_name", name)) for name in data.fields)
    return Kept(str(meta.verbose_name), labels, str(data.purpose), _duration(data.retention))


def _duration(retention: timedelta | None) -> str:
    if retention is None:
        return _("tant que la fiche existe")
    if retention.days >= 365 and retention.days % 365 == 0:
        years = retention.days // 365
        return ngettext("{n} an", "{n} ans", years).format(n=years)
    return ngettext("{n} jour", "{n} jours", retention.days).format(n=retention.days)
