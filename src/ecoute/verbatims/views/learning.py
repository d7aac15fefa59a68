"""What the machine learned, and what recoding with it would change."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ecoute.core import switches
from ecoute.core.jobs import enqueue
from ecoute.core.models import Job
from ecoute.directory.facade import Permission, needs, scope_of
from ecoute.ui.components import Cell, Column, DataTable
from ecoute.ui.typography import number, percent
from ecoute.verbatims.actions.ask_learning import RECODE_AFTER, learn_now
from ecoute.verbatims.models import Codebook
from ecoute.verbatims.queries.learning import (
    ENOUGH,
    Learned,
    Share,
    ThemeLearned,
    since_last_learning,
    what_was_learned,
)
from ecoute.verbatims.queries.recoding import KIND, last_preview, running_preview


@require_GET
@needs(Permission.CODE)
def learned(request: HttpRequest) -> HttpResponseBase:
    """What the serving coder learned of each theme, how good it is, and what was said since."""
    found = what_was_learned()
    context = {
        "learned": found,
        "table": _table(found) if found else None,
        "since": since_last_learning(),
        "enough": ENOUGH,
        "automatic": switches.is_on(RECODE_AFTER),
        "may_edit": scope_of(request.user, Permission.EDIT_CODEBOOK).everything,
    }
    return render(request, "verbatims/learned.html", context)


@require_POST
@needs(Permission.EDIT_CODEBOOK, everywhere=True)
def learn(request: HttpRequest) -> HttpResponseBase:
    """Asks for learning at once."""
    learn_now(by=request.user)
    messages.info(request, _("L’apprentissage est demandé. Ce qui sert aujourd’hui continue de servir jusqu’à sa fin."))
    return redirect("verbatims:learned")


@require_POST
@needs(Permission.EDIT_CODEBOOK, everywhere=True)
def automatic(request: HttpRequest) -> HttpResponseBase:
    """Whether everything is coded again after each learning, without asking."""
    on = request.POST.get("on") == "1"
    switches.turn(RECODE_AFTER, on=on, by=request.user)
    if on:
        messages.success(request, _("Les verbatims seront recodés après chaque apprentissage."))
    else:
        messages.success(request, _("Le recodage attendra que vous l’appliquiez."))
    return redirect("verbatims:learned")


@require_GET
@needs(Permission.EDIT_CODEBOOK, everywhere=True)
def preview(request: HttpRequest) -> HttpResponseBase:
    """What recoding would change; nothing is written before « Appliquer »."""
    codebook = get_object_or_404(Codebook, is_active=True)
    recoding = Job.objects.filter(kind="verbatims.recode", state__in=[Job.State.QUEUED, Job.State.RUNNING]).first()
    context = {"preview": last_preview(codebook), "running": running_preview(), "recoding": recoding}
    return render(request, "verbatims/recoding_preview.html", context)


@require_POST
@needs(Permission.EDIT_CODEBOOK, everywhere=True)
def ask_preview(request: HttpRequest) -> HttpResponseBase:
    """Asks for the preview to be computed."""
    enqueue(KIND, by=request.user, key=KIND)
    return redirect("verbatims:recoding_preview")


def _table(found: Learned) -> DataTable:
    return DataTable(
        headers=[
            _("Thème"),
            Column(_("Phrases"), numeric=True),
            Column(_("Confirmés"), numeric=True),
            Column(_("Écartés"), numeric=True),
            Column(_("Précision"), numeric=True),
            Column(_("Rappel"), numeric=True),
            Column(_("Écart"), numeric=True),
        ],
        rows=[_row(theme) for theme in found.themes],
        caption=_("Ce qui a été appris, thème par thème"),
        hide_caption=True,
    )


def _row(theme: ThemeLearned) -> list[object]:
    few = Cell("–", note=_("pas assez d’exemples"))
    return [
        theme.label,
        theme.sentences,
        theme.given,
        theme.refused,
        _quality(theme.precision) or few,
        _quality(theme.recall) or few,
        percent(theme.error) if theme.error is not None else few,
    ]


def _quality(share: Share | None) -> Cell | None:
    if share is None:
        return None
    note = _("de %(low)s à %(high)s, n = %(base)s") % {
        "low": percent(share.low),
        "high": percent(share.high),
        "base": number(share.base),
    }
    return Cell(percent(share.value), note=note)
