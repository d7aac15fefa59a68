"""The list of rounds, one round, and drawing a new one."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from ecoute.coding.actions.draw import draw_round
from ecoute.coding.enums import State
from ecoute.coding.errors import CodingError
from ecoute.coding.forms.draw import DrawForm
from ecoute.coding.models import Round
from ecoute.coding.queries.board import board_of
from ecoute.coding.queries.frame import Frame, frame_of, precision
from ecoute.coding.queries.rounds import RoundLine, Step, round_lines
from ecoute.coding.rules import Sight, manages
from ecoute.coding.views.access import managers_only, round_or_404
from ecoute.directory.facade import Permission, can, scope_of
from ecoute.verbatims.facade import Filters, coding_themes, corpus_of, described, views_for


@require_GET
@login_required
def rounds(request: HttpRequest) -> HttpResponse:
    if not can(request.user, Permission.READ):
        raise Http404
    context = {"lines": round_lines(request.user), "manager": manages(request.user)}
    return render(request, "coding/rounds.html", context)


@require_GET
@login_required
def one_round(request: HttpRequest, pk: int) -> HttpResponse:
    round_, sight = round_or_404(request, pk)
    line = round_lines(request.user, Round.objects.filter(pk=pk))[0]
    book = coding_themes(round_.codebook_id)
    context = {
        "round": round_,
        "line": line,
        "step": _step(round_, line, sight),
        "sight": sight,
        "sees_readings": sight.sees_readings(round_.state),
        "precision": precision(line.total, round_.frame) if line.total else None,
        "lost": round_.items.count() - line.total,
        "book": book,
        "filters": _words(request, round_.query),
    }
    return render(request, "coding/round.html", context)


def _step(round_: Round, line: RoundLine, sight: Sight) -> Step | None:
    """What the list says, but closing once every disagreement is settled."""
    if round_.state == State.DISCUSSED and sight.manager and not board_of(round_).unsettled:
        return Step(_("Clore la séance…"), reverse("coding:close", args=[round_.pk]))
    return line.step


def _words(request: HttpRequest, query: str) -> list[str]:
    """What it was drawn from, in the words of this reader."""
    from django.http import QueryDict

    return described(corpus_of(scope_of(request.user)), Filters.from_query(QueryDict(query))) if query else []


@require_http_methods(["GET", "POST"])
@managers_only
def new_round(request: HttpRequest) -> HttpResponse:
    """The filters stand in the address, as in the explorer; the form keeps them."""
    frame = frame_of(request.user, Filters.from_query(request.GET))
    form = DrawForm(request.POST if request.method == "POST" else None, frame=frame)
    if request.method == "POST" and form.is_valid():
        try:
            drawn = draw_round(frame=frame, by=request.user, **form.cleaned_data)
        except CodingError as refused:
            form.add_error(refused.field, str(refused))
        else:
            messages.success(request, _("Le tirage est fait. Les personnes choisies le trouvent sur leur accueil."))
            return redirect("coding:round", pk=drawn.pk)
    return render(request, "coding/new.html", _drawing(request, form, frame), status=400 if form.errors else 200)


def _drawing(request: HttpRequest, form: DrawForm, frame: Frame) -> dict[str, object]:
    return {
        "form": form,
        "frame": frame,
        "book": coding_themes(),
        "views": views_for(request.user, frame.corpus, frame.query) if frame.corpus.size else [],
        "elsewhere": len(frame.holders) - len(frame.coders),
        "explorer": f"{reverse('verbatims:explorer')}?{frame.query}".rstrip("?"),
    }
