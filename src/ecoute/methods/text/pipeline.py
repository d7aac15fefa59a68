"""The way of one text through the engines: language → masking → segments → embedding → codes → phrases.

``Pipeline`` is assembled from engines; ``default_pipeline`` does so from the registry. Everything after masking sees
the masked text alone. Memory is that of one batch.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Literal

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
from .registry import Engines, check, installed_engines
from .threads import one_thread
from .vectors import from_bytes, pooled, to_bytes

BATCH = 64
Progress = Callable[[int], None]
Profile = Literal["fast"]


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
        yield from self._in_batches(documents, progress, self.mask)

    def code_masked(
        self, documents: Iterable[Document], progress: Progress | None = None
    ) -> Iterator[AnalysedDocument]:
        """As ``analyse`` for texts already masked: the text stays as it is, ``masked.spans`` is empty."""
        yield from self._in_batches(documents, progress, lambda text, language: MaskedText(text))

    def mask(self, text: str, language: str = "fr") -> MaskedText:
        """The masking step alone."""
        return self.masker.mask(text, language)

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
        self, documents: Iterable[Document], progress: Progress | None, mask: Callable[[str, str], MaskedText]
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

    def _batch(self, batch: Sequence[Document], mask: Callable[[str, str], MaskedText]) -> list[AnalysedDocument]:
        detected = self.language.detect([d.text for d in batch])
        languages = [(d.language, 1.0) if d.language else found for d, found in zip(batch, detected, strict=True)]
        masked = [mask(d.text, lang) for d, (lang, _) in zip(batch, languages, strict=True)]
        spans = [self._segments(m.text, lang) for m, (lang, _) in zip(masked, languages, strict=True)]
        pieces = [[m.text[s.start : s.end] for s in ss] for m, ss in zip(masked, spans, strict=True)]
        vectors = self._embed(pieces)
        return [
            self._analysed(document, languages[i], masked[i], spans[i], pieces[i], vectors[i])
            for i, document in enumerate(batch)
        ]

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

    def _analysed(
        self,
        document: Document,
        language: tuple[str, float],
        masked: MaskedText,
        spans: Sequence[Span],
        pieces: Sequence[str],
        vectors: ports.Vectors,
    ) -> AnalysedDocument:
        notes = notes_of(document.text)
        head = masked.text[:ANALYSED_CHARS]
        vector = pooled(vectors) if len(vectors) else None
        return AnalysedDocument(
            key=document.key,
            language=language[0],
            language_confidence=round(language[1], 3),
            masked=masked,
            segments=self._coded(head, spans, pieces, vectors, language[0]),
            polarity=self._overall(head, vector, language[0]),
            phrases=self.phrases.extract([head], language[0])[0],
            vector=None if vector is None else to_bytes(vector),
            segment_vectors=to_bytes(vectors) if len(vectors) else None,
            notes=notes,
        )

    def _coded(
        self, text: str, spans: Sequence[Span], pieces: Sequence[str], vectors: ports.Vectors, language: str
    ) -> tuple[CodedSegment, ...]:
        if not spans:
            return ()
        themes = self.themes.code(text, spans, vectors, language)
        polarities = self.polarity.judge(pieces, vectors, language)
        natures = self.nature.judge(pieces, polarities, language)
        return tuple(
            CodedSegment(
                span,
                tuple(code for code in codes if code.sure),
                _shifted(nature, span),
                _shifted(polarity, span),
                unsure=tuple(code for code in codes if not code.sure),
            )
            for span, codes, nature, polarity in zip(spans, themes, natures, polarities, strict=True)
        )

    def _overall(self, text: str, vector: ports.Vectors | None, language: str) -> Judgement:
        if vector is None:
            engine = self.document_polarity
            return Judgement(Polarity.NEUTRAL, 0.0, f"{engine.name} {engine.version}")
        return self.document_polarity.judge([text], vector[None, :], language)[0]


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


def default_pipeline(codebook: Codebook, profile: Profile = "fast", engines: Engines | None = None) -> Pipeline:
    """The pipeline of that profile. Raises ``ValueError`` for a profile that does not exist."""
    if profile != "fast":
        raise ValueError(f"no profile {profile!r}; there is: fast")
    make = (engines or installed_engines()).create
    embedder = make("embedding.use")
    return Pipeline(
        language=make("language.py3langid"),
        masker=make("masking.rules"),
        segmenter=make("segments.clauses"),
        embedder=embedder,
        themes=make("themes.codebook", codebook=codebook, embedder=embedder),
        polarity=make("polarity.blend", head="segment"),
        document_polarity=make("polarity.blend", head="document"),
        nature=make("nature.patterns"),
        phrases=make("phrases.ngrams"),
        duplicates=make("duplicates.minhash"),
        discoverer=make("discovery.kmeans"),
    )
