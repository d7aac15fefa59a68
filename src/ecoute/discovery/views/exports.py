"""The list of expectations as a table: CSV, or ODS with a note."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.http import HttpRequest, HttpResponseBadRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET
from stream_write_ods import stream_write_ods

from ecoute.core import audit
from ecoute.core.sheets import csv_lines, inert
from ecoute.directory.facade import Permission, needs, scope_of
from ecoute.discovery import words
from ecoute.discovery.queries.expectations import Expectations, GroupView
from ecoute.discovery.views.expectations import caveats
from ecoute.ui.typography import long_date, number
from ecoute.verbatims.facade import Filters

Row = list[Any]


@require_GET
@needs(Permission.EXPORT)
def export(request: HttpRequest) -> HttpResponseBase:
    """Groups among the verbatims that the reader may export. Recorded in the audit trail."""
    made = {"csv": _csv, "ods": _ods}.get(request.GET.get("format", "csv"))
    if made is None:
        return HttpResponseBadRequest(_("Format inconnu : demandez « csv » ou « ods »."))
    filters = Filters.from_query(request.GET)
    asked = Expectations(scope_of(request.user, Permission.EXPORT), filters)
    views = asked.views(asked.found)
    audit.record(
        "expectations.exported",
        by=request.user,
        format=request.GET.get("format", "csv"),
        groups=len(views),
        filters=filters.with_(words="", meaning="").to_query(),
    )
    return made(asked, [_row(view) for view in views])


def columns() -> list[str]:
    """Heads of the table."""
    return [
        _("attente"), _("nom donné par une personne"), _("verbatims"), _("formulent l’attente"),
        _("la laissent déduire"),
        _("base"), _("part"), _("part, borne basse"), _("part, borne haute"), _("insatisfaits"),
        _("satisfaction déclarée"), _("première fois"), _("dernière fois"), _("depuis quand"), _("services"),
    ]  # fmt: skip


def _row(view: GroupView) -> Row:
    share, unhappy = view.share, view.dissatisfied
    return [
        view.name,
        _("oui") if view.named_by_person else _("non"),
        view.count,
        view.said,
        view.implied,
        share.base,
        _rounded(share.share),
        _rounded(share.low),
        _rounded(share.high),
        _rounded(unhappy.share),
        unhappy.base,
        view.first.isoformat() if view.first else "",
        view.last.isoformat() if view.last else "",
        words.since_words(view),
        " | ".join(place.label for place in view.services),
    ]


def _rounded(value: float | None) -> float | str:
    return "" if value is None else round(value, 4)


def _csv(asked: Expectations, rows: list[Row]) -> HttpResponseBase:
    lines = csv_lines(columns(), rows)
    return _streamed((line.encode() for line in lines), "text/csv; charset=utf-8", "csv")


def _ods(asked: Expectations, rows: list[Row]) -> HttpResponseBase:
    sheets = (
        (_("À lire"), (_("Rubrique"), _("Contenu")), iter(_about(asked))),
        (_("Attentes"), tuple(columns()), (tuple(inert(cell) for cell in row) for row in rows)),
    )
    return _streamed(stream_write_ods(iter(sheets)), "application/vnd.oasis.opendocument.spreadsheet", "ods")


def _about(asked: Expectations) -> Iterator[tuple[str, str]]:
    yield _("Fait le"), long_date(timezone.localdate())
    yield _("Base"), _("%(n)s verbatims") % {"n": number(asked.base)}
    yield (
        _("Méthode"),
        _("Passages regroupés par la machine selon leur sens et leurs mots. Une attente déduite vient d’un manque "
          "décrit, sans souhait formulé. Ce sont des propositions, à lire dans les verbatims."),
    )  # fmt: skip
    yield _("Représentativité"), _("Réponses volontaires, non représentatives de l’ensemble des usagers.")
    for name, caveat in caveats(asked):
        yield _("Source"), f"{name} – {caveat}"


def _streamed(parts: Iterable[bytes], kind: str, ending: str) -> StreamingHttpResponse:
    name = f"attentes-{timezone.localdate():%Y-%m-%d}.{ending}"
    return StreamingHttpResponse(
        parts, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
