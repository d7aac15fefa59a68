"""The alerts, each with its curve and the words behind it, and what people decide about it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ecoute.directory.facade import Permission, can, can_everywhere, needs, scope_of
from ecoute.verbatims.facade import active_codebook, corpus_of, quotes
from ecoute.watch.actions.deciding import decide
from ecoute.watch.actions.looking import enqueue_look
from ecoute.watch.enums import AlertState
from ecoute.watch.models import Alert
from ecoute.watch.queries.curve import curve
from ecoute.watch.queries.telling import told
from ecoute.watch.rules import alerts_in

PAGE = 20


@require_GET
@needs(Permission.READ, hidden=True)
def alerts(request: HttpRequest) -> HttpResponseBase:
    """What to look at first; dismissed and past ones on demand."""
    mine = alerts_in(scope_of(request.user, Permission.READ))
    everything = request.GET.get("toutes") == "oui"
    shown = mine if everything else mine.exclude(state=AlertState.DISMISSED).filter(gone_at=None)
    page = Paginator(shown, PAGE).get_page(request.GET.get("page"))
    book = active_codebook()
    context = {
        "page": page,
        "lines": [told(alert, book) for alert in page],
        "everything": everything,
        "others": mine.count() - shown.count(),
        "may_look": can_everywhere(request.user, Permission.CODE),
        "querystring": "toutes=oui" if everything else "",
    }
    return render(request, "watch/alerts.html", context)


@require_GET
@needs(Permission.READ, hidden=True)
def alert(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One alert: the finding, its curve, telling passages, how it was found."""
    scope = scope_of(request.user, Permission.READ)
    found = get_object_or_404(alerts_in(scope), pk=pk)
    line, corpus = told(found, active_codebook()), corpus_of(scope)
    selection = corpus.select(line.filters)
    context = {
        "line": line,
        "curve": curve(corpus, found.theme, line.theme, found.service_id),
        "quotes": quotes(selection, theme=found.theme, nature="irritant", limit=3),
        "words_href": f"{reverse('verbatims:explorer')}?{line.filters.to_query()}",
        "now": selection.size,
        "may_decide": may_decide(request.user, found),
        "states": AlertState,
    }
    return render(request, "watch/alert.html", context)


@require_POST
@needs(Permission.READ, hidden=True)
def change(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Takes, dismisses or puts back an alert."""
    found = get_object_or_404(alerts_in(scope_of(request.user, Permission.READ)), pk=pk)
    if not may_decide(request.user, found):
        raise PermissionDenied
    try:
        decide(alert=found, state=request.POST.get("state", ""), reason=request.POST.get("reason", ""), by=request.user)
    except ValueError:
        messages.error(request, _("Dites en quelques mots pourquoi cette alerte est écartée."))
        return redirect("watch:alert", pk=pk)
    messages.success(request, _SAID[AlertState(found.state)]())
    return redirect("watch:alert", pk=pk)


@require_POST
@needs(Permission.READ, hidden=True)
def look_now(request: HttpRequest) -> HttpResponse:
    """Asks for a look at all series without waiting for tomorrow."""
    if not can_everywhere(request.user, Permission.CODE):
        raise PermissionDenied
    enqueue_look(by=request.user)
    messages.success(request, _("Les séries sont en cours d’examen : rechargez la page dans un instant."))
    return redirect("watch:alerts")


def may_decide(user: Any, found: Alert) -> bool:
    """CODE on the service of the alert, or everywhere for those of everything."""
    return can(user, Permission.CODE, found.service_id) if found.service_id else can_everywhere(user, Permission.CODE)


_SAID = {
    AlertState.NEW: lambda: _("Cette alerte est de nouveau à examiner."),
    AlertState.TAKEN: lambda: _("Cette alerte est prise en charge."),
    AlertState.DISMISSED: lambda: _("Cette alerte est écartée. Vous pouvez la remettre à examiner."),
}
