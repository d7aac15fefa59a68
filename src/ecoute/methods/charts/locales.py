"""How numbers and the few words a chart says by itself are written, in French and in English."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

NARROW_SPACE = "\u202f"
SPACE = "\u00a0"
MINUS = "\u2212"


@dataclass(frozen=True)
class Locale:
    """Number formats and words. ``none`` is written where there is no figure (a base of zero), never 0."""

    code: str
    thousands: str
    decimal: str
    percent: str
    words: Mapping[str, str] = field(default_factory=dict)
    none: str = "—"

    def integer(self, value: int | float | None) -> str:
        """1234 → « 1 234 » with the thousands sign of the language."""
        if value is None:
            return self.none
        sign = MINUS if round(value) < 0 else ""
        return sign + f"{abs(round(value)):,}".replace(",", self.thousands)

    def number(self, value: float | None, digits: int = 1) -> str:
        """3.25 → « 3,3 » (digits after the decimal sign; halves as Python rounds them)."""
        if value is None:
            return self.none
        whole, _, rest = f"{abs(value):,.{digits}f}".partition(".")
        sign = MINUS if round(value, digits) < 0 else ""
        return sign + whole.replace(",", self.thousands) + (self.decimal + rest if rest else "")

    def share(self, value: float | None, digits: int = 0) -> str:
        """A proportion 0–1 as a percentage: 0.123 → « 12 % ». A tiny share is « < 1 % », not « 0 % »."""
        if value is None:
            return self.none
        if value > 0 and round(value * 100, digits) == 0:
            return f"<{SPACE}" + self.number(10.0**-digits, digits) + self.percent
        return self.number(value * 100, digits) + self.percent

    def interval(self, low: float | None, high: float | None, digits: int = 0) -> str:
        """Two proportions as « 12–18 % », or the sign for nothing."""
        if low is None or high is None:
            return self.none
        return f"{self.number(low * 100, digits)}–{self.number(high * 100, digits)}{self.percent}"

    def word(self, key: str) -> str:
        return self.words.get(key, key)


FRENCH = Locale(
    "fr",
    NARROW_SPACE,
    ",",
    SPACE + "%",
    {
        "label": "Libellé",
        "value": "Valeur",
        "share": "Part",
        "count": "Nombre",
        "base": "Base",
        "interval": "Intervalle à 95" + SPACE + "%",
        "period": "Période",
        "cumulative": "Cumul",
        "negative": "négatif",
        "neutral": "neutre",
        "positive": "positif",
        "suppressed": "masqué (effectif trop faible)",
        "few": "effectif faible",
        "empty": "Aucune donnée à représenter.",
        "less": "moins",
        "more": "plus",
        "ordinary": "d’ordinaire",
        "range": "Variation ordinaire",
        "reading": "Lecture",
        "inside": "ordinaire",
        "outside": "hors de l’ordinaire",
    },
)

ENGLISH = Locale(
    "en",
    ",",
    ".",
    "%",
    {
        "label": "Label",
        "value": "Value",
        "share": "Share",
        "count": "Count",
        "base": "Base",
        "interval": "95% interval",
        "period": "Period",
        "cumulative": "Cumulative",
        "negative": "negative",
        "neutral": "neutral",
        "positive": "positive",
        "suppressed": "hidden (too few answers)",
        "few": "small base",
        "empty": "Nothing to draw.",
        "less": "less",
        "more": "more",
        "ordinary": "ordinary",
        "range": "Ordinary range",
        "reading": "Reading",
        "inside": "ordinary",
        "outside": "out of the ordinary",
    },
)


def locale_for(language: str) -> Locale:
    """The locale of a language code such as ``fr`` or ``en-gb``; French when it is not known."""
    return ENGLISH if language.lower().startswith("en") else FRENCH
