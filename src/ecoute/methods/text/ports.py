"""The steps of text analysis as small protocols: one step, one method. Engines live in ``engines/<step>/<engine>.py``.

An engine has a ``name`` and a ``version`` (both end up beside every code it makes) and says with ``network`` whether
it sends text off the machine; none of the defaults does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np
import numpy.typing as npt

from .documents import DiscoveredTheme, Judgement, MaskedText, Span, ThemeCode

Vectors = npt.NDArray[np.float32]  # shape (n, d), rows of unit length


class EngineUnavailableError(RuntimeError):
    """An engine outside this machine does not answer, and nothing can stand in for it: try the same text later."""


class Engine(Protocol):
    name: str
    version: str
    network: bool


@runtime_checkable
class LanguageDetector(Engine, Protocol):
    def detect(self, texts: Sequence[str]) -> list[tuple[str, float]]:
        """ISO 639-1 code and confidence (0–1) of each text; short or empty texts fall back to ``("fr", 0.0)``."""


@runtime_checkable
class Masker(Engine, Protocol):
    def mask(self, text: str, language: str) -> MaskedText:
        """The text with personal data replaced by typed placeholders."""


@runtime_checkable
class BatchMasker(Masker, Protocol):
    """A masker that is quicker with several texts at once."""

    def mask_many(self, texts: Sequence[str], languages: Sequence[str]) -> list[MaskedText]:
        """As ``mask`` for each text."""


@runtime_checkable
class Segmenter(Engine, Protocol):
    def segment(self, text: str, language: str) -> list[Span]:
        """Ideas of the text, in order, without overlap; together they cover every word."""


@runtime_checkable
class Embedder(Engine, Protocol):
    dimensions: int

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One unit-length vector a text, shape ``(len(texts), dimensions)``."""


@runtime_checkable
class QuestionEmbedder(Protocol):
    """What an encoder has besides that hurries when a person waits for the vector of a question."""

    def embed_question(self, text: str) -> Vectors:
        """As ``embed`` of one text; ``EngineUnavailableError`` after a few seconds without an answer."""


@runtime_checkable
class ThemeCoder(Engine, Protocol):
    def code(self, text: str, spans: Sequence[Span], vectors: Vectors, language: str) -> list[list[ThemeCode]]:
        """Themes of each segment; those with ``sure=False`` were seen and are not given (empty list: nothing)."""


@dataclass(frozen=True, slots=True)
class Passages:
    """The segments of one masked text, with their vectors (rows in their order)."""

    text: str
    spans: Sequence[Span]
    vectors: Vectors


@runtime_checkable
class BatchThemeCoder(ThemeCoder, Protocol):
    """A coder that is quicker with several texts at once."""

    def code_many(self, documents: Sequence[Passages]) -> list[list[list[ThemeCode]]]:
        """As ``code`` for each text, in any language."""


@runtime_checkable
class NotedThemeCoder(ThemeCoder, Protocol):
    """A coder that may have something to say of how it coded a text."""

    def code_noted(
        self, text: str, spans: Sequence[Span], vectors: Vectors, language: str
    ) -> tuple[list[list[ThemeCode]], tuple[str, ...]]:
        """As ``code``, and notes in stable codes (``notes.py``)."""


@runtime_checkable
class PolarityCoder(Engine, Protocol):
    def judge(self, texts: Sequence[str], vectors: Vectors, language: str) -> list[Judgement]:
        """A ``Polarity`` value for each text."""


@runtime_checkable
class NatureCoder(Engine, Protocol):
    def judge(self, texts: Sequence[str], polarities: Sequence[Judgement], language: str) -> list[Judgement]:
        """A ``Nature`` value for each segment text, knowing its polarity."""


@runtime_checkable
class PhraseExtractor(Engine, Protocol):
    def extract(self, texts: Sequence[str], language: str) -> list[tuple[str, ...]]:
        """Key phrases of each text, most telling first."""


@runtime_checkable
class DuplicateFinder(Engine, Protocol):
    def groups(self, keys: Sequence[str], texts: Sequence[str]) -> list[tuple[str, ...]]:
        """Groups (two or more keys) of texts that are nearly the same."""


@runtime_checkable
class Discoverer(Engine, Protocol):
    def discover(self, keys: Sequence[str], texts: Sequence[str], vectors: Vectors) -> list[DiscoveredTheme]:
        """Clusters with names, largest first; the same input gives the same output."""


@runtime_checkable
class Stemmer(Engine, Protocol):
    def stems(self, text: str) -> list[str]:
        """Search terms of a text: lower case, accents folded, stemmed, stop words dropped."""
