"""The findings in words: what may be said, each with its base, its interval and the rule behind it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ecoute.methods.statistics import Comparison, Direction, pareto, proportion
from ecoute.methods.statistics.disclosure import FEW, UNPUBLISHED

from .figures import Figures, GroupFigure, Voices
from .wording import Wording


@dataclass(frozen=True)
class Headline:
    """``text`` is a sentence, ``detail`` its base and interval, ``anchor`` the part of the report that shows it."""

    text: str
    detail: str
    anchor: str


def headlines(figures: Figures, words: Wording) -> list[Headline]:
    """Findings in the order of the report; nothing is said about what the file does not hold."""
    if not figures.analysed:
        return []
    return [
        _polarity(figures, words),
        *_irritants(figures, words),
        *_praises(figures, words),
        *_expectations(figures, words),
        *_services(figures, words),
        *_change(figures, words),
    ]


def _polarity(figures: Figures, words: Wording) -> Headline:
    sides = figures.sides
    shares = {side: proportion(getattr(sides, side), sides.base) for side in ("negative", "neutral", "positive")}
    text = words.say("find_polarity", **{side: words.locale.share(p.share) for side, p in shares.items()})
    return Headline(text, words.detail(shares["negative"]), "polarity")


def vital_few(voices: Voices) -> tuple[list[str], float]:
    """The first themes that reach 80 % of the mentions, and the share they reach."""
    rows = [row for row in pareto(dict(voices.themes)) if row.vital]
    return [row.key for row in rows], rows[-1].cumulative if rows else 0.0


def few_enough(vital: list[str], voices: Voices) -> bool:
    """Are the vital ones few, and are there enough mentions for it to be a finding?"""
    return 1 < len(vital) <= 6 and len(vital) < len(voices.themes) and sum(n for _, n in voices.themes) >= FEW


def _irritants(figures: Figures, words: Wording) -> Iterator[Headline]:
    voices = figures.irritants
    if not voices.themes or voices.themes[0][1] < UNPUBLISHED:
        return
    theme, count = voices.themes[0]
    found = proportion(count, figures.analysed)
    text = words.counted("find_irritant", count, theme=theme)
    yield Headline(text, words.detail(found), "irritants")
    vital, share = vital_few(voices)
    if few_enough(vital, voices):
        text = words.say(
            "find_vital",
            number=len(vital),
            share=words.locale.share(share),
            themes=words.listed([words.quoted(label) for label in vital]),
        )
        yield Headline(text, words.detail(voices.verbatims), "irritants")


def _first_themes(voices: Voices, words: Wording, count: int = 3) -> str:
    """The first themes with their counts, of those met often enough to be worth naming."""
    told = [(label, n) for label, n in voices.themes[:count] if n >= UNPUBLISHED]
    return words.listed([f"{words.quoted(label)} ({words.locale.integer(n)})" for label, n in told])


def _praises(figures: Figures, words: Wording) -> Iterator[Headline]:
    if themes := _first_themes(figures.praises, words):
        text = words.say("find_praise", themes=themes)
        yield Headline(text, words.detail(figures.praises.verbatims), "praises")


def _expectations(figures: Figures, words: Wording) -> Iterator[Headline]:
    voices = figures.expectations
    if voices.verbatims.count >= UNPUBLISHED:
        share = words.locale.share(voices.verbatims.share)
        themes = _first_themes(voices, words)
        key = "find_expectations" if themes else "find_expectations_plain"
        text = words.say(key, share=share, **({"themes": themes} if themes else {}))
        yield Headline(text, words.detail(voices.verbatims), "expectations")


def outstanding(groups: tuple[GroupFigure, ...]) -> list[tuple[GroupFigure, Comparison]]:
    """Groups whose difference with the others may be announced, the largest difference first."""
    found = [(g, g.comparison) for g in groups if g.comparison and g.comparison.direction is not Direction.STABLE]
    return sorted(found, key=lambda pair: -abs(pair[1].difference or 0))


def _services(figures: Figures, words: Wording) -> Iterator[Headline]:
    found = outstanding(figures.services)
    for group, comparison in found[:3]:
        worse = comparison.direction is Direction.UP
        mine = words.locale.share(group.negative.share)
        text = words.say("find_service_worse" if worse else "find_service_better", name=group.name, mine=mine)
        yield Headline(text, _difference(comparison, words, "detail_difference"), "services")
    if not found and any(g.comparison for g in figures.services):
        yield Headline(words.say("find_services_alike"), words.say("detail_not_compared"), "services")


def _change(figures: Figures, words: Wording) -> Iterator[Headline]:
    timeline = figures.timeline
    if timeline is None or timeline.change is None or timeline.middle is None:
        return
    change = timeline.change
    values = {"day": words.day(timeline.middle)}
    if change.direction is not Direction.STABLE:
        values["difference"] = words.points(change.difference or 0)
    text = words.say(f"find_change_{change.direction.value}", **values)
    yield Headline(text, _difference(change, words, "detail_change"), "time")


def _difference(comparison: Comparison, words: Wording, key: str) -> str:
    if comparison.difference is None or comparison.low is None or comparison.high is None:
        return words.say("detail_not_compared")
    low, high = words.points(comparison.low), words.points(comparison.high)
    p = comparison.p or 0.0
    return words.say(
        key,
        difference=words.points(comparison.difference),
        interval=words.say("interval_of", low=low, high=high),
        p=words.locale.number(p, 3) if p >= 0.001 else "< " + words.locale.number(0.001, 3),
    ).replace("= <", "<")
