"""What people declare (smileys, words, stars, marks) → negative, neutral, positive.

Marks of ten points, as « Je donne mon avis » counts them (standards: bad 0, medium 5, good 10; very bad 0, bad 2.5,
medium 5, good 7.5, very good 10). Three classes: under 5, exactly the middle, over. A scale 0–10 uses the same source's
colours: under 5 bad, 5 to under 8 medium, 8 and more good.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from .naming import fold

NEGATIVE, NEUTRAL, POSITIVE, UNKNOWN = "negative", "neutral", "positive", ""

WORDS: dict[str, tuple[str, ...]] = {
    NEGATIVE: (
        "negatif",
        "negative",
        "pas bien",
        "bad",
        "very bad",
        "mauvais",
        "mauvaise",
        "tres mauvais",
        "tres mauvaise",
        "pas satisfait",
        "insatisfait",
        "insatisfaite",
        "tres insatisfait",
        "tres insatisfaite",
        "pas du tout satisfait",
        "peu satisfait",
        "plutot insatisfait",
        "pas content",
        "mecontent",
        "decu",
        "poor",
        "very poor",
        "dissatisfied",
        "very dissatisfied",
        "unhappy",
        "detracteur",
        "detractor",
        "nul",
        "non",
        "no",
        "plutot pas satisfait",
        "pas du tout",
        "mediocre",
        "unlikely",
        "extremely unlikely",
        "pas satisfaisant",
    ),
    NEUTRAL: (
        "neutre",
        "neutral",
        "moyen",
        "moyenne",
        "medium",
        "ni bonne ni mauvaise",
        "ni bon ni mauvais",
        "mitige",
        "mixte",
        "mixed",
        "passable",
        "ni satisfait ni insatisfait",
        "sans avis",
        "passif",
        "passive",
        "average",
        "ok",
        "fair",
        "neither good nor poor",
        "correct",
        "neither likely nor unlikely",
        "neither satisfied nor dissatisfied",
    ),
    POSITIVE: (
        "positif",
        "positive",
        "tres bien",
        "bien",
        "good",
        "very good",
        "bon",
        "bonne",
        "tres bon",
        "tres bonne",
        "excellente",
        "excellent",
        "satisfait",
        "satisfaite",
        "tres satisfait",
        "tres satisfaite",
        "plutot satisfait",
        "content",
        "tout a fait satisfait",
        "happy",
        "satisfied",
        "very satisfied",
        "promoteur",
        "promoter",
        "great",
        "oui",
        "yes",
        "super",
        "parfait",
        "likely",
        "extremely likely",
        "satisfaisant",
    ),
}
_BY_WORD = {word: value for value, words in WORDS.items() for word in words}
SIGNS: tuple[tuple[str, str], ...] = (
    ("😡🤬😠😤😞😟😢😭🙁☹😣😖👎💔", NEGATIVE),
    ("😐😑😶🤔🫤", NEUTRAL),
    ("😀😁😃😄😊🙂☺😍🥰👍❤🤩😇", POSITIVE),
)
_EMOTICON = {
    ":(": NEGATIVE,
    ":-(": NEGATIVE,
    ":|": NEUTRAL,
    ":-|": NEUTRAL,
    ":)": POSITIVE,
    ":-)": POSITIVE,
    ":D": POSITIVE,
    ":-D": POSITIVE,
}
_MARK = re.compile(
    r"(-?\d+(?:[.,]\d+)?)\s*(?:/\s*(\d+)|(?:etoiles?|étoiles?|stars?|points?)|sur\s+(\d+)|out of\s+(\d+)|%)?",
    re.IGNORECASE,
)
_STARS = re.compile(r"[★⭐*✩☆\ufe0f\s]+")


@dataclass(frozen=True)
class Scale:
    """``low``/``high``: ends of the numbers, equal when only words are read. ``reversed``: 1 is the best."""

    low: float = 0.0
    high: float = 0.0
    reversed: bool = False

    @classmethod
    def deduce(cls, values: Iterable[str], *, name: str = "") -> Scale:
        """From a sample of the column; the English « friends and family test » puts its best answer first."""
        marks = [mark for value in values if (mark := _mark(value)) is not None]
        best_first = "fft" in fold(name).split()
        if not marks:
            return cls(reversed=best_first)
        low, high = min(m for m, _ in marks), max(m for m, _ in marks)
        if best_first:
            return cls(1.0, 5.0, best_first)
        told = max((top for _, top in marks), default=0.0)
        if told:
            return cls(0.0 if low < 1 or told > 5 else 1.0, told, best_first)
        if low < 0:
            return cls(-max(-low, high), max(-low, high), best_first)
        tops = (3.0, 4.0, 5.0, 7.0, 10.0, 20.0, 100.0) if low >= 1 else (5.0, 10.0, 20.0, 100.0)
        top = next((end for end in tops if high <= end), high)
        return cls(1.0 if low >= 1 and top <= 7 else 0.0, top, best_first)

    def read(self, written: str) -> str:
        """ "negative", "neutral", "positive", or "" when nothing is declared or understood."""
        text = written.strip()
        if not text:
            return UNKNOWN
        if by_sign := _sign(text):
            return by_sign
        if (mark := _mark(text)) is not None:
            return self._of_mark(*mark)
        return _word(fold(text))

    def _of_mark(self, mark: float, told: float) -> str:
        low, high = self.low, told or self.high
        if high <= low:
            return UNKNOWN
        share = (mark - low) / (high - low)
        if not 0 <= share <= 1:
            return UNKNOWN
        share = 1 - share if self.reversed else share
        if low == 0 and high >= 10:
            return NEGATIVE if share < 0.5 else NEUTRAL if share < 0.8 else POSITIVE
        return NEGATIVE if share < 0.5 else NEUTRAL if share == 0.5 else POSITIVE


def _mark(written: str) -> tuple[float, float] | None:
    """(mark, top of the scale when written with it, else 0)."""
    text = written.strip()
    if text and _STARS.fullmatch(text) and set(text) & set("★⭐*"):
        return float(sum(text.count(star) for star in "★⭐*")), 5.0
    match = _MARK.fullmatch(text)
    if not match:
        return None
    told = next((float(group) for group in match.groups()[1:] if group), 100.0 if text.endswith("%") else 0.0)
    return float(match[1].replace(",", ".")), told


def _sign(text: str) -> str:
    for signs, value in SIGNS:
        if any(sign in text for sign in signs):
            return value
    return _EMOTICON.get(text, UNKNOWN)


def _word(folded: str) -> str:
    if folded in _BY_WORD:
        return _BY_WORD[folded]
    without_number = re.sub(r"^\d+ | \d+$", "", folded)
    return _BY_WORD.get(without_number, UNKNOWN)


def understood(values: Iterable[str], scale: Scale) -> float:
    """Share of the non-empty values that the scale reads."""
    filled = [value for value in values if value.strip()]
    return sum(1 for value in filled if scale.read(value)) / len(filled) if filled else 0.0
