"""Themes of a codebook: cues give the evidence, likeness to the examples confirms it, and doubt gives no code."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from ...codebooks import Codebook
from ...cues import CueMatcher, Hit
from ...documents import Span, ThemeCode
from ...likeness import Likeness, likeness_of
from ...ports import Embedder, Passages, Vectors

MARGIN = 0.05  # likeness alone suffices when no other theme is nearly as like
MIN_WORDS_ALONE = 4
NEIGHBOURS = 30  # hits looked at on either side: keeps a text full of cues linear
KEEP = 0.5  # codes below this confidence are not given


@dataclass(slots=True)
class _Seen:
    """What was found for one theme in one segment."""

    strong: list[Span] = field(default_factory=list)
    weak: list[Span] = field(default_factory=list)
    veto: bool = False

    @property
    def evidence(self) -> tuple[Span, ...]:
        return tuple(sorted(set(self.strong + self.weak)))


@dataclass(frozen=True, slots=True)
class Reading:
    """How far a theme is in a segment (0–1, an ordering), the cues that show it, and whether a cue forbids it."""

    confidence: float
    evidence: tuple[Span, ...]
    veto: bool


class CodebookCoder:
    """Codes the leaves of ``codebook``. Examples are embedded once, at the first use."""

    name = "codebook-cues"
    network = False

    def __init__(self, codebook: Codebook, embedder: Embedder) -> None:
        self.codebook = codebook
        self.version = f"1/{codebook.slug}-{codebook.version}"
        self._leaves = [t.slug for t in codebook.leaves()]
        self._index = {slug: j for j, slug in enumerate(self._leaves)}
        self._matcher = CueMatcher({t.slug: t.cues for t in codebook.themes})
        self._embedder = embedder
        self._scale = likeness_of(embedder)
        self._examples: Vectors | None = None
        self._places: npt.NDArray[np.intp] = np.zeros((0, 2), np.intp)

    def code(self, text: str, spans: Sequence[Span], vectors: Vectors, language: str) -> list[list[ThemeCode]]:
        return self._codes(text, spans, self.likeness(vectors))

    def code_many(self, documents: Sequence[Passages]) -> list[list[list[ThemeCode]]]:
        """As ``code`` for several texts at once: their likeness to the examples is one product."""
        if not documents:
            return []
        likeness, found, at = self.likeness(np.vstack([d.vectors for d in documents])), [], 0
        for document in documents:
            rows = slice(at, at + len(document.spans))
            at = rows.stop
            found.append(self._codes(document.text, document.spans, likeness[rows]))
        return found

    def _codes(self, text: str, spans: Sequence[Span], likeness: Vectors) -> list[list[ThemeCode]]:
        return [
            [
                ThemeCode(slug, round(reading.confidence, 3), reading.evidence or (span,), self._label)
                for slug, reading in sorted(readings.items(), key=lambda item: -item[1].confidence)
                if reading.confidence >= KEEP
            ]
            for span, readings in zip(spans, self.read(text, spans, likeness), strict=True)
        ]

    def read(self, text: str, spans: Sequence[Span], likeness: Vectors) -> list[dict[str, Reading]]:
        """What cues and examples say of each segment, by theme; a theme that is not there was neither cued nor like.
        ``likeness`` is that of the segments (rows in their order)."""
        seen = self._seen(text, spans)
        return [
            self._readings(seen[i], likeness[i], len(text[span.start : span.end].split()))
            for i, span in enumerate(spans)
        ]

    def likeness(self, vectors: Vectors) -> Vectors:
        """For each segment and leaf the mean cosine to its two nearest examples, shape ``(n, leaves)``."""
        if self._examples is None:
            self._embed_examples()
        assert self._examples is not None
        cosines = vectors @ self._examples.T
        none = np.full((len(vectors), 1), -1.0, np.float32)
        padded = np.hstack([cosines, none])
        first = second = np.full((len(vectors), len(self._leaves)), -1.0, np.float32)
        for column in self._places.T:  # a few examples a leaf: faster than sorting many short rows
            values = padded[:, column]
            second = np.maximum(second, np.minimum(first, values))
            first = np.maximum(first, values)
        mean: Vectors = (first + second) * np.float32(0.5)
        return mean

    def _embed_examples(self) -> None:
        examples = [self.codebook.get(slug).examples for slug in self._leaves]
        most = max(2, *(len(e) for e in examples)) if examples else 2
        self._examples = self._embedder.embed([text for texts in examples for text in texts])
        self._places = np.full((len(examples), most), len(self._examples), np.intp)
        at = 0
        for row, texts in zip(self._places, examples, strict=True):
            row[: len(texts)] = range(at, at + len(texts))
            at += len(texts)

    def _seen(self, text: str, spans: Sequence[Span]) -> list[dict[str, _Seen]]:
        found: list[dict[str, _Seen]] = [defaultdict(_Seen) for _ in spans]
        starts = [span.start for span in spans]
        for hit in _without_contained(self._matcher.find(text)):
            i = bisect_right(starts, hit.span.start) - 1
            if i >= 0 and hit.span.end <= spans[i].end:
                _note(found[i][hit.label], hit)
        return found

    def _readings(self, seen: dict[str, _Seen], likeness: Vectors, words: int) -> dict[str, Reading]:
        found = {}
        order = [int(j) for j in np.argpartition(-likeness, 1)[:2]] if len(likeness) > 1 else [0] * len(likeness)
        order.sort(key=lambda j: -likeness[j])
        for j in sorted({*order, *(self._index[slug] for slug in seen if slug in self._index)}):
            slug = self._leaves[j]
            mark = seen.get(slug) or _Seen()
            lead = float(likeness[j]) - _best_other(likeness, order, j)
            confidence = _confidence(mark, float(likeness[j]), lead, words, self._scale)
            found[slug] = Reading(confidence, mark.evidence, mark.veto)
        return found

    @property
    def _label(self) -> str:
        return f"{self.name} {self.version}"


def _without_contained(hits: Sequence[Hit]) -> list[Hit]:
    """Drop a hit that lies inside a longer one of another theme: « réponse rapide » says nothing more of speed."""
    kept = []
    for i, hit in enumerate(hits):
        inside = any(
            other.label != hit.label
            and other.strength == "strong"
            and other.span.start <= hit.span.start
            and hit.span.end <= other.span.end
            and other.span != hit.span
            for other in hits[max(0, i - NEIGHBOURS) : i + NEIGHBOURS]
        )
        if hit.strength == "veto" or not inside:
            kept.append(hit)
    return kept


def _note(seen: _Seen, hit: Hit) -> None:
    if hit.strength == "veto":
        seen.veto = True
    elif hit.strength == "strong":
        seen.strong.append(hit.span)
    else:
        seen.weak.append(hit.span)


def _best_other(likeness: Vectors, order: Sequence[int], j: int) -> float:
    for other in order:
        if other != j:
            return float(likeness[other])
    return 0.0


def _confidence(seen: _Seen, likeness: float, lead: float, words: int, scale: Likeness) -> float:
    """0–1; an ordering made of rules, not a probability."""
    if seen.veto:
        return 0.0
    support = min(max((likeness - scale.far) / (scale.near - scale.far), 0.0), 1.0)
    if seen.strong:
        return min(0.97, 0.64 + 0.07 * min(len(seen.strong) + len(seen.weak) - 1, 2) + 0.2 * support)
    if len(set(seen.weak)) >= 2 or (seen.weak and support >= 0.5):
        return 0.5 + 0.2 * support
    if likeness >= scale.alone and lead >= MARGIN and words >= MIN_WORDS_ALONE:
        return min(0.5 + (likeness - scale.alone), 0.75)
    return 0.0
