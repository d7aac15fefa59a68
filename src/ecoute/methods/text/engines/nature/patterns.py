"""What a segment does: a wish and a question are told by their words, irritant and praise by their polarity."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from importlib.resources import files

from ...cues import CueMatcher, Hit
from ...documents import Judgement, Nature, Polarity, Span

_ASKS = re.compile(r"\?\s*[\"»)!?. ]*$")
_RHETORICAL = re.compile(
    r"(?:normal|s[ée]rieux|honte|moque|plaisante|blague|comprenne qui pourra|\?\s*!|!\s*\?|\?\?\?)", re.I
)

_OFFER = re.compile(r"pourquoi (?:ne )?pas|serait[- ]il|pourr(?:iez|ait)|why not|could", re.I)
_BY_POLARITY = {
    Polarity.NEGATIVE: Nature.IRRITANT,
    Polarity.NEUTRAL: Nature.FACT,
    Polarity.POSITIVE: Nature.PRAISE,
}


class PatternNature:
    """Rules over wish and question patterns; evidence is given for wishes and questions."""

    name = "nature-patterns"
    version = "2"
    network = False

    def __init__(self) -> None:
        turns = files(__package__).joinpath("patterns.toml").read_text(encoding="utf-8")
        self._matcher = CueMatcher(tomllib.loads(turns))

    def judge(self, texts: Sequence[str], polarities: Sequence[Judgement], language: str) -> list[Judgement]:
        return [self._one(text, polarity) for text, polarity in zip(texts, polarities, strict=True)]

    def _one(self, text: str, polarity: Judgement) -> Judgement:
        hits = self._matcher.find(text)
        wishes = _of(hits, Nature.EXPECTATION)
        asks = _of(hits, Nature.QUESTION)
        interrogative = bool(_ASKS.search(text))
        if wishes and not (interrogative and asks and not _OFFER.search(text)):
            return self._said(Nature.EXPECTATION, 0.85, wishes)
        if interrogative and not _RHETORICAL.search(text):
            return self._said(Nature.QUESTION, 0.9 if asks else 0.7, asks or [_question_mark(text)])
        if asks and _begins(asks, text):
            return self._said(Nature.QUESTION, 0.6, asks)
        return self._by_polarity(polarity)

    def _by_polarity(self, polarity: Judgement) -> Judgement:
        nature = _BY_POLARITY[Polarity(polarity.value)]
        return Judgement(nature, polarity.confidence, f"{self.name} {self.version}", polarity.evidence)

    def _said(self, nature: Nature, confidence: float, evidence: list[Span]) -> Judgement:
        return Judgement(nature, confidence, f"{self.name} {self.version}", tuple(sorted(set(evidence))))


def _of(hits: Sequence[Hit], label: str) -> list[Span]:
    mine = [h for h in hits if h.label == label]
    return [] if any(h.strength == "veto" for h in mine) else [h.span for h in mine]


def _begins(spans: Sequence[Span], text: str) -> bool:
    return min(s.start for s in spans) <= 3 and not text.rstrip().endswith(".")


def _question_mark(text: str) -> Span:
    at = text.rindex("?")
    return Span(at, at + 1)
