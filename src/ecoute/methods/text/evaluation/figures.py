"""Lines of the table that the bench prints."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ecoute.methods.statistics import proportion


@dataclass(frozen=True, slots=True)
class Figure:
    """One measure: what, on how many, how much, its 95 % interval where it has one, and what to know about it; where it
    was compared, the value of the baseline and the difference with its interval and probability."""

    subject: str
    measure: str
    base: int
    value: str
    interval: str = ""
    remark: str = ""
    baseline: str = ""
    difference: str = ""


def share(subject: str, measure: str, count: int, base: int, remark: str = "") -> Figure:
    """A proportion with its Wilson interval."""
    if base == 0:
        return Figure(subject, measure, 0, "–", "", remark or "nothing to measure")
    found = proportion(count, base)
    return Figure(subject, measure, base, f"{count / base:.3f}", f"[{found.low:.3f}, {found.high:.3f}]", remark)


def table(figures: Iterable[Figure]) -> str:
    """The lines as a Markdown table; the columns of the comparison only where there is one."""
    lines = list(figures)
    compared = any(f.baseline for f in lines)
    head, rule = "| subject | measure | n | value | 95 % interval |", "| --- | --- | ---: | ---: | --- |"
    if compared:
        head, rule = f"{head} baseline | difference |", f"{rule} ---: | --- |"
    return "\n".join([f"{head} remark |", f"{rule} --- |", *(_row(f, compared) for f in lines)])


def _row(figure: Figure, compared: bool) -> str:
    cells = [figure.subject, figure.measure, str(figure.base), figure.value, figure.interval]
    if compared:
        cells += [figure.baseline, figure.difference]
    return f"| {' | '.join([*cells, figure.remark])} |"
