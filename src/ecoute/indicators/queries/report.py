"""The report of a service for a period: figures that can be frozen, reread and computed again."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

from ecoute.indicators.enums import Audience
from ecoute.indicators.queries.dashboard import Board
from ecoute.indicators.queries.prevalence import Footing
from ecoute.indicators.rules import Disclosure
from ecoute.methods.statistics import Proportion


@dataclass(frozen=True, slots=True)
class Parameters:
    """What a report is about. ``service`` None: everything (only those who may read everything). ``theme``: a slug."""

    service: int | None = None
    since: date | None = None
    until: date | None = None
    theme: str = ""
    audience: Audience = Audience.INTERNAL
    language: str = "fr"


@dataclass(frozen=True, slots=True)
class ThemeLine:
    """Verbatims that complain of a theme, praise it, expect something of it; None: too few to be told. ``share`` of all
    verbatims, corrected where people coded a random sample."""

    slug: str
    label: str
    irritant: int | None
    praise: int | None
    expectation: int | None
    total: int
    share: Proportion | None = None


@dataclass(frozen=True, slots=True)
class ReplyFigures:
    """``replied`` of ``base`` verbatims; ``delay``: median days between words and reply, over ``dated`` of them."""

    base: int
    replied: int | None
    delay: float | None
    dated: int


@dataclass(frozen=True, slots=True)
class Machine:
    """What coded the words: step → engine and version, and the codebook."""

    engines: Mapping[str, str]
    codebook: str
    codebook_version: int


@dataclass(frozen=True, slots=True)
class Report:
    """``board`` None: too few verbatims for any figure (``minimum`` says how many are needed). ``footing``: what the
    shares of themes stand on."""

    parameters: Parameters
    service: str
    theme: str
    minimum: int
    board: Board | None
    themes: tuple[ThemeLine, ...]
    replies: ReplyFigures | None
    machine: Machine
    footing: Footing | None = None


def theme_lines(
    labels: Sequence[tuple[str, str]],
    counts: Mapping[str, Mapping[str, int]],
    totals: Mapping[str, int],
    rule: Disclosure,
    share: Callable[[str, int], Proportion],
) -> tuple[ThemeLine, ...]:
    """``labels``: slug and label of the themes. ``counts``: by nature, then by slug. Rare themes are left out.
    ``share`` of a theme, from its slug and its count."""
    lines = (
        ThemeLine(
            slug,
            label,
            irritant=rule.shown(counts["irritant"].get(slug, 0)),
            praise=rule.shown(counts["praise"].get(slug, 0)),
            expectation=rule.shown(counts["expectation"].get(slug, 0)),
            total=totals.get(slug, 0),
            share=share(slug, totals.get(slug, 0)),
        )
        for slug, label in labels
        if totals.get(slug) and not rule.hides(totals[slug])
    )
    return tuple(sorted(lines, key=lambda line: (-line.total, line.label)))


def reply_figures(base: int, replied: int, delays: Sequence[int], rule: Disclosure) -> ReplyFigures:
    """The median delay needs as many dated replies as the rule asks of any group."""
    known = [] if rule.hides(len(delays)) else list(delays)
    return ReplyFigures(base, rule.shown(replied), float(median(known)) if known else None, len(known))
