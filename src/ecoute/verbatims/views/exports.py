"""Carrying verbatims away: CSV (with a note beside it) or ODS (with a note in it), streamed whatever their number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from stat import S_IFREG
from typing import Any

from django.http import HttpRequest, HttpResponseBadRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET
from stream_write_ods import stream_write_ods
from stream_zip import ZIP_64, stream_zip

from ecoute.core import audit
from ecoute.core.sheets import csv_lines, inert
from ecoute.directory.facade import Permission, needs, scope_of
from ecoute.verbatims.columns.corpus import corpus_of
from ecoute.verbatims.columns.selection import Selection
from ecoute.verbatims.queries import exports
from ecoute.verbatims.queries.explorer import ORDERS
from ecoute.verbatims.queries.filters import Filters

Lines = list[tuple[str, str]]


@require_GET
@needs(Permission.EXPORT)
def export(request: HttpRequest) -> HttpResponseBase:
    """The verbatims the filters describe, among those the reader may export. Recorded in the audit trail."""
    made = {"csv": _csv, "ods": _ods}.get(request.GET.get("format", "csv"))
    if made is None:
        return HttpResponseBadRequest(_("Format inconnu : demandez « csv » ou « ods »."))
    filters = Filters.from_query(request.GET)
    selection: Selection = corpus_of(scope_of(request.user, Permission.EXPORT)).select(filters)
    order = ORDERS.get(request.GET.get("tri", ""), "recent")
    address = request.build_absolute_uri(f"{reverse('verbatims:explorer')}?{filters.to_query()}")
    audit.record(
        "verbatims.exported",
        by=request.user,
        format=request.GET.get("format", "csv"),
        verbatims=selection.size,
        filters=filters.with_(words="", meaning="").to_query(),  # what was typed may name somebody
    )
    return made(exports.about(selection, address), exports.rows(selection, order))


def _csv(about: Lines, rows: Iterable[list[Any]]) -> HttpResponseBase:
    names = [name for name, _meaning in exports.columns()]
    now = timezone.localtime().replace(tzinfo=None)
    members = [
        _member(_("a-lire.txt"), now, ["\ufeff", *(f"{name} : {text}\r\n" for name, text in about)]),
        _member("verbatims.csv", now, csv_lines(names, rows)),
    ]
    return _streamed(stream_zip(members), "application/zip", "zip")


def _member(name: str, now: datetime, lines: Iterable[str]) -> Any:
    return name, now, S_IFREG | 0o600, ZIP_64, (line.encode() for line in lines)


def _ods(about: Lines, rows: Iterable[list[Any]]) -> HttpResponseBase:
    names = tuple(name for name, _meaning in exports.columns())
    sheets = (
        (_("À lire"), (_("Rubrique"), _("Contenu")), iter([tuple(line) for line in about])),
        (_("Verbatims"), names, _cells(rows)),
    )
    return _streamed(stream_write_ods(iter(sheets)), "application/vnd.oasis.opendocument.spreadsheet", "ods")


def _cells(rows: Iterable[list[Any]]) -> Iterator[tuple[Any, ...]]:
    return (tuple(inert(cell) for cell in row) for row in rows)


def _streamed(parts: Iterable[bytes], kind: str, ending: str) -> StreamingHttpResponse:
    name = f"verbatims-{timezone.localdate():%Y-%m-%d}.{ending}"
    return StreamingHttpResponse(
        parts, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
