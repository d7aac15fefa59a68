"""Horizontal bars, longest first, each with its figure, its interval and a link to its verbatims if given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .canvas import Canvas
from .chart import WIDE, Chart, Table, build
from .locales import FRENCH, Locale
from .scales import Scale, ranged, written


@dataclass(frozen=True)
class Bar:
    """``value`` in the unit of the chart (share 0–1, count, mark), the ends of its interval and its base.

    ``count`` is how many; ``text`` replaces the figure written; ``tone`` is ``negative``, ``neutral``,
    ``positive`` or ``muted`` (empty: the colour of data).
    """

    label: str
    value: float | None
    low: float | None = None
    high: float | None = None
    count: int | None = None
    base: int | None = None
    href: str | None = None
    text: str = ""
    tone: str = ""


def bars(
    items: Sequence[Bar],
    *,
    title: str,
    subtitle: str = "",
    note: str = "",
    unit: str = "share",
    sort: bool = True,
    limit: int | None = None,
    top: float | None = None,
    heading: str = "",
    key: str = "",
    width: int = WIDE,
    locale: Locale = FRENCH,
) -> Chart:
    """Bars from zero. ``heading`` names the labels in the table; ``limit`` keeps the first rows of the
    drawing (the table keeps all of them); ``top`` ends the scale, for charts read side by side."""
    ordered = sorted(items, key=lambda b: -(b.value if b.value is not None else -1)) if sort else list(items)
    shown = ordered[:limit]
    longest = max((b.high if b.high is not None else b.value or 0 for b in shown), default=0)
    end = max(longest, top or 0) or 1

    def draw(canvas: Canvas) -> None:
        y = 2.0
        for item in shown:
            y = _row(canvas, item, y, end, unit, locale)
        canvas.height = y

    table = _table(ordered, unit, heading, locale)
    return build("bars", draw, table, title=title, subtitle=subtitle, note=note, key=key, width=width, locale=locale)


def _row(canvas: Canvas, item: Bar, y: float, top: float, unit: str, locale: Locale) -> float:
    """One label, one bar, one figure; returns where the next row begins."""
    thick = 14 if canvas.narrow else 20
    left = 0.0 if canvas.narrow else canvas.width * 0.36
    figure = item.text or written(item.value, unit, locale)
    canvas.open_link(item.href, f"{item.label} : {figure}")
    if canvas.narrow:
        y += canvas.block(0, y + 12, item.label, "ch-label", room=canvas.width, lines=2)
        bar_y, step = y + 2, thick + 14
    else:
        canvas.block(left - 12, y + 15, item.label, "ch-label", room=left - 14, lines=2, anchor="end", middle=True)
        bar_y, step = y + 15 - thick / 2, 36
    scale = Scale(0, top, left, canvas.width - 62)
    _mark(canvas, item, scale, bar_y, thick, f"{item.label} : {figure}")
    end = scale(max(item.value or 0, item.high or 0))
    canvas.text(end + 8, bar_y + thick / 2 + 4.5, figure, "ch-value")
    canvas.close_link(item.href)
    return y + step


def _mark(canvas: Canvas, item: Bar, scale: Scale, y: float, thick: float, title: str) -> None:
    length = scale(item.value or 0) - scale.start
    canvas.rect(scale.start, y, max(length, 1.5), thick, f"ch-{item.tone or 'c1'}", title=title, rx=2)
    if item.low is not None and item.high is not None:
        middle = y + thick / 2
        canvas.line(scale(item.low), middle, scale(item.high), middle, "ch-whisker")
        for end in (item.low, item.high):
            canvas.line(scale(end), middle - 4, scale(end), middle + 4, "ch-whisker")


def _table(items: Sequence[Bar], unit: str, heading: str, locale: Locale) -> Table:
    """Columns are there when one row at least fills them."""
    name = {"share": "share", "count": "count"}.get(unit, "value")
    columns: list[tuple[str, list[str]]] = [(heading or locale.word("label"), [b.label for b in items])]
    if any(b.count is not None for b in items):
        columns.append((locale.word("count"), [locale.integer(b.count) for b in items]))
    if any(b.base is not None for b in items):
        columns.append((locale.word("base"), [locale.integer(b.base) for b in items]))
    columns.append((locale.word(name), [b.text or written(b.value, unit, locale) for b in items]))
    if any(b.low is not None for b in items):
        columns.append((locale.word("interval"), [ranged(b.low, b.high, unit, locale) for b in items]))
    rows = tuple(zip(*(cells for _, cells in columns), strict=True))
    return Table(tuple(head for head, _ in columns), rows)
