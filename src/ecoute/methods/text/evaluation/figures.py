"""Lines of the table that the bench prints."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ecoute.methods.statistics import proportion


@dataclass(frozen=True, slots=True)
class Figure:
    """One measure: what, on how many, how much, its 95 % interval where it has one, and what to know about it."""

    subject: str
    measure: str
    base: int
    value: str
    interval: str = ""
    remark: str = ""


def share(subject: str, measure: str, count: int, base: int, remark: str = "") -> Figure:
    """A proportion with its Wilson interval."""
    if base == 0:
        return Figure(subject, measure, 0, "–", "", remark or "nothing to measure")
    found = proportion(count, base)
    return Figure(subject, measure, base, f"{count / base:.3f}", f"[{found.low:.3f}, {found.high:.3f}]", remark)


def table(figures: Iterable[Figure]) -> str:
    """The lines as a Markdown table."""
    head = "| subject | measure | n | value | 95 % interval | remark |\n| --- | --- | ---: | ---: | --- | --- |"
    rows = (f"| {f.subject} | {f.measure} | {f.base} | {f.value} | {f.interval} | {f.remark} |" for f in figures)
    return "\n".join([head, *rows])
