"""Pages everybody may read: accessibility, personal data, legal notice."""

from dataclasses import dataclass
from datetime import timedelta

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
    """Why one kind of personal data is kept, and how long, in the words of the reader."""

    purpose: str
    duration: str


def declared() -> list[tuple[str, list[Kept]]]:
    """Each part of the software that keeps personal data, with one line for each declaration of its manifest."""
    rooms = [manifest for manifest in MANIFESTS if manifest.personal_data]
    return [(str(room.name), [_kept(data) for data in room.personal_data]) for room in rooms]


def _kept(data: PersonalData) -> Kept:
    return Kept(str(data.purpose).rstrip("."), _duration(data.retention))


def _duration(retention: timedelta | None) -> str:
    if retention is None:
        return _("tant que la fiche existe")
    if retention.days >= 365 and retention.days % 365 == 0:
        years = retention.days // 365
        return ngettext("{n} an", "{n} ans", years).format(n=years)
    return ngettext("{n} jour", "{n} jours", retention.days).format(n=retention.days)
