"""A control chart: a share period by period, its ordinary value, and the range within which it varies by chance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .canvas import Canvas, tidy
from .chart import WIDE, Chart, Table, build
from .lettering import width_of
from .lines import axes
from .locales import FRENCH, Locale
from .scales import Scale, ranged, ticks, written


@dataclass(frozen=True)
class ControlPoint:
    """One period. ``value`` None: nothing, or too few to show. ``low`` and ``high``: the range of chance."""

    value: float | None
    low: float
    high: float
    count: int | None
    base: int
    outside: bool


def control(
    periods: Sequence[str],
    points: Sequence[ControlPoint],
    centre: float,
    *,
    title: str,
    subtitle: str = "",
    note: str = "",
    height: float = 260,
    key: str = "",
    width: int = WIDE,
    locale: Locale = FRENCH,
) -> Chart:
    """``centre``: the ordinary share. Points outside are ringed, and named in the table."""
    seen = [v for p in points for v in (p.value, p.high) if v is not None]
    marks = ticks(0, max(seen, default=1) or 1)

    def draw(canvas: Canvas) -> None:
        room = width_of(locale.word("ordinary"), 11.5) + 16
        widest = max(width_of(written(mark, "share", locale), 12.5) for mark in marks)
        x = Scale(0, max(len(periods) - 1, 1), max(44, widest + 14), canvas.width - room)
        y = Scale(marks[0], marks[-1], height - 26, 16)
        axes(canvas, periods, x, y, marks, "share", locale)
        _range(canvas, points, x, y)
        canvas.line(x.start, y(centre), x.end, y(centre), "ch-guide")
        canvas.text(x.end + 8, y(centre) + 4, locale.word("ordinary"), "ch-small")
        _values(canvas, periods, points, x, y, locale)
        canvas.height = height

    return build(
        "control",
        draw,
        _table(periods, points, locale) if seen else Table((), ()),
        title=title,
        subtitle=subtitle,
        note=note,
        key=key,
        width=width,
        locale=locale,
    )


def _range(canvas: Canvas, points: Sequence[ControlPoint], x: Scale, y: Scale) -> None:
    """A band of steps: each period has its own base, so its own range."""
    half = (x(1) - x(0)) / 2
    upper = [(x(i) + side * half, y(p.high)) for i, p in enumerate(points) for side in (-1, 1)]
    lower = [(x(i) + side * half, y(p.low)) for i, p in enumerate(points) for side in (-1, 1)]
    inside = [(min(max(px, x.start), x.end), py) for px, py in [*upper, *reversed(lower)]]
    canvas.path("M" + "L".join(f"{tidy(px)} {tidy(py)}" for px, py in inside) + "Z", "ch-band ch-band1")


def _values(
    canvas: Canvas, periods: Sequence[str], points: Sequence[ControlPoint], x: Scale, y: Scale, locale: Locale
) -> None:
    known = [(i, p) for i, p in enumerate(points) if p.value is not None]
    if len(known) > 1:
        path = "M" + "L".join(f"{tidy(x(i))} {tidy(y(p.value or 0))}" for i, p in known)
        canvas.path(path, "ch-line ch-l1", stroke_width=1.75)
    for i, p in known:
        said = f"{periods[i]} : {written(p.value, 'share', locale)}"
        if p.outside:
            canvas.circle(x(i), y(p.value or 0), 6, "ch-negative", title=f"{said}, {locale.word('outside')}")
        canvas.circle(x(i), y(p.value or 0), 3, "ch-track" if p.outside else "ch-c1", title=said)


def _table(periods: Sequence[str], points: Sequence[ControlPoint], locale: Locale) -> Table:
    heads = ("period", "share", "count", "base", "range", "reading")
    rows = (
        (
            period,
            written(p.value, "share", locale),
            locale.integer(p.count),
            locale.integer(p.base),
            ranged(p.low, p.high, "share", locale),
            locale.word("outside" if p.outside else "inside") if p.value is not None else locale.none,
        )
        for period, p in zip(periods, points, strict=True)
    )
    return Table(tuple(locale.word(head) for head in heads), tuple(rows))
