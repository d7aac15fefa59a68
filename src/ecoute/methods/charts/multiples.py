"""Small multiples: one little line a subject, all on one scale; and the sparkline, a line with no axis."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .canvas import Canvas, tidy
from .chart import WIDE, Chart, Table, build
from .locales import FRENCH, Locale
from .scales import Scale, written


@dataclass(frozen=True)
class Small:
    """A subject and its figures, one a period (None: nothing known)."""

    label: str
    values: tuple[float | None, ...]
    href: str | None = None


def multiples(
    periods: Sequence[str],
    items: Sequence[Small],
    *,
    title: str,
    subtitle: str = "",
    note: str = "",
    unit: str = "count",
    heading: str = "",
    key: str = "",
    width: int = WIDE,
    locale: Locale = FRENCH,
) -> Chart:
    """Three little charts a row (two on a phone), sharing one scale from zero; the last figure is written."""
    top = max((v for i in items for v in i.values if v is not None), default=0) or 1

    def draw(canvas: Canvas) -> None:
        across = 2 if canvas.narrow else 3
        wide = canvas.width / across
        for n, item in enumerate(items):
            _one(canvas, item, (n % across) * wide, (n // across) * 104, wide - 18, top, periods, unit, locale)
        canvas.height = -(-len(items) // across) * 104

    table = Table(
        (heading or locale.word("label"), *periods),
        tuple((i.label, *(written(v, unit, locale) for v in i.values)) for i in items),
    )
    return build(
        "multiples",
        draw,
        table,
        title=title,
        subtitle=subtitle,
        note=note,
        key=key,
        width=width,
        locale=locale,
    )


def _one(
    canvas: Canvas,
    item: Small,
    x: float,
    y: float,
    wide: float,
    top: float,
    periods: Sequence[str],
    unit: str,
    locale: Locale,
) -> None:
    known = [v for v in item.values if v is not None]
    canvas.open_link(item.href, item.label)
    canvas.block(x, y + 13, item.label, "ch-label", room=wide, lines=1)
    across = Scale(0, max(len(item.values) - 1, 1), x, x + wide - 34)
    up = Scale(0, top, y + 76, y + 26)
    canvas.line(x, y + 76, x + wide - 34, y + 76, "ch-grid")
    _stroke(canvas, item.values, across, up)
    if known:
        last = max(i for i, v in enumerate(item.values) if v is not None)
        canvas.circle(across(last), up(known[-1]), 3, "ch-c1")
        canvas.text(across(last) + 7, up(known[-1]) + 4.5, written(known[-1], unit, locale), "ch-value")
    if periods:
        canvas.text(x, y + 90, periods[0], "ch-tick")
        canvas.text(x + wide - 34, y + 90, periods[-1], "ch-tick", anchor="end")
    canvas.close_link(item.href)


def _stroke(canvas: Canvas, values: Sequence[float | None], x: Scale, y: Scale) -> None:
    pen, steps = "M", []
    for i, value in enumerate(values):
        if value is None:
            pen = "M"
            continue
        steps.append(f"{pen}{tidy(x(i))} {tidy(y(value))}")
        pen = "L"
    if steps:
        canvas.path("".join(steps), "ch-line ch-l1", stroke_width=2)


def sparkline(
    values: Sequence[float | None],
    *,
    title: str,
    periods: Sequence[str] = (),
    unit: str = "count",
    key: str = "",
    width: int = 120,
    height: float = 28,
    locale: Locale = FRENCH,
) -> Chart:
    """A line as high as a line of text, from zero; ``title`` must say what it shows."""
    known = [(i, v) for i, v in enumerate(values) if v is not None]

    def draw(canvas: Canvas) -> None:
        x = Scale(0, max(len(values) - 1, 1), 3, canvas.width - 5)
        y = Scale(0, max((v for _, v in known), default=1) or 1, height - 3, 4)
        _stroke(canvas, values, x, y)
        canvas.circle(x(known[-1][0]), y(known[-1][1]), 2.5, "ch-c1")
        canvas.height = height

    names = periods or [str(i + 1) for i in range(len(values))]
    rows = tuple((p, written(v, unit, locale)) for p, v in zip(names, values, strict=True)) if known else ()
    table = Table((locale.word("period"), locale.word("value")), rows)
    return build("sparkline", draw, table, title=title, subtitle="", note="", key=key, width=width, locale=locale)
