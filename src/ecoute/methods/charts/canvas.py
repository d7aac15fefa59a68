"""A sheet on which marks are put; it knows how to write them as SVG, and nothing about what they mean."""

from __future__ import annotations

from html import escape
from typing import Self

from .lettering import wrap
from .palette import attributes


def tidy(value: float) -> str:
    """A coordinate with one decimal at most."""
    return f"{value:.1f}".removesuffix(".0")


class Canvas:
    """``width`` and ``height`` are in drawing units, one unit being one CSS pixel at full size."""

    def __init__(self, width: float) -> None:
        self.width = width
        self.height = 0.0
        self.parts: list[str] = []

    @property
    def narrow(self) -> bool:
        return self.width < 520

    def _put(self, tag: str, cls: str, title: str, inner: str, numbers: dict[str, float | str]) -> Self:
        places = {
            k.rstrip("_").replace("_", "-"): tidy(v) if isinstance(v, int | float) else v for k, v in numbers.items()
        }
        attrs = {"class": cls, **attributes(cls), **places}
        text = "".join(f' {k}="{escape(v)}"' for k, v in attrs.items())
        note = f"<title>{escape(title)}</title>" if title else ""
        self.parts.append(f"<{tag}{text}>{note}{inner}</{tag}>" if note or inner else f"<{tag}{text}/>")
        return self

    def rect(self, x: float, y: float, w: float, h: float, cls: str, *, title: str = "", rx: float = 0) -> Self:
        extra: dict[str, float | str] = {"rx": rx} if rx else {}
        box = {"x": x, "y": y, "width": max(w, 0), "height": max(h, 0)}
        return self._put("rect", cls, title, "", {**box, **extra})

    def hatched(self, x: float, y: float, w: float, h: float, *, title: str = "", step: float = 7) -> Self:
        """A rectangle of slanting lines, drawn one by one: no pattern, hence no identifier to clash."""
        self.rect(x, y, w, h, "ch-track", title=title)
        d, at = [], -h
        while at < w:
            x1, y1 = (x + at, y + h) if at >= 0 else (x, y + h + at)
            x2, y2 = (x + at + h, y) if at + h <= w else (x + w, y + h - (w - at))
            d.append(f"M{tidy(x1)} {tidy(y1)}L{tidy(x2)} {tidy(y2)}")
            at += step
        return self.path("".join(d), "ch-hatch")

    def line(self, x1: float, y1: float, x2: float, y2: float, cls: str) -> Self:
        return self._put("line", cls, "", "", {"x1": x1, "y1": y1, "x2": x2, "y2": y2})

    def circle(self, x: float, y: float, r: float, cls: str, *, title: str = "") -> Self:
        return self._put("circle", cls, title, "", {"cx": x, "cy": y, "r": r})

    def path(self, d: str, cls: str, **more: float | str) -> Self:
        return self._put("path", cls, "", "", {"d": d, **more})

    def text(self, x: float, y: float, words: str, cls: str, *, anchor: str = "start", full: str = "") -> Self:
        """Text on its baseline. ``full`` is what was there before it was cut, shown on hover."""
        ends: dict[str, float | str] = {} if anchor == "start" else {"text_anchor": anchor}
        note = full if full and full != words else ""
        return self._put("text", cls, note, escape(words), {"x": x, "y": y, **ends})

    def block(
        self,
        x: float,
        y: float,
        words: str,
        cls: str,
        *,
        room: float,
        lines: int = 2,
        anchor: str = "start",
        size: float = 13,
        leading: float = 16,
        middle: bool = False,
    ) -> float:
        """Text on several lines, first baseline at ``y`` (or centred on it); returns the height it took."""
        cut = wrap(words, room, lines, size)
        top = y - (len(cut) - 1) * leading / 2 + size * 0.35 if middle else y
        whole = " ".join(cut) == words
        for i, line in enumerate(cut):
            self.text(x, top + i * leading, line, cls, anchor=anchor, full="" if whole else words)
        return len(cut) * leading

    def open_link(self, href: str | None, label: str = "") -> Self:
        if href:
            name = f' aria-label="{escape(label)}"' if label else ""
            self.parts.append(f'<a class="ch-link" href="{escape(href)}"{name}>')
        return self

    def close_link(self, href: str | None) -> Self:
        if href:
            self.parts.append("</a>")
        return self
