"""Search terms: folded, stemmed by Snowball, stop words dropped. The same for texts and for questions put to them."""

from __future__ import annotations

from functools import lru_cache
from importlib.metadata import version

import Stemmer

from ...words import fold, words_of
from .stop_words import stop_words

_NAMES = {
    "fr": "french", "en": "english", "es": "spanish", "de": "german", "it": "italian", "pt": "portuguese",
    "nl": "dutch", "ro": "romanian", "tr": "turkish", "ru": "russian", "ar": "arabic",
}  # fmt: skip
LANGUAGES = tuple(_NAMES)  # those that have rules of their own, French first


@lru_cache(maxsize=len(_NAMES))
def _stemmer(language: str) -> Stemmer.Stemmer:
    return Stemmer.Stemmer(_NAMES.get(language, "french"))


class SnowballStemmer:
    """French by default (``SnowballStemmer("en")`` for English). Words are folded before and after stemming, so that
    « reponse », « réponse » and « réponses » meet."""

    name = "snowball"
    version = version("PyStemmer")
    network = False

    def __init__(self, language: str = "fr") -> None:
        self.language = language
        self._stop = stop_words(language)

    def stems(self, text: str) -> list[str]:
        kept = [w for w in words_of(text).words if w not in self._stop and len(w) <= 40]
        return [fold(s) for s in _stemmer(self.language).stemWords(kept)]
