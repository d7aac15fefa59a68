"""Heat map: rows × columns, a number in every cell, hidden cells hatched."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .canvas import Canvas
from .chart import WIDE, Chart, Table, build
from .locales import FRENCH, Locale
from .palette import HEAT
from .scales import written


@dataclass(frozen=True)
class HeatCell:
    """``value`` in the unit of the chart; ``hidden``: a suppressed cell; None alone: no base."""

    value: float | None
    base: int | None = None
    href: str | None = None
    hidden: bool = False


def heat(
    rows: Sequence[str],
    columns: Sequence[str],
    cells: Mapping[tuple[int, int], HeatCell],
    *,
    title: str,
    subtitle: str = "",
    note: str = "",
    unit: str = "share",
    heads: Sequence[str] = (),
    heading: str = "",
    key: str = "",
    width: int = WIDE,
    locale: Locale = FRENCH,
) -> Chart:
    """``cells[row, column]``. On a narrow sheet the columns come in blocks of three, one under the other.

    ``heads``: shorter names of the columns, for the drawing alone."""
    top = max((c.value for c in cells.values() if c.value is not None and not c.hidden), default=0) or 1

    def draw(canvas: Canvas) -> None:
        size = 3 if canvas.narrow else 10
        y = 0.0
        for first in range(0, len(columns), size):
            part = range(first, min(first + size, len(columns)))
            y = _panel(canvas, y, rows, columns, heads or columns, part, cells, top, unit, locale) + 18
        canvas.height = max(y - 14, 0)

    none = HeatCell(None)
    table = Table(
        (heading or locale.word("label"), *columns),
        tuple(
            (label, *(_words(cells.get((r, c), none), unit, locale) for c in range(len(columns))))
            for r, label in enumerate(rows)
        ),
    )
    return build(
        "heat",
        draw,
        table if columns else Table((), ()),
        title=title,
        subtitle=subtitle,
        note=note,
        key=key,
        width=width,
        locale=locale,
    )


def _words(cell: HeatCell, unit: str, locale: Locale) -> str:
    return locale.word("suppressed") if cell.hidden else written(cell.value, unit, locale)


def _panel(
    canvas: Canvas,
    y: float,
    rows: Sequence[str],
    columns: Sequence[str],
    heads: Sequence[str],
    part: range,
    cells: Mapping[tuple[int, int], HeatCell],
    top: float,
    unit: str,
    locale: Locale,
) -> float:
    """One block of columns; returns the y under it."""
    left = canvas.width * (0.36 if canvas.narrow else 0.3)
    wide = min((canvas.width - left) / max(len(part), 1), 120)
    tall, size, cut = (44, 11.5, 3) if canvas.narrow else (32, 13.0, 2)
    named = "ch-label ch-fine" if canvas.narrow else "ch-label"
    head = 14 * 3 + 8
    for i, c in enumerate(part):
        canvas.block(
            left + (i + 0.5) * wide,
            y + head / 2 - 3,
            heads[c],
            "ch-tick",
            room=wide - 6,
            lines=3,
            anchor="middle",
            size=11.5,
            leading=13,
            middle=True,
        )
    y += head
    for r, label in enumerate(rows):
        canvas.block(0, y + tall / 2 - 1, label, named, room=left - 8, lines=cut, size=size, leading=13, middle=True)
        for i, c in enumerate(part):
            cell = cells.get((r, c), HeatCell(None))
            _cell(
                canvas,
                cell,
                left + i * wide,
                y,
                wide - 2,
                tall - 2,
                top,
                f"{label}, {columns[c]}",
                unit,
                locale,
            )
        y += tall
    return y


def _cell(
    canvas: Canvas,
    cell: HeatCell,
    x: float,
    y: float,
    w: float,
    h: float,
    top: float,
    place: str,
    unit: str,
    locale: Locale,
) -> None:
    words = _words(cell, unit, locale)
    if cell.hidden:
        canvas.hatched(x, y, w, h, title=f"{place} : {words}")
        return
    level = 0 if not cell.value else min(len(HEAT) - 1, 1 + int(cell.value / top * (len(HEAT) - 1.001)))
    canvas.open_link(cell.href, f"{place} : {words}")
    canvas.rect(x, y, w, h, f"ch-h{level}", title=f"{place} : {words}", rx=2)
    ink = "ch-on-dark" if level >= 5 else "ch-on-light"
    canvas.text(x + w / 2, y + h / 2 + 4.5, words, f"{ink} ch-heat-{level}", anchor="middle")
    canvas.close_link(cell.href)
