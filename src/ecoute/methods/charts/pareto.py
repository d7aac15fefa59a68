"""Pareto: bars from the most to the least frequent, and beside them how much the first ones hold together."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from .bars import Bar
from .canvas import Canvas, tidy
from .chart import WIDE, Chart, Table, build
from .locales import FRENCH, Locale
from .scales import Scale


def pareto(
    items: Sequence[Bar],
    *,
    title: str,
    subtitle: str = "",
    note: str = "",
    heading: str = "",
    threshold: float = 0.8,
    total: int | None = None,
    tone: str = "negative",
    limit: int = 12,
    key: str = "",
    width: int = WIDE,
    locale: Locale = FRENCH,
) -> Chart:
    """``value`` of each item is a count of mentions; ``total`` is their sum unless some are not given.

    Two panels that share rows, each with its own zero: no double axis. The dashed line is the ``threshold``.
    """
    rows = sorted(items, key=lambda b: -(b.value or 0))
    whole = total or sum(int(b.value or 0) for b in rows) or 1
    running = list(accumulate((b.value or 0) / whole for b in rows))
    shown = list(zip(rows, running, strict=True))[:limit]

    def draw(canvas: Canvas) -> None:
        _draw(canvas, shown, threshold, tone, locale)

    heads = (
        heading or locale.word("label"),
        locale.word("count"),
        locale.word("share"),
        locale.word("cumulative"),
    )
    table = Table(
        heads,
        tuple(
            (b.label, locale.integer(b.value), locale.share((b.value or 0) / whole), locale.share(cumulated))
            for b, cumulated in zip(rows, running, strict=True)
        ),
    )
    return build("pareto", draw, table, title=title, subtitle=subtitle, note=note, key=key, width=width, locale=locale)


def _draw(canvas: Canvas, shown: Sequence[tuple[Bar, float]], threshold: float, tone: str, locale: Locale) -> None:
    side = 96 if canvas.narrow else 170
    left = 0.0 if canvas.narrow else canvas.width * 0.34
    edge = canvas.width - side
    step = 46 if canvas.narrow else 32
    bars = Scale(0, max((b.value or 0 for b, _ in shown), default=1) or 1, left, edge - 62)
    run = Scale(0, 1, edge, canvas.width - 50)
    bottom = 26 + step * len(shown)
    canvas.text(edge, 13, locale.word("cumulative"), "ch-head")
    canvas.line(run(0), 22, run(0), bottom, "ch-grid")
    canvas.line(run(threshold), 22, run(threshold), bottom, "ch-guide")
    canvas.text(run(threshold), bottom + 14, locale.share(threshold), "ch-tick", anchor="middle")
    centres = [26 + i * step + (30 if canvas.narrow else step / 2) for i in range(len(shown))]
    points = [f"{tidy(run(c))} {tidy(y)}" for (_, c), y in zip(shown, centres, strict=True)]
    canvas.path("M" + "L".join(points), "ch-line ch-l1", stroke_width=2)
    for (item, cumulated), y in zip(shown, centres, strict=True):
        _row(canvas, item, bars, y, left, edge, item.tone or tone, locale)
        canvas.circle(run(cumulated), y, 3.5, "ch-c1")
        canvas.text(canvas.width, y + 4, locale.share(cumulated), "ch-tick", anchor="end")
    canvas.height = bottom + 20


def _row(
    canvas: Canvas, item: Bar, scale: Scale, y: float, left: float, edge: float, tone: str, locale: Locale
) -> None:
    figure = locale.integer(item.value)
    canvas.open_link(item.href, f"{item.label} : {figure}")
    if canvas.narrow:
        canvas.block(0, y - 13, item.label, "ch-label", room=edge - 10, lines=1)
    else:
        canvas.block(
            left - 12,
            y,
            item.label,
            "ch-label",
            room=left - 14,
            lines=2,
            anchor="end",
            middle=True,
            leading=14,
        )
    thick = 14 if canvas.narrow else 18
    canvas.rect(
        scale.start,
        y - thick / 2,
        max(scale(item.value or 0) - scale.start, 1.5),
        thick,
        f"ch-{tone}",
        title=f"{item.label} : {figure}",
        rx=2,
    )
    canvas.text(scale(item.value or 0) + 7, y + 4.5, figure, "ch-value")
    canvas.close_link(item.href)
