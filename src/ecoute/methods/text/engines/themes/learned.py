"""Themes of a codebook by what was learned: cues and example sentences on the first day, people's corrections since.

One confidence a theme and segment, between what the cues say and the probability of ``methods.text.learning``: their
mean in log-odds, weighed by how much people have taught of that theme. Without corrections the cues lead; with some
thirty, what was learned does; of a theme without any cue it does from the first day. Between the two thresholds of a
theme the answer is « not sure ».
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from ...codebooks import Codebook
from ...documents import Span, ThemeCode
from ...ports import Embedder, Passages, Vectors
from .codebook import CodebookCoder, Reading

FIRST_DAY = 0.1  # weight of what was learned from the example sentences alone, against what the cues say …
SILENCE = 0.7  # … and against their silence, which says less: this for a theme with very many examples, …
FEW = 5  # … half of it for one with so many
UNTAUGHT = 3  # passages people must have coded before the machine gives a theme that no cue shows: doubt until then
MOST = 0.9  # … both grow towards this with the passages that people coded
HALF_WAY = 15  # passages at which it is half way
CUE_GIVE, CUE_DOUBT = 0.5, 0.3  # thresholds where the cues alone speak
SILENT = 0.06  # how far a theme is where neither cue nor likeness speaks of it
FORBIDDEN = 0.02  # … and where a cue forbids it
EDGE = 0.01  # probabilities are kept off 0 and 1: their log-odds stay finite

Numbers = npt.NDArray[np.float32]


class Learned(Protocol):
    """What this engine needs of ``learning.LearnedThemes``."""

    @property
    def themes(self) -> tuple[str, ...]: ...

    @property
    def thresholds(self) -> Mapping[str, tuple[float, float]]: ...

    @property
    def report(self) -> Mapping[str, Mapping[str, Any]]: ...

    def probabilities(self, texts: Sequence[str], vectors: Vectors) -> Numbers: ...

    def evidence(self, text: str, theme: str) -> Sequence[Span]: ...


class LearnedThemeCoder:
    """Codes the leaves of ``codebook`` by cues and by ``learned``, the ``number``-th that learned of it.

    ``taught``: by theme, how many passages people coded with it (given or rejected). A theme that ``learned`` does not
    know yet is coded by its cues and examples; one that the codebook no longer has is not given.
    """

    name = "learned-themes"
    network = False

    def __init__(
        self, codebook: Codebook, embedder: Embedder, learned: Learned, number: int, taught: Mapping[str, int]
    ) -> None:
        self.version = f"{number}/{codebook.slug}-{codebook.version}"
        self._cues = CodebookCoder(codebook, embedder)
        self._learned = learned
        self._leaves = tuple(theme.slug for theme in codebook.leaves())
        self._places = {slug: j for j, slug in enumerate(self._leaves)}
        self._known = [(self._places[slug], i) for i, slug in enumerate(learned.themes) if slug in self._places]
        weights = np.zeros((2, len(self._leaves)), np.float32)  # where cues speak, where they are silent
        give = np.full(len(self._leaves), CUE_GIVE, np.float32)
        doubt = np.full(len(self._leaves), CUE_DOUBT, np.float32)
        for j, i in self._known:
            slug = learned.themes[i]
            weight, silence = _weights(taught.get(slug, 0), learned.report[slug]["examples"], codebook.get(slug).cues)
            weights[:, j] = weight, silence
            high, low = learned.thresholds[slug]
            give[j], doubt[j] = _between(CUE_GIVE, high, weight), _between(CUE_DOUBT, low, weight)
        self._weights, self._give, self._doubt = weights, give, doubt
        self._untaught = np.array(
            [taught.get(slug, 0) < UNTAUGHT and bool(codebook.get(slug).cues) for slug in self._leaves]
        )

    def code(self, text: str, spans: Sequence[Span], vectors: Vectors, language: str) -> list[list[ThemeCode]]:
        return self.code_many([Passages(text, spans, vectors)])[0]

    def code_many(self, documents: Sequence[Passages]) -> list[list[list[ThemeCode]]]:
        """As ``code`` for several texts at once, which is much quicker than one by one."""
        pieces = [d.text[span.start : span.end] for d in documents for span in d.spans]
        if not pieces:
            return [[] for _ in documents]
        vectors = np.vstack([d.vectors for d in documents if len(d.spans)])
        likeness = self._cues.likeness(vectors)
        learned = self._probabilities(pieces, vectors)
        found, at = [], 0
        for document in documents:
            rows = slice(at, at + len(document.spans))
            at = rows.stop
            readings = self._cues.read(document.text, document.spans, likeness[rows])
            confidence = self._together(readings, learned[rows])
            found.append(
                [
                    self._codes(document.text, span, reading, row)
                    for span, reading, row in zip(document.spans, readings, confidence, strict=True)
                ]
            )
        return found

    def confidences(self, document: Passages) -> Numbers:
        """The confidence of every leaf in every segment, shape ``(n, leaves)``, leaves in the codebook's order."""
        pieces = [document.text[span.start : span.end] for span in document.spans]
        readings = self._cues.read(document.text, document.spans, self._cues.likeness(document.vectors))
        return self._together(readings, self._probabilities(pieces, document.vectors))

    def _probabilities(self, pieces: Sequence[str], vectors: Vectors) -> Numbers:
        out = np.full((len(pieces), len(self._leaves)), SILENT, np.float32)
        if self._known:
            given = self._learned.probabilities(pieces, vectors)
            columns, sources = zip(*self._known, strict=True)
            out[:, list(columns)] = given[:, list(sources)]
        return out

    def _together(self, readings: Sequence[dict[str, Reading]], learned: Numbers) -> Numbers:
        cues = np.full(learned.shape, SILENT, np.float32)
        for i, reading in enumerate(readings):
            for slug, one in reading.items():
                cues[i, self._places[slug]] = FORBIDDEN if one.veto else max(one.confidence, SILENT)
        silent = cues == np.float32(SILENT)
        weights = np.where(silent, self._weights[1], self._weights[0])
        mixed = _log_odds(cues) * (1 - weights) + _log_odds(learned) * weights
        both: Numbers = (1 / (1 + np.exp(-mixed))).astype(np.float32)
        held_back: Numbers = np.where(silent & self._untaught, np.minimum(both, self._give - EDGE), both)
        return held_back

    def _codes(self, text: str, span: Span, readings: dict[str, Reading], confidence: Numbers) -> list[ThemeCode]:
        codes = []
        for j in np.flatnonzero(confidence >= self._doubt):
            slug = self._leaves[j]
            sure = bool(confidence[j] >= self._give[j])
            evidence = self._evidence(text, span, slug, readings.get(slug))
            codes.append(ThemeCode(slug, round(float(confidence[j]), 3), evidence, self._label, sure))
        return sorted(codes, key=lambda code: -code.confidence)

    def _evidence(self, text: str, span: Span, slug: str, reading: Reading | None) -> tuple[Span, ...]:
        """Its cues, else the words that weighed most, else the whole segment."""
        if reading is not None and reading.evidence:
            return reading.evidence
        if slug not in self._learned.themes:
            return (span,)
        words = self._learned.evidence(text[span.start : span.end], slug)
        return tuple(sorted(Span(span.start + w.start, span.start + w.end) for w in words)) or (span,)

    @property
    def _label(self) -> str:
        return f"{self.name} {self.version}"


def weight_of(taught: int, first: float = FIRST_DAY) -> float:
    """How much the learned probability of a theme weighs against its cues, 0–1, after ``taught`` coded passages."""
    return first + (MOST - first) * taught / (taught + HALF_WAY)


def _weights(taught: int, examples: int, cues: Sequence[str]) -> tuple[float, float]:
    """Of what was learned, where the theme's cues speak and where they are silent (without cues, as loud)."""
    if not cues:
        return MOST, MOST
    return weight_of(taught), weight_of(taught, SILENCE * examples / (examples + FEW))


def _between(cue: float, learned: float, weight: float) -> float:
    """A threshold between two, in log-odds as the confidences are."""
    mixed = _log_odds(np.float32(cue)) * (1 - weight) + _log_odds(np.float32(learned)) * weight
    return float(1 / (1 + np.exp(-mixed)))


def _log_odds(share: Numbers | np.float32) -> Numbers:
    kept = np.clip(share, EDGE, 1 - EDGE)
    odds: Numbers = np.log(kept / (1 - kept))
    return odds
