"""The figures of a report as a spreadsheet (ODS): one sheet a table, and a first one that says how to read them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from stream_write_ods import stream_write_ods

from ecoute.core.sheets import inert
from ecoute.indicators.pictures.report import Shown
from ecoute.ui.components import Column

REFUSED = "[]*?:/\\"
CONTENT_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
Sheet = tuple[str, tuple[str, ...], Iterator[tuple[Any, ...]]]


def report_ods(shown: Shown, footer: str) -> Iterator[bytes]:
    """The file, in pieces."""
    pieces: Iterator[bytes] = stream_write_ods(_sheets(shown, footer))
    return pieces


def _sheets(shown: Shown, footer: str) -> Iterator[Sheet]:
    about = [shown.title, shown.subtitle, shown.base, *shown.caveats, *shown.findings, *shown.method, footer]
    yield _("À lire"), (_("Contenu"),), ((inert(line),) for line in about if line)
    number = 0
    for chapter in shown.chapters:
        for table in chapter.tables:
            number += 1
            heads = tuple(head.label if isinstance(head, Column) else str(head) for head in table.headers)
            yield _name(number, chapter.title), heads, (tuple(inert(cell) for cell in row) for row in table.rows)
        for chart in chapter.charts:
            number += 1
            yield (
                _name(number, chart.title),
                chart.table.headers,
                (tuple(inert(c) for c in r) for r in chart.table.rows),
            )


def _name(number: int, title: str) -> str:
    """Names of sheets hold 31 characters at most, and none of the signs spreadsheets refuse."""
    kept = "".join(sign for sign in title if sign not in REFUSED)
    return f"{number} {kept}"[:31].strip()
