"""Language of a text with py3langid, among the languages that people really write to a French administration."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from importlib.metadata import version
from typing import Any

PLAUSIBLE = ("fr", "en", "es", "de", "it", "pt", "ar", "nl", "pl", "ro", "tr", "ru", "uk", "zh")
SHORT_WORDS = 4
SURE = 0.95  # a short text leaves French only above this
LIKELY = 0.80  # and any other text above this
_LETTERS = re.compile(r"[^\W\d_]+")
_SAMPLE = 3_000  # characters looked at: more adds time and no certainty


@lru_cache(maxsize=1)
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(list(PLAUSIBLE))
    return identifier


class RestrictedLanguageDetector:
    """py3langid over ``PLAUSIBLE``; below four words the text stays French unless another language is near certain."""

    name = "py3langid"
    version = version("py3langid")
    network = False

    def detect(self, texts: Sequence[str]) -> list[tuple[str, float]]:
        return [self._one(text) for text in texts]

    def _one(self, text: str) -> tuple[str, float]:
        words = _LETTERS.findall(text[:_SAMPLE])
        if not words:
            return ("fr", 0.0)
        language, confidence = _identifier().classify(" ".join(words).lower())
        confidence = float(confidence)
        if language != "fr" and (len(words) == 1 or confidence < _needed(len(words))):
            return ("fr", 0.0)
        return (str(language), confidence)


def _needed(words: int) -> float:
    return SURE if words < SHORT_WORDS else LIKELY
