"""Coding blind, one verbatim at a time."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ecoute.coding.actions.reading import finish, save_reading
from ecoute.coding.enums import State
from ecoute.coding.errors import CodingError, RoundClosedError
from ecoute.coding.forms.reading import ReadingForm
from ecoute.coding.models import Round, RoundItem
from ecoute.coding.queries.desk import Desk, Place, desk_of
from ecoute.coding.queries.picking import pick_list
from ecoute.coding.views.access import round_or_404
from ecoute.directory.facade import Permission, scope_of
from ecoute.verbatims.facade import CodingThemes, coding_themes, masked_words


@require_http_methods(["GET", "POST"])
@login_required
def code(request: HttpRequest, pk: int) -> HttpResponse:
    """``?verbatim=`` is the position of one verbatim; without, the first one not read yet."""
    round_ = _mine(request, pk)
    desk = desk_of(round_, request.user)
    if round_.state != State.OPEN or desk.finished_at is not None:
        messages.info(request, _("Votre codage de cette séance est terminé : plus rien n’y change."))
        return redirect("coding:round", pk=pk)
    place = _place(request, desk)
    if place is None:
        return render(request, "coding/finish.html", {"round": round_, "desk": desk})
    book = coding_themes(round_.codebook_id)
    if book is None:
        raise Http404
    form = ReadingForm(request.POST if request.method == "POST" else None, book=book)
    if request.method == "POST" and form.is_valid():
        answer = _save(request, round_, desk, place, form)
        if answer is not None:
            return answer
    return _page(request, round_, desk, place, book, form)


def _mine(request: HttpRequest, pk: int) -> Round:
    round_, sight = round_or_404(request, pk)
    if not sight.coder:
        raise Http404
    return round_


def _place(request: HttpRequest, desk: Desk) -> Place | None:
    """None when all are read and none was asked for. A verbatim withdrawn meanwhile: the next one."""
    asked = request.GET.get("verbatim", "")
    if not (asked.isascii() and asked.isdigit() and len(asked) < 7):
        return desk.waiting()
    return desk.at(int(asked)) or desk.following(int(asked)) or desk.waiting()


def _save(request: HttpRequest, round_: Round, desk: Desk, place: Place, form: ReadingForm) -> HttpResponse | None:
    """Saves and goes on; None when the form must be shown again with what is wrong."""
    if request.GET.get("verbatim") != str(place.position):
        messages.warning(request, _("Ce verbatim n’est plus lisible : il a été passé."))
        return redirect("coding:code", pk=round_.pk)
    said = form.cleaned_data
    try:
        save_reading(
            item=RoundItem.objects.select_related("round").get(pk=place.item_id),
            themes=said["themes"],
            unsure=said["unsure"],
            note=said["note"],
            by=request.user,
        )
    except RoundClosedError as refused:
        messages.warning(request, str(refused))
        return redirect("coding:round", pk=round_.pk)
    except CodingError as refused:
        form.add_error(None, str(refused))
        return None
    except PermissionDenied:
        messages.warning(request, _("Ce verbatim n’est plus lisible : il a été passé."))
        return redirect("coding:code", pk=round_.pk)
    return redirect(_onward(round_, desk, place))


def _onward(round_: Round, desk: Desk, place: Place) -> str:
    """The next verbatim not read; while looking back over read ones, the next one."""
    here = reverse("coding:code", args=[round_.pk])
    following = desk.following(place.position) if place.mine else None
    left = [other for other in desk.places if other.mine is None and other.item_id != place.item_id]
    ahead = following or next((other for other in left if other.position > place.position), left[0] if left else None)
    return f"{here}?verbatim={ahead.position}" if ahead else here


def _page(
    request: HttpRequest, round_: Round, desk: Desk, place: Place, book: CodingThemes, form: ReadingForm
) -> HttpResponse:
    words = masked_words([place.verbatim_id], scope_of(request.user, Permission.CODE))[place.verbatim_id]
    mine = place.mine
    chosen = _chosen(form) if form.is_bound else (mine.themes if mine else frozenset())
    context = {
        "round": round_,
        "owner": request.user.pk,  # a draft in the browser is of one person
        "desk": desk,
        "place": place,
        "words": words,
        "form": form,
        "groups": pick_list(book, chosen),
        "none": bool(form["none"].value()) if form.is_bound else mine is not None and not mine.themes,
        "unsure": bool(form["unsure"].value()) if form.is_bound else mine is not None and mine.unsure,
        "note": form["note"].value() if form.is_bound else mine.note if mine else "",
        "back": desk.before(place.position),
        "changed": book.version != round_.codebook_version,
    }
    return render(request, "coding/code.html", context, status=400 if form.errors else 200)


def _chosen(form: ReadingForm) -> frozenset[int]:
    return frozenset(
        int(value) for value in form["themes"].value() or () if str(value).isdecimal() and len(str(value)) < 19
    )


@require_POST
@login_required
def finished(request: HttpRequest, pk: int) -> HttpResponse:
    round_ = _mine(request, pk)
    try:
        finish(round_=round_, by=request.user)
    except RoundClosedError as refused:
        messages.info(request, str(refused))
    except CodingError as refused:
        messages.warning(request, str(refused))
        return redirect("coding:code", pk=pk)
    else:
        messages.success(request, _("Merci : votre codage est complet. Les désaccords se lisent quand tous ont fini."))
    return redirect("coding:round", pk=pk)
