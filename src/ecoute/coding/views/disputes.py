"""Disagreements: reading them side by side, settling them."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from ecoute.coding.actions.settling import settle, unsettle
from ecoute.coding.enums import State
from ecoute.coding.errors import CodingError
from ecoute.coding.models import Round, RoundItem
from ecoute.coding.queries.board import Board, BoardItem, board_of
from ecoute.coding.queries.disputes import disputes, options_of
from ecoute.coding.queries.picking import pick_list
from ecoute.coding.views.access import round_or_404
from ecoute.directory.facade import Permission, scope_of
from ecoute.ui.components import TabItem

PAGE = 10
NOTE_LENGTH = 2000


@require_GET
@login_required
def disagreements(request: HttpRequest, pk: int) -> HttpResponse:
    round_, sight = round_or_404(request, pk)
    if not sight.sees_readings(round_.state):
        return _still_blind(request, round_)
    board = board_of(round_)
    done = request.GET.get("voir") == "regles"
    chosen = [item for item in board.differing if (item.settled is not None) == done]
    page = Paginator(chosen, PAGE).get_page(request.GET.get("page"))
    shown = disputes(board, list(page.object_list), scope_of(request.user, Permission.READ))
    context = {
        "round": round_,
        "sight": sight,
        "board": board,
        "page": page,
        "disputes": shown,
        "unseen": len(page.object_list) - len(shown),
        "tabs": _tabs(round_, board, done),
        "done": done,
        "may_settle": sight.manager and not sight.unfinished and round_.state != State.CLOSED,
        "alike": len(board.read_by_all) - len(board.differing),
    }
    return render(request, "coding/disagreements.html", context)


def _still_blind(request: HttpRequest, round_: Round) -> HttpResponse:
    messages.info(request, _("Les réponses se lisent quand tous les codeurs ont fini."))
    return redirect("coding:round", pk=round_.pk)


def _tabs(round_: Round, board: Board, done: bool) -> list[TabItem]:
    here = reverse("coding:disagreements", args=[round_.pk])
    left = len(board.unsettled)
    return [
        TabItem(_("À régler"), here, current=not done, count=left),
        TabItem(_("Réglés"), f"{here}?voir=regles", current=done, count=len(board.differing) - left),
    ]


@require_http_methods(["GET", "POST"])
@login_required
def one_disagreement(request: HttpRequest, pk: int, position: int) -> HttpResponse:
    """Settles by one click (``option``), by chosen themes, or opens the question again (``again``)."""
    round_, sight = round_or_404(request, pk)
    if not sight.manager or sight.unfinished or round_.state == State.CLOSED:
        raise Http404
    board = board_of(round_)
    item = board.item(position)
    seen = disputes(board, [item], scope_of(request.user, Permission.READ)) if item in board.differing and item else []
    if item is None or not seen:
        raise Http404
    if request.method == "POST":
        return _settled(request, round_, board, item)
    chosen = item.settled if item.settled is not None else options_of(board, item)[0].themes
    context = {"round": round_, "sight": sight, "one": seen[0], "groups": pick_list(board.book, chosen), "board": board}
    return render(request, "coding/settle.html", context)


def _settled(request: HttpRequest, round_: Round, board: Board, item: BoardItem) -> HttpResponse:
    row = RoundItem.objects.get(pk=item.id)
    try:
        if "again" in request.POST:
            unsettle(item=row, by=request.user)
            return redirect("coding:disagreements", pk=round_.pk)
        note = request.POST.get("note", "")[:NOTE_LENGTH]
        settle(item=row, themes=_themes(request, board, item), note=note, by=request.user)
    except (CodingError, PermissionDenied) as refused:
        messages.warning(request, str(refused) or _("Vous ne pouvez plus régler ce désaccord."))
        return redirect("coding:disagreements", pk=round_.pk)
    left = len(board.unsettled) - (item.settled is None)
    if not left:
        messages.success(request, _("Tous les désaccords sont réglés : vous pouvez clore la séance."))
    return redirect("coding:disagreements", pk=round_.pk)


def _themes(request: HttpRequest, board: Board, item: BoardItem) -> frozenset[int]:
    asked = request.POST.get("option", "")
    if not asked:
        given = request.POST.getlist("themes")
        return frozenset(int(value) for value in given if value.isdecimal() and len(value) < 19)
    chosen = next((option for option in options_of(board, item) if option.key == asked), None)
    if chosen is None:
        raise CodingError(_("Les réponses ont changé entre-temps : choisissez de nouveau."))
    return chosen.themes
