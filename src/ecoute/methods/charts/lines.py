"""Lines over periods, with the band of their interval, labelled ends and the breaks of the series."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .canvas import Canvas, tidy
from .chart import WIDE, Chart, Table, build
from .lettering import clip, width_of
from .locales import FRENCH, Locale
from .scales import Scale, ranged, ticks, written


@dataclass(frozen=True)
class Point:
    """One period of one series. ``value`` None (nothing, or too few to show) leaves a gap, never a zero."""

    value: float | None
    low: float | None = None
    high: float | None = None
    base: int | None = None


@dataclass(frozen=True)
class Series:
    """A named line; ``points`` stand in the order of the periods, one for each. ``tone`` as in ``bars``."""

    name: str
    points: tuple[Point, ...]
    tone: str = ""


@dataclass(frozen=True)
class Break:
    """From period number ``at`` (0 is the first) on, figures are not comparable with those before."""

    at: int
    label: str


def lines(
    periods: Sequence[str],
    series: Sequence[Series],
    *,
    title: str,
    subtitle: str = "",
    note: str = "",
    unit: str = "share",
    area: bool = False,
    breaks: Sequence[Break] = (),
    zero: bool = True,
    height: float = 250,
    key: str = "",
    width: int = WIDE,
    locale: Locale = FRENCH,
) -> Chart:
    """At most six series. ``area`` fills under the line (counts); ``zero`` keeps zero on the axis."""
    kept = list(series)[:6]
    seen = [v for s in kept for p in s.points for v in (p.value, p.low, p.high) if v is not None]
    marks = ticks(0 if zero else min(seen, default=0), max(seen, default=1) or 1)

    def draw(canvas: Canvas) -> None:
        right = _room_for_ends(canvas, kept, unit, locale)
        widest = max(width_of(written(mark, unit, locale), 12.5) for mark in marks)
        x = Scale(0, max(len(periods) - 1, 1), max(44, widest + 14), canvas.width - right)
        y = Scale(marks[0], marks[-1], height - 26, 16)
        axes(canvas, periods, x, y, marks, unit, locale)
        for gap in breaks:
            at = x(gap.at - 0.5)
            canvas.line(at, 14, at, y.start, "ch-guide").text(at + 4, 12, gap.label, "ch-small")
        for i, one in enumerate(kept):
            _series(canvas, one, i + 1, x, y, area)
        _ends(canvas, kept, x, y, unit, locale)
        canvas.height = height

    return build(
        "lines",
        draw,
        _table(periods, kept, unit, locale) if seen else Table((), ()),
        title=title,
        subtitle=subtitle,
        note=note,
        key=key,
        width=width,
        locale=locale,
    )


def _last(one: Series) -> tuple[int, float] | None:
    known = [(i, p.value) for i, p in enumerate(one.points) if p.value is not None]
    return known[-1] if known else None


def _end_words(one: Series, unit: str, locale: Locale, many: bool) -> str:
    last = _last(one)
    figure = written(last[1], unit, locale) if last else ""
    return f"{figure} {one.name}".strip() if many else figure


def _room_for_ends(canvas: Canvas, series: Sequence[Series], unit: str, locale: Locale) -> float:
    words = [_end_words(s, unit, locale, len(series) > 1) for s in series]
    return min(max((width_of(w, 12.5, bold=True) for w in words), default=0) + 16, canvas.width * 0.34)


def axes(
    canvas: Canvas,
    periods: Sequence[str],
    x: Scale,
    y: Scale,
    marks: Sequence[float],
    unit: str,
    locale: Locale,
) -> None:
    for mark in marks:
        canvas.line(x.start, y(mark), x.end, y(mark), "ch-axis" if mark == 0 else "ch-grid")
        canvas.text(x.start - 8, y(mark) + 4, written(mark, unit, locale), "ch-tick", anchor="end")
    widest = max((width_of(p, 11.5) for p in periods), default=1) + 18
    every = max(1, -(-len(periods) * widest // (x.end - x.start)))
    for i in range(len(periods)):
        if (len(periods) - 1 - i) % every == 0:
            canvas.line(x(i), y.start, x(i), y.start + 4, "ch-axis")
            canvas.text(x(i), y.start + 18, periods[i], "ch-tick", anchor="middle")


def _runs(points: Sequence[Point]) -> list[list[tuple[int, Point]]]:
    """Stretches of consecutive known points."""
    found: list[list[tuple[int, Point]]] = [[]]
    for i, point in enumerate(points):
        if point.value is None:
            found.append([])
        else:
            found[-1].append((i, point))
    return [run for run in found if run]


def _series(canvas: Canvas, one: Series, number: int, x: Scale, y: Scale, area: bool) -> None:
    stroke = f"ch-line ch-s-{one.tone}" if one.tone else f"ch-line ch-l{number}"
    for run in _runs(one.points):
        upper = [(x(i), y(p.high if p.high is not None else y.low)) for i, p in run]
        lower = [(x(i), y(p.low if p.low is not None else y.low)) for i, p in run]
        main = [(x(i), y(p.value or 0)) for i, p in run]
        if all(p.low is not None and p.high is not None for _, p in run) and len(run) > 1:
            canvas.path(_polygon(upper, lower), f"ch-band ch-band{number}")
        elif area and len(run) > 1:
            canvas.path(_polygon(main, [(px, y.start) for px, _ in main]), f"ch-band ch-band{number}")
        if len(run) > 1:
            canvas.path("M" + "L".join(f"{tidy(px)} {tidy(py)}" for px, py in main), stroke, stroke_width=2.25)
        if len(run) == 1 or len(one.points) <= 16:
            for px, py in main:
                canvas.circle(px, py, 3, f"ch-{one.tone or f'c{number}'}")


def _polygon(there: list[tuple[float, float]], back: list[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{tidy(px)} {tidy(py)}" for px, py in [*there, *reversed(back)]) + "Z"


def _ends(canvas: Canvas, series: Sequence[Series], x: Scale, y: Scale, unit: str, locale: Locale) -> None:
    """Figures (and names) at the end of each line, pushed apart so that none covers another."""
    placed: list[tuple[float, int, float]] = []
    for i, one in enumerate(series):
        last = _last(one)
        if last:
            placed.append((y(last[1]) + 4.5, i, x(last[0])))
    lowest = float("-inf")
    for wanted, i, end in sorted(placed):
        lowest = max(min(wanted, y.start - 4), lowest + 15)
        one = series[i]
        words = _end_words(one, unit, locale, len(series) > 1)
        tone = f"ch-t-{one.tone}" if one.tone else f"ch-t{i + 1}"
        short = clip(words, canvas.width - end - 9, 12.5, True)
        canvas.text(end + 9, lowest, short, f"ch-value {tone}", full=words)


def _table(periods: Sequence[str], series: Sequence[Series], unit: str, locale: Locale) -> Table:
    """One column a series, followed by its interval and its base where the series has them."""
    columns = [(locale.word("period"), list(periods))]
    for one in series:
        columns.append((one.name, [written(p.value, unit, locale) for p in one.points]))
        if any(p.low is not None for p in one.points):
            columns.append((locale.word("interval"), [ranged(p.low, p.high, unit, locale) for p in one.points]))
        if any(p.base is not None for p in one.points):
            columns.append((locale.word("base"), [locale.integer(p.base) for p in one.points]))
    return Table(tuple(h for h, _ in columns), tuple(zip(*(c for _, c in columns), strict=True)))
