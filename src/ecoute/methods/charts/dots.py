"""Dots with intervals on a common scale, to compare services with each other and with the whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .canvas import Canvas
from .chart import WIDE, Chart, Table, build
from .locales import FRENCH, Locale
from .scales import Scale, ranged, ticks, written


@dataclass(frozen=True)
class Dot:
    """``value``, ``low`` and ``high`` in the unit of the chart. ``hidden`` rows (too few) show no figure."""

    label: str
    value: float | None
    low: float | None = None
    high: float | None = None
    base: int | None = None
    href: str | None = None
    hidden: bool = False
    tone: str = ""


def dots(
    items: Sequence[Dot],
    *,
    title: str,
    subtitle: str = "",
    note: str = "",
    unit: str = "share",
    reference: float | None = None,
    reference_label: str = "",
    heading: str = "",
    sort: bool = True,
    key: str = "",
    width: int = WIDE,
    locale: Locale = FRENCH,
) -> Chart:
    """One row an item, highest first; ``reference`` (the whole) is a dashed line with its label."""
    rows = sorted(items, key=lambda d: (d.hidden, -(d.value or 0))) if sort else list(items)
    seen = [v for d in rows if not d.hidden for v in (d.value, d.low, d.high) if v is not None]
    seen += [] if reference is None else [reference]
    marks = ticks(min(seen, default=0), max(seen, default=1))

    def draw(canvas: Canvas) -> None:
        left = 10.0 if canvas.narrow else canvas.width * 0.36
        scale = Scale(marks[0], marks[-1], left, canvas.width - 58)
        step, first = (42.0, 36.0) if canvas.narrow else (32.0, 30.0)
        bottom = first + step * len(rows) - 8
        _grid(canvas, scale, marks, bottom, unit, locale)
        if reference is not None:
            _reference(
                canvas,
                scale(reference),
                bottom,
                f"{reference_label} {written(reference, unit, locale)}".strip(),
            )
        for i, row in enumerate(rows):
            _row(canvas, row, scale, first + i * step, left, unit, locale)
        canvas.height = bottom + 22

    return build(
        "dots",
        draw,
        _table(rows, unit, heading, locale),
        title=title,
        subtitle=subtitle,
        note=note,
        key=key,
        width=width,
        locale=locale,
    )


def _grid(canvas: Canvas, scale: Scale, marks: Sequence[float], bottom: float, unit: str, locale: Locale) -> None:
    for mark in marks:
        canvas.line(scale(mark), 20, scale(mark), bottom, "ch-grid")
        anchor = "start" if canvas.narrow and mark == marks[0] else "middle"
        canvas.text(scale(mark), bottom + 16, written(mark, unit, locale), "ch-tick", anchor=anchor)


def _reference(canvas: Canvas, x: float, bottom: float, words: str) -> None:
    canvas.line(x, 18, x, bottom, "ch-guide")
    anchor = "start" if x < 90 else "end" if x > canvas.width - 90 else "middle"
    canvas.text(x, 12, words, "ch-head", anchor=anchor)


def _row(canvas: Canvas, row: Dot, scale: Scale, y: float, left: float, unit: str, locale: Locale) -> None:
    figure = locale.word("few") if row.hidden else written(row.value, unit, locale)
    canvas.open_link(row.href, f"{row.label} : {figure}")
    if canvas.narrow:
        canvas.block(0, y, row.label, "ch-label", room=canvas.width, lines=1)
        y += 14
    else:
        canvas.block(left - 16, y + 4, row.label, "ch-label", room=left - 16, lines=2, anchor="end", middle=True)
        y += 4
    if row.hidden or row.value is None:
        canvas.text(scale.start + 4, y + 4, locale.word("suppressed"), "ch-small")
    else:
        if row.low is not None and row.high is not None:
            canvas.rect(scale(row.low), y - 3, scale(row.high) - scale(row.low), 6, "ch-band ch-band1", rx=3)
        canvas.circle(scale(row.value), y, 5.5, f"ch-{row.tone or 'c1'}", title=f"{row.label} : {figure}")
        canvas.text(canvas.width, y + 4.5, figure, "ch-value", anchor="end")
    canvas.close_link(row.href)


def _table(rows: Sequence[Dot], unit: str, heading: str, locale: Locale) -> Table:
    name = {"share": "share", "count": "count"}.get(unit, "value")
    heads = (heading or locale.word("label"), locale.word(name), locale.word("interval"), locale.word("base"))
    return Table(
        heads,
        tuple(
            (r.label, locale.word("suppressed"), locale.none, locale.none)
            if r.hidden
            else (
                r.label,
                written(r.value, unit, locale),
                ranged(r.low, r.high, unit, locale),
                locale.integer(r.base),
            )
            for r in rows
        ),
    )
