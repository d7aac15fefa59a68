"""The figures of agreement as files for spreadsheets: numbers, their intervals in columns of their own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from stream_write_ods import stream_write_ods

from ecoute.coding.queries.agreement import AgreementPage, Line, MachineLine, MachinePage
from ecoute.core.sheets import csv_lines, inert
from ecoute.ui.typography import number

DIGITS = 4
Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of plain values: words, whole numbers, shares and coefficients as floats, None where nothing is known."""

    name: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]


def sheets_of(page: AgreementPage, machine: MachinePage | None) -> list[Sheet]:
    """Between coders, then the machine where it may be shown; the first line of each is the whole."""
    return [_coders(page), *([_machine(machine)] if machine else [])]


def _coders(page: AgreementPage) -> Sheet:
    heads = [_("Thème"), _("n"), *page.coders, *_spread(_("Accord"))]
    for pair in page.whole.pairs:
        heads += _spread(_("Kappa %(first)s / %(second)s") % {"first": pair.first, "second": pair.second})
    heads += _spread(_("Alpha"))
    lines = [(_("Verbatim entier"), page.whole), *((line.label, line) for line in page.themes)]
    rows = tuple(_coder_row(label, page.base, line) for label, line in lines)
    return Sheet(_("Entre codeurs"), tuple(heads), rows)


def _coder_row(label: str, base: int, line: Line) -> Row:
    kappas = [value for pair in line.pairs for value in _three(pair.kappa.value, pair.kappa.low, pair.kappa.high)]
    share = _three(line.share.share, line.share.low, line.share.high)
    return (label, base, *line.given, *share, *kappas, *_three(line.alpha.value, line.alpha.low, line.alpha.high))


def _machine(page: MachinePage) -> Sheet:
    heads = [_("Thème"), _("n"), _("Personnes"), _("Machine")]
    for title in (_("Précision"), _("Rappel"), _("F1"), _("Kappa")):
        heads += _spread(title)
    lines = [(_("Verbatim entier"), page.whole), *((line.label, line) for line in page.themes)]
    return Sheet(_("La machine"), tuple(heads), tuple(_machine_row(label, page.base, line) for label, line in lines))


def _machine_row(label: str, base: int, line: MachineLine) -> Row:
    measures = (line.precision, line.recall, line.f1, line.kappa)
    figures = [value for one in measures for value in _three(one.value, one.low, one.high)]
    return (label, base, line.people, line.machine, *figures)


def _spread(title: str) -> list[str]:
    return [title, _("%(title)s, de") % {"title": title}, _("%(title)s, à") % {"title": title}]


def _three(*values: float | None) -> tuple[float | None, ...]:
    return tuple(None if value is None else round(value, DIGITS) for value in values)


def as_csv(sheets: Sequence[Sheet]) -> Iterator[str]:
    """The sheets one under the other, each under its name; decimals as the reader writes them."""
    for place, sheet in enumerate(sheets):
        rows = [[_written(value) for value in row] for row in sheet.rows]
        lines = csv_lines([sheet.name], [sheet.heads, *rows, []])
        if place:
            next(lines)  # the mark of UTF-8 stands once
        yield from lines


def _written(value: Any) -> Any:
    """A number is written without the sign that spreadsheets take for a formula only where it is none."""
    return number(value, DIGITS) if isinstance(value, float) else value


def as_ods(sheets: Sequence[Sheet]) -> Iterator[bytes]:
    pieces: Iterator[bytes] = stream_write_ods(
        (sheet.name, tuple(map(inert, sheet.heads)), (tuple(map(inert, row)) for row in sheet.rows)) for sheet in sheets
    )
    return pieces
