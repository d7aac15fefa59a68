"""How far coders agree, and the machine with them."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from ecoute.coding.documents.sheets import as_csv, as_ods, sheets_of
from ecoute.coding.enums import State
from ecoute.coding.models import Round
from ecoute.coding.pictures.agreement import coder_table, headline, machine_headline, machine_table
from ecoute.coding.queries.agreement import agreement_of, machine_of
from ecoute.coding.queries.board import board_of
from ecoute.coding.views.access import round_or_404

ODS = "application/vnd.oasis.opendocument.spreadsheet"


@require_GET
@login_required
def agreement(request: HttpRequest, pk: int) -> HttpResponseBase:
    round_, sight = round_or_404(request, pk)
    if not sight.sees_readings(round_.state):
        messages.info(request, _("L’accord se lit quand tous les codeurs ont fini."))
        return redirect("coding:round", pk=pk)
    board = board_of(round_)
    page = agreement_of(board)
    machine = machine_of(board) if round_.state == State.CLOSED else None
    shape = request.GET.get("format", "")
    if shape in ("csv", "ods"):
        if page is None:
            raise Http404
        sheets = sheets_of(page, machine)
        return _file(shape, round_, as_csv(sheets) if shape == "csv" else as_ods(sheets))
    context = {
        "round": round_,
        "sight": sight,
        "board": board,
        "page": page,
        "machine": machine,
        "coder_table": coder_table(page) if page else None,
        "machine_table": machine_table(machine) if machine else None,
        "headline": headline(page) if page else None,
        "machine_headline": machine_headline(machine) if machine else None,
    }
    return render(request, "coding/agreement.html", context)


def _file(shape: str, round_: Round, pieces: object) -> HttpResponse | StreamingHttpResponse:
    kind = "text/csv; charset=utf-8" if shape == "csv" else ODS
    answer = StreamingHttpResponse(pieces, content_type=kind)  # type: ignore[arg-type]
    name = f"{slugify(round_.name)[:60] or 'seance'}-{slugify(_('accord'))}.{shape}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
