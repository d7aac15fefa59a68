"""One verbatim: its masked words, what was coded in them and why, where it comes from, what was answered."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from ecoute.directory.facade import Permission, needs, scope_of
from ecoute.verbatims.enums import MaskedKind
from ecoute.verbatims.queries.cards import verbatim_cards
from ecoute.verbatims.queries.maskings import masking_of
from ecoute.verbatims.queries.remarks import remarks

from ..rules import holds
from .access import verbatim_or_404
from .coding import coding_context


@require_GET
@needs(Permission.READ)
def verbatim(request: HttpRequest, uid: UUID) -> HttpResponse:
    row = verbatim_or_404(request.user, uid)
    cards = verbatim_cards([row.pk], scope_of(request.user))
    if not cards:  # not masked yet: nobody reads it
        raise Http404
    asked = request.GET.get("corriger", "")
    codes, reads_raw = (holds(request.user, one, row) for one in (Permission.CODE, Permission.READ_RAW))
    editing = int(asked) if asked.isdecimal() and len(asked) < 19 else None
    coding = coding_context(row, editing=editing, reader=request.user)
    context = coding | {
        "card": cards[0],
        "replies": row.replies.order_by("position"),
        "may_code": codes and coding["may_code"],
        "may_mask": codes,
        "may_read_raw": reads_raw,
        "may_show": codes and reads_raw,
        "masking": masking_of(row, request.user),
        "kinds": MaskedKind.choices,
        "remarks": remarks(row.analysis_notes),
    }
    return render(request, "verbatims/verbatim.html", context)
