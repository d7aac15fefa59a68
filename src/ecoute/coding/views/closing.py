"""Closing, reopening, deleting: each says first what it does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ecoute.coding.actions.closing import close_round, delete_round, reopen_round
from ecoute.coding.enums import State
from ecoute.coding.errors import CodingError
from ecoute.coding.models import Round
from ecoute.coding.queries.board import board_of
from ecoute.coding.views.access import managers_only


@require_http_methods(["GET", "POST"])
@managers_only
def close(request: HttpRequest, pk: int) -> HttpResponse:
    round_ = get_object_or_404(Round, pk=pk)
    if request.method == "POST":
        said = _("La séance est terminée : voici l’accord obtenu.")
        return _done(request, round_, close_round, said, "coding:agreement", "coding:disagreements")
    if round_.state == State.CLOSED:
        return redirect("coding:agreement", pk=pk)
    board = board_of(round_)
    context = {
        "round": round_,
        "board": board,
        "alike": len(board.read_by_all) - len(board.differing),
        "discussed": len(board.differing) - len(board.unsettled),
        "left": len(board.unsettled),
        "unread": len(board.items) - len(board.read_by_all),
        "unfinished": [coder.name for coder in board.coders if not coder.finished],
    }
    return render(request, "coding/close.html", context)


@require_http_methods(["GET", "POST"])
@managers_only
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    round_ = get_object_or_404(Round, pk=pk)
    if request.method == "POST":
        said = _("La séance est rouverte : elle ne mesure plus rien jusqu’à sa clôture.")
        return _done(request, round_, reopen_round, said, "coding:disagreements", "coding:round")
    return render(request, "coding/reopen.html", {"round": round_})


@require_http_methods(["GET", "POST"])
@managers_only
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    round_ = get_object_or_404(Round, pk=pk)
    if request.method == "POST":
        delete_round(round_=round_, by=request.user)
        messages.success(request, _("La séance « %(name)s » est supprimée.") % {"name": round_.name})
        return redirect("coding:rounds")
    return render(request, "coding/delete.html", {"round": round_, "items": round_.items.count()})


def _done(
    request: HttpRequest, round_: Round, action: Callable[..., Any], said: str, onward: str, back: str
) -> HttpResponse:
    """Does it and goes on; a refusal is said where it can be mended."""
    try:
        action(round_=round_, by=request.user)
    except CodingError as refused:
        messages.warning(request, str(refused))
        return redirect(back, pk=round_.pk)
    messages.success(request, said)
    return redirect(onward, pk=round_.pk)
