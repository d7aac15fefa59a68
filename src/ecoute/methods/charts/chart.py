"""What every chart function gives back, and the frame around every drawing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import blake2s
from html import escape
from pathlib import Path

from .canvas import Canvas, tidy
from .locales import Locale
from .palette import FONT

WIDE, NARROW = 720, 360


@dataclass(frozen=True)
class Table:
    """The figures behind a picture, already written in words and numbers of the reader's language."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Chart:
    """A picture with its words.

    ``svg`` is drawn for a wide column, ``narrow`` for a phone; ``both`` holds the two, of which
    ``charts.css`` shows the one that fits its container. ``title`` and ``subtitle`` (the base line) are not
    inside the drawing: the page writes them above it. ``empty`` says that there was nothing to draw.
    """

    title: str
    subtitle: str
    svg: str
    table: Table
    note: str
    kind: str
    narrow: str
    empty: bool = False

    @property
    def both(self) -> str:
        """HTML of the two drawings in their frame, ready for a page."""
        return (
            f'<div class="ch-frame"><div class="ch-wide">{self.svg}</div>'
            f'<div class="ch-narrow">{self.narrow}</div></div>'
        )


Draw = Callable[[Canvas], None]


def build(
    kind: str,
    draw: Draw,
    table: Table,
    *,
    title: str,
    subtitle: str,
    note: str,
    key: str,
    width: int,
    locale: Locale,
) -> Chart:
    """Draw at both widths and wrap. ``key`` makes identifiers differ between equal charts of one page."""
    if not table.rows:
        draw = _nothing(locale)
    drawings = [_svg(draw, w, title, subtitle, f"{key}{i}") for i, w in enumerate((width, min(width, NARROW)))]
    return Chart(title, subtitle, drawings[0], table, note, kind, drawings[1], not table.rows)


def _svg(draw: Draw, width: int, title: str, subtitle: str, key: str) -> str:
    canvas = Canvas(width)
    draw(canvas)
    body = "".join(canvas.parts)
    mark = "ch-" + blake2s(f"{key}{title}{body}".encode(), digest_size=5).hexdigest()
    # A picture with links is a group: the role "img" would hide the links from screen readers.
    role = "group" if "<a " in body else "img"
    described = f'<desc id="{mark}d">{escape(subtitle)}</desc>' if subtitle else ""
    labels = f"{mark}t {mark}d" if subtitle else f"{mark}t"
    height = tidy(canvas.height)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="ch-svg" role="{role}" aria-labelledby="{labels}" '
        f'viewBox="0 0 {width} {height}" width="{width}" height="{height}" font-family="{escape(FONT)}">'
        f'<title id="{mark}t">{escape(title)}</title>{described}{body}</svg>'
    )


def _nothing(locale: Locale) -> Draw:
    def draw(canvas: Canvas) -> None:
        canvas.height = 56
        canvas.rect(0, 0, canvas.width, 56, "ch-track", rx=6)
        canvas.text(canvas.width / 2, 32, locale.word("empty"), "ch-small", anchor="middle")

    return draw


def stylesheet() -> str:
    """The style sheet of the charts (``charts.css``), for pages that inline it."""
    return Path(__file__).with_name("charts.css").read_text(encoding="utf-8")
