"""The words of the report (``wording.toml``), its dates and its lists, in French or in English."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from ecoute.methods.charts import Locale, locale_for
from ecoute.methods.charts.locales import NARROW_SPACE, SPACE
from ecoute.methods.statistics import Proportion

_MONTHS_FR = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
_MONTHS_EN = "January February March April May June July August September October November December"
MONTHS = {"fr": _MONTHS_FR.split(), "en": _MONTHS_EN.split()}
SHORT_MONTHS = {
    "fr": ["janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."],
    "en": ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
}
DAYS = {
    "fr": ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"],
    "en": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
}
LANGUAGES = {
    "fr": {
        "fr": "français", "en": "anglais", "es": "espagnol", "pt": "portugais", "ar": "arabe", "de": "allemand",
        "it": "italien", "nl": "néerlandais",
    },
    "en": {
        "fr": "French", "en": "English", "es": "Spanish", "pt": "Portuguese", "ar": "Arabic", "de": "German",
        "it": "Italian", "nl": "Dutch",
    },
}  # fmt: skip


@lru_cache(maxsize=1)
def catalogue() -> dict[str, dict[str, str]]:
    """Key → language → text."""
    with Path(__file__).with_name("wording.toml").open("rb") as file:
        found: dict[str, dict[str, str]] = tomllib.load(file)
    return {key: {**texts, "fr": typeset(texts["fr"])} for key, texts in found.items()}


def typeset(text: str) -> str:
    """French spaces that may not break: narrow before ; ? ! and inside « », wide before the colon and %."""
    text = re.sub(r" (?=[;?!»])|(?<=«) ", NARROW_SPACE, text)
    return re.sub(r" (?=[:%])", SPACE, text)


@dataclass(frozen=True)
class Wording:
    """``say("themes_lead", n=3)`` in the language of the report. An unknown key raises ``KeyError``."""

    language: str

    @property
    def locale(self) -> Locale:
        return locale_for(self.language)

    def say(self, key: str, **values: Any) -> str:
        text = catalogue()[key][self.language]
        return text.format(**values) if values else text

    def counted(self, key: str, count: int, **values: Any) -> str:
        """The text of ``key_one`` or ``key_many``; in French zero is singular, in English plural."""
        one = count < 2 if self.language == "fr" else count == 1
        return self.say(f"{key}_{'one' if one else 'many'}", count=self.locale.integer(count), **values)

    def known(self, key: str, otherwise: str) -> str:
        """The text of a key that may not exist (a code given by an engine), or ``otherwise``."""
        return self.say(key) if key in catalogue() else otherwise

    def day(self, when: date) -> str:
        """« mardi 19 mai 2026 »."""
        number = "1er" if self.language == "fr" and when.day == 1 else str(when.day)
        return f"{DAYS[self.language][when.weekday()]} {number} {self.month(when)}"

    def month(self, when: date) -> str:
        """« mai 2026 »."""
        return f"{MONTHS[self.language][when.month - 1]} {when.year}"

    def period(self, start: date, grain: str) -> str:
        """The short name of a period, for an axis: « mai 2026 », « T2 2026 », « 2026 »."""
        if grain == "year":
            return str(start.year)
        if grain == "quarter":
            return f"{'T' if self.language == 'fr' else 'Q'}{(start.month + 2) // 3} {start.year}"
        return f"{SHORT_MONTHS[self.language][start.month - 1]} {start.year}"

    def span(self, first: date, last: date) -> str:
        """« de mai 2019 à mars 2023 », or the one month."""
        if (first.year, first.month) == (last.year, last.month):
            return self.month(first)
        text = self.say("period_span", first=self.month(first), last=self.month(last))
        # « d’avril », « d’août », « d’octobre »
        return text.replace("de a", "d’a").replace("de o", "d’o") if self.language == "fr" else text

    def listed(self, items: Sequence[str]) -> str:
        """« a, b et c »."""
        if len(items) < 2:
            return "".join(items)
        return f"{', '.join(items[:-1])} {self.say('list_and')} {items[-1]}"

    def quoted(self, text: str) -> str:
        return self.say("quoted", text=text)

    def interval(self, found: Proportion) -> str:
        """« de 12 % à 18 % »."""
        return self.say("interval_of", low=self.locale.share(found.low), high=self.locale.share(found.high))

    def detail(self, found: Proportion) -> str:
        """Count, base and interval of a share, for the line under a finding."""
        whole = self.locale.integer
        return self.say("detail_share", count=whole(found.count), base=whole(found.base), interval=self.interval(found))

    def language_name(self, code: str) -> str:
        return LANGUAGES[self.language].get(code, code)

    def points(self, difference: float) -> str:
        """A difference of shares in points, with its sign."""
        sign = "+" if difference > 0 else ""
        return self.say("points", n=sign + self.locale.number(difference * 100, 1))
