"""Negative, neutral and positive shares of several rows, each row summing to 100 %."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .canvas import Canvas
from .chart import WIDE, Chart, Table, build
from .lettering import width_of
from .locales import FRENCH, MINUS, Locale

SIDES = ("negative", "neutral", "positive")
SIGNS = {"negative": MINUS, "neutral": "=", "positive": "+"}


@dataclass(frozen=True)
class PolarityBar:
    """Counts of one row. A row whose ``hidden`` is true is drawn hatched, without figures."""

    label: str
    negative: int
    neutral: int
    positive: int
    href: str | None = None
    hidden: bool = False

    @property
    def base(self) -> int:
        return self.negative + self.neutral + self.positive

    def share(self, side: str) -> float | None:
        count: int = getattr(self, side)
        return count / self.base if self.base else None


def polarity(
    items: Sequence[PolarityBar],
    *,
    title: str,
    subtitle: str = "",
    note: str = "",
    heading: str = "",
    sort: bool = False,
    key: str = "",
    width: int = WIDE,
    locale: Locale = FRENCH,
) -> Chart:
    """Stacked bars; ``sort`` puts the most negative first. Signs and words stand with the colours."""
    rows = sorted(items, key=lambda i: -(i.share("negative") or 0)) if sort else list(items)

    def draw(canvas: Canvas) -> None:
        left = 0.0 if canvas.narrow else canvas.width * 0.36
        _heads(canvas, left, locale)
        y = 24.0
        for row in rows:
            y = _row(canvas, row, left, y, locale)
        canvas.height = y

    return build(
        "polarity",
        draw,
        _table(rows, heading, locale),
        title=title,
        subtitle=subtitle,
        note=note,
        key=key,
        width=width,
        locale=locale,
    )


def _heads(canvas: Canvas, left: float, locale: Locale) -> None:
    room = canvas.width - 46 - left
    places = {
        "negative": (left, "start"),
        "neutral": (left + room / 2, "middle"),
        "positive": (left + room, "end"),
    }
    for side, (x, anchor) in places.items():
        canvas.text(x, 13, f"{SIGNS[side]} {locale.word(side)}", "ch-head", anchor=anchor)
    canvas.text(canvas.width, 13, locale.word("base").lower(), "ch-tick", anchor="end")


def _row(canvas: Canvas, row: PolarityBar, left: float, y: float, locale: Locale) -> float:
    thick = 20 if canvas.narrow else 24
    canvas.open_link(row.href, row.label)
    if canvas.narrow:
        y += canvas.block(0, y + 12, row.label, "ch-label", room=canvas.width, lines=2) + 2
        top, step = y, thick + 12
    else:
        canvas.block(left - 12, y + 17, row.label, "ch-label", room=left - 14, lines=2, anchor="end", middle=True)
        top, step = y + 5, 36
    room = canvas.width - 46 - left
    if row.hidden or not row.base:
        canvas.hatched(left, top, room, thick, title=f"{row.label} : {locale.word('suppressed')}")
    else:
        _pieces(canvas, row, left, top, room, thick, locale)
        canvas.text(canvas.width, top + thick / 2 + 4, locale.integer(row.base), "ch-tick", anchor="end")
    canvas.close_link(row.href)
    return y + step


def _pieces(canvas: Canvas, row: PolarityBar, x: float, y: float, room: float, thick: float, locale: Locale) -> None:
    for side in SIDES:
        share = row.share(side) or 0.0
        size = share * room
        words = f"{row.label} : {locale.word(side)} {locale.share(share)}"
        if size:
            canvas.rect(x, y, max(size - 1, 0.5), thick, f"ch-{side}", title=words)
        text = locale.share(share)
        if size > width_of(text, 12.5, bold=True) + 8:
            ink = "ch-on-light" if side == "neutral" else "ch-on-dark"
            canvas.text(x + size / 2, y + thick / 2 + 4.5, text, ink, anchor="middle")
        x += size


def _table(rows: Sequence[PolarityBar], heading: str, locale: Locale) -> Table:
    heads = (
        heading or locale.word("label"),
        *(locale.word(s).capitalize() for s in SIDES),
        locale.word("base"),
    )
    hidden = locale.word("suppressed")
    return Table(
        heads,
        tuple(
            (r.label, hidden, hidden, hidden, locale.none)
            if r.hidden
            else (r.label, *(locale.share(r.share(s)) for s in SIDES), locale.integer(r.base))
            for r in rows
        ),
    )
