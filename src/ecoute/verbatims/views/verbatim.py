"""One verbatim: its masked words, what was coded in them and why, where it comes from, what was answered."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from ecoute.directory.facade import Permission, scope_of
from ecoute.verbatims.queries.cards import verbatim_cards

from ..rules import holds
from .access import needs, verbatim_or_404
from .coding import coding_context


@require_GET
@needs(Permission.READ)
def verbatim(request: HttpRequest, uid: UUID) -> HttpResponse:
    row = verbatim_or_404(request.user, uid)
    cards = verbatim_cards([row.pk], scope_of(request.user))
    if not cards:  # not masked yet: nobody reads it
        raise Http404
    asked = request.GET.get("corriger", "")
    context = coding_context(row, editing=int(asked) if asked.isdecimal() else None) | {
        "card": cards[0],
        "replies": row.replies.order_by("position"),
        "may_code": holds(request.user, Permission.CODE, row),
        "may_read_raw": holds(request.user, Permission.READ_RAW, row),
        "masking": row.maskings.order_by("version").last(),
    }
    return render(request, "verbatims/verbatim.html", context)
