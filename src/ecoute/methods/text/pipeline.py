"""The way of one text through the engines: language → masking → segments → embedding → codes → phrases.

``Pipeline`` is assembled from engines; ``default_pipeline`` does so from the registry. Everything after masking sees
the masked text alone. Memory is that of one batch.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

import numpy as np

from . import ports
from .codebooks import Codebook
from .documents import (
    AnalysedDocument,
    CodedSegment,
    CorpusFindings,
    Document,
    Judgement,
    MaskedText,
    Polarity,
    Span,
    ThemeCode,
)
from .engines.phrases.ngrams import corpus_phrases
from .notes import ANALYSED_CHARS, notes_of
from .profiles import Assembly, Chosen, Profile
from .registry import Engines, check
from .threads import one_thread
from .vectors import from_bytes, pooled, to_bytes

BATCH = 64
Progress = Callable[[int], None]
MaskAll = Callable[[Sequence[str], Sequence[str]], list[MaskedText]]
__all__ = ["BATCH", "Pipeline", "Profile", "Progress", "default_pipeline", "recode"]


@dataclass(slots=True)
class _Draft:
    """One document on its way through the engines."""

    document: Document
    language: str
    confidence: float
    masked: MaskedText
    spans: Sequence[Span]
    pieces: Sequence[str]
    vectors: ports.Vectors = field(default_factory=lambda: np.zeros((0, 0), np.float32))
    themes: Sequence[Sequence[ThemeCode]] = ()
    polarities: Sequence[Judgement] = ()
    natures: Sequence[Judgement] = ()
    whole: ports.Vectors | None = None  # one vector for the text
    overall: Judgement | None = None
    phrases: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def head(self) -> str:
        """The part that is coded."""
        return self.masked.text[:ANALYSED_CHARS]


def _analysed(draft: _Draft) -> AnalysedDocument:
    assert draft.overall is not None
    whole = draft.whole
    return AnalysedDocument(
        key=draft.document.key,
        language=draft.language,
        language_confidence=round(draft.confidence, 3),
        masked=draft.masked,
        segments=_segments(draft),
        polarity=draft.overall,
        phrases=draft.phrases,
        vector=to_bytes(whole) if whole is not None else None,
        segment_vectors=to_bytes(draft.vectors) if whole is not None else None,
        notes=(*notes_of(draft.document.text, draft.language), *draft.notes),
    )


def _segments(draft: _Draft) -> tuple[CodedSegment, ...]:
    return tuple(
        CodedSegment(
            span,
            tuple(code for code in codes if code.sure),
            _shifted(nature, span),
            _shifted(polarity, span),
            unsure=tuple(code for code in codes if not code.sure),
        )
        for span, codes, nature, polarity in zip(
            draft.spans, draft.themes, draft.natures, draft.polarities, strict=True
        )
    )


@dataclass(slots=True)
class Pipeline:
    """One engine a step. Checked when made: an engine that does not fit its port raises ``UnfitEngineError``."""

    language: ports.LanguageDetector
    masker: ports.Masker
    segmenter: ports.Segmenter
    embedder: ports.Embedder
    themes: ports.ThemeCoder
    polarity: ports.PolarityCoder
    document_polarity: ports.PolarityCoder
    nature: ports.NatureCoder
    phrases: ports.PhraseExtractor
    duplicates: ports.DuplicateFinder
    discoverer: ports.Discoverer

    def __post_init__(self) -> None:
        for step, engine in self._steps().items():
            check(step.removeprefix("document "), engine)

    def _steps(self) -> dict[str, ports.Engine]:
        return {
            "language": self.language,
            "masking": self.masker,
            "segments": self.segmenter,
            "embedding": self.embedder,
            "themes": self.themes,
            "polarity": self.polarity,
            "document polarity": self.document_polarity,
            "nature": self.nature,
            "phrases": self.phrases,
            "duplicates": self.duplicates,
            "discovery": self.discoverer,
        }

    def engines_used(self) -> dict[str, str]:
        """Step → "engine version", as stored beside every result."""
        return {step: f"{engine.name} {engine.version}" for step, engine in self._steps().items()}

    def analyse(self, documents: Iterable[Document], progress: Progress | None = None) -> Iterator[AnalysedDocument]:
        """Analyse raw texts, masking first, in their order. ``progress`` is told the number done so far."""
        yield from self._in_batches(documents, progress, self.mask_all)

    def code_masked(
        self, documents: Iterable[Document], progress: Progress | None = None
    ) -> Iterator[AnalysedDocument]:
        """As ``analyse`` for texts already masked: the text stays as it is, ``masked.spans`` is empty."""
        yield from self._in_batches(documents, progress, lambda texts, languages: [MaskedText(text) for text in texts])

    def mask(self, text: str, language: str = "fr") -> MaskedText:
        """The masking step alone."""
        return self.masker.mask(text, language)

    def mask_all(self, texts: Sequence[str], languages: Sequence[str]) -> list[MaskedText]:
        """The masking step for several texts, at once where the engine can."""
        if isinstance(self.masker, ports.BatchMasker):
            return self.masker.mask_many(texts, languages)
        return [self.masker.mask(text, language) for text, language in zip(texts, languages, strict=True)]

    def embed_query(self, text: str) -> ports.Vectors:
        """The unit vector of a question put to the search by meaning, shape ``(d,)``."""
        vector: ports.Vectors = self.embedder.embed([text])[0]
        return vector

    def findings(
        self, documents: Sequence[AnalysedDocument], discover: bool = True, duplicates: bool = True
    ) -> CorpusFindings:
        """What only the whole corpus shows: near-duplicates, discovered themes, key phrases."""
        keys = [d.key for d in documents]
        texts = [d.masked.text for d in documents]
        groups = self.duplicates.groups(keys, texts) if duplicates else []
        found = self.discoverer.discover(*self._for_discovery(documents, groups)) if discover else []
        return CorpusFindings(tuple(groups), tuple(found), tuple(corpus_phrases(texts)), self.engines_used())

    def _for_discovery(
        self, documents: Sequence[AnalysedDocument], groups: Sequence[tuple[str, ...]]
    ) -> tuple[list[str], list[str], ports.Vectors]:
        """French documents that have a vector, of near-duplicates the first alone."""
        repeated = {key for group in groups for key in group[1:]}
        kept = [d for d in documents if d.vector is not None and d.key not in repeated and d.language == "fr"]
        vectors = (
            np.vstack([from_bytes(d.vector) for d in kept if d.vector is not None])
            if kept
            else np.zeros((0, self.embedder.dimensions), np.float32)
        )
        return [d.key for d in kept], [d.masked.text for d in kept], vectors

    def _in_batches(
        self, documents: Iterable[Document], progress: Progress | None, mask: MaskAll
    ) -> Iterator[AnalysedDocument]:
        done = 0
        source = iter(documents)
        while batch := list(islice(source, BATCH)):
            with one_thread():
                analysed = self._batch(batch, mask)
            yield from analysed
            done += len(batch)
            if progress is not None:
                progress(done)

    def _batch(self, batch: Sequence[Document], mask: MaskAll) -> list[AnalysedDocument]:
        detected = self.language.detect([d.text for d in batch])
        languages = [(d.language, 1.0) if d.language else found for d, found in zip(batch, detected, strict=True)]
        hidden = mask([d.text for d in batch], [language for language, _ in languages])
        drafts = []
        for document, (language, confidence), masked in zip(batch, languages, hidden, strict=True):
            spans = self._segments(masked.text, language)
            pieces = [masked.text[span.start : span.end] for span in spans]
            drafts.append(_Draft(document, language, confidence, masked, spans, pieces))
        for draft, vectors in zip(drafts, self._embed([draft.pieces for draft in drafts]), strict=True):
            draft.vectors = vectors
        self._code(drafts)
        for language in dict.fromkeys(draft.language for draft in drafts):
            self._judge([draft for draft in drafts if draft.language == language], language)
        return [_analysed(draft) for draft in drafts]

    def _segments(self, text: str, language: str) -> list[Span]:
        return self.segmenter.segment(text[:ANALYSED_CHARS], language)

    def _embed(self, pieces: Sequence[Sequence[str]]) -> list[ports.Vectors]:
        """Vectors of all segments of a batch in one call, each different text once."""
        index: dict[str, int] = {}
        for texts in pieces:
            for text in texts:
                index.setdefault(text, len(index))
        vectors = self.embedder.embed(list(index))
        return [vectors[[index[t] for t in texts]] if texts else vectors[:0] for texts in pieces]

    def _code(self, drafts: Sequence[_Draft]) -> None:
        """Themes of every segment: of the whole batch at once where the engine can."""
        coder = self.themes
        worded = [draft for draft in drafts if draft.spans]
        if isinstance(coder, ports.NotedThemeCoder):
            for draft in worded:
                draft.themes, notes = coder.code_noted(draft.head, draft.spans, draft.vectors, draft.language)
                draft.notes += notes
        elif isinstance(coder, ports.BatchThemeCoder):
            passages = [ports.Passages(draft.head, draft.spans, draft.vectors) for draft in worded]
            for draft, themes in zip(worded, coder.code_many(passages), strict=True):
                draft.themes = themes
        else:
            for draft in worded:
                draft.themes = coder.code(draft.head, draft.spans, draft.vectors, draft.language)

    def _judge(self, drafts: Sequence[_Draft], language: str) -> None:
        """Polarity, nature and phrases of texts in one language, each engine asked once."""
        worded = [draft for draft in drafts if draft.spans]
        if worded:
            pieces = [piece for draft in worded for piece in draft.pieces]
            polarities = self.polarity.judge(pieces, np.vstack([draft.vectors for draft in worded]), language)
            natures = self.nature.judge(pieces, polarities, language)
            vectors = [pooled(draft.vectors) for draft in worded]
            whole = self.document_polarity.judge([draft.head for draft in worded], np.vstack(vectors), language)
            at = 0
            for draft, overall, vector in zip(worded, whole, vectors, strict=True):
                draft.whole = vector
                rows = slice(at, at + len(draft.pieces))
                draft.polarities, draft.natures, draft.overall = polarities[rows], natures[rows], overall
                at = rows.stop
        for draft in drafts:
            draft.phrases = self.phrases.extract([draft.head], language)[0]
            if draft.overall is None:
                engine = self.document_polarity
                draft.overall = Judgement(Polarity.NEUTRAL, 0.0, f"{engine.name} {engine.version}")


def recode(
    pipeline: Pipeline, text: str, vectors: ports.Vectors | None = None, language: str = "fr"
) -> tuple[tuple[Span, tuple[ThemeCode, ...]], ...]:
    """Themes alone of a masked text, after a codebook changed. ``vectors`` (one a segment) spares embedding again."""
    spans = pipeline._segments(text, language)
    if vectors is None or len(vectors) != len(spans):
        vectors = pipeline.embedder.embed([text[s.start : s.end] for s in spans])
    codes = pipeline.themes.code(text[:ANALYSED_CHARS], spans, vectors, language) if spans else []
    return tuple((span, tuple(found)) for span, found in zip(spans, codes, strict=True))


def _shifted(judgement: Judgement, span: Span) -> Judgement:
    """Evidence counted from the beginning of the document instead of the segment."""
    if not judgement.evidence:
        return judgement
    return replace(
        judgement, evidence=tuple(Span(e.start + span.start, e.end + span.start) for e in judgement.evidence)
    )


def default_pipeline(
    codebook: Codebook,
    profile: str = "fast",
    engines: Engines | None = None,
    *,
    choices: Mapping[str, Chosen] | None = None,
    learned: Mapping[str, Any] | None = None,
) -> Pipeline:
    """The pipeline of that profile; ``choices`` (step → engine) come before it.

    ``learned``: what ``themes.learned`` takes beside codebook and embedder (learned, number, taught); without it themes
    come from cues and examples. Raises ``ValueError`` for a profile that does not exist, ``MissingPackagesError`` when
    an engine's packages are not installed, ``UnknownEngineError`` for an engine that does not exist.
    """
    return Pipeline(**Assembly(codebook, profile, engines, choices, learned).options())
