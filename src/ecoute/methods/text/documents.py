"""What goes into text analysis and what comes out: frozen records, no behaviour.

All offsets are counted in characters (Python code points) of ``Document.text`` after masking, half-open
``[start, end)``. A verbatim with a title is analysed as ``title + "\\n" + text``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Nature(StrEnum):
    """What a segment does: complain, praise, ask for, question, or merely tell."""

    IRRITANT = "irritant"
    PRAISE = "praise"
    EXPECTATION = "expectation"
    QUESTION = "question"
    FACT = "fact"


class Polarity(StrEnum):
    """Neutral is kept apart; it is never folded into either side."""

    NEGATIVE = "negative"
    NEUTRAL = "neutral"
    POSITIVE = "positive"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters ``[start, end)`` of a text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Document:
    """One text to analyse. ``key`` is the caller's own identifier, given back untouched."""

    key: str
    text: str
    language: str | None = None


@dataclass(frozen=True, slots=True)
class MaskedSpan:
    """One thing hidden: its kind (``email``, ``phone``, ``nir``, ``iban``, ``siret``, ``plate``, ``reference``,
    ``name``, …), where it stood in the raw text and where its placeholder stands in the masked text."""

    kind: str
    raw: Span
    masked: Span


@dataclass(frozen=True, slots=True)
class MaskedText:
    """A text in which personal data became typed placeholders such as ``[téléphone]``."""

    text: str
    spans: tuple[MaskedSpan, ...] = ()


@dataclass(frozen=True, slots=True)
class ThemeCode:
    """A theme of the codebook found in a segment, with the characters that show it (offsets in the document).

    ``confidence`` is a calibrated probability where the engine can give one. ``sure`` is False for a theme that the
    engine saw and would not give: « not sure » is an answer, shown to people and never counted.
    """

    theme: str
    confidence: float
    evidence: tuple[Span, ...]
    engine: str
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Judgement:
    """A value (a nature or a polarity), how sure the engine is (0–1), and which engine said so."""

    value: str
    confidence: float
    engine: str
    evidence: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class CodedSegment:
    """One idea of a text: its characters, its themes (none, one or several), its nature, its polarity."""

    span: Span
    themes: tuple[ThemeCode, ...]
    nature: Judgement
    polarity: Judgement
    unsure: tuple[ThemeCode, ...] = ()  # seen, not given


@dataclass(frozen=True, slots=True)
class AnalysedDocument:
    """Everything the per-document steps found. ``vector`` is float16 bytes of the unit-length embedding, or None;
    ``segment_vectors`` the same of each segment, one after the other."""

    key: str
    language: str
    language_confidence: float
    masked: MaskedText
    segments: tuple[CodedSegment, ...]
    polarity: Judgement
    phrases: tuple[str, ...] = ()
    vector: bytes | None = None
    segment_vectors: bytes | None = None
    notes: tuple[str, ...] = ()  # e.g. "truncated", "emoji-only": what was unusual, in stable codes


@dataclass(frozen=True, slots=True)
class DiscoveredTheme:
    """A subject nobody wrote: a cluster with a name, key phrases and exemplary documents (best first)."""

    name: str
    phrases: tuple[str, ...]
    members: tuple[str, ...]  # document keys
    exemplars: tuple[str, ...]  # document keys, most central first
    cohesion: float  # mean cosine of the members to their centre, 0–1
    stability: float | None = None  # share of it that comes back when the corpus is drawn again, 0–1; None: not tried


@dataclass(frozen=True, slots=True)
class CorpusFindings:
    """What only the whole corpus shows."""

    duplicates: tuple[tuple[str, ...], ...] = ()  # groups of near-identical documents, first = oldest given
    discovered: tuple[DiscoveredTheme, ...] = ()
    phrases: tuple[tuple[str, int], ...] = ()  # key phrase, number of documents
    engines: dict[str, str] = field(default_factory=dict)  # step → "engine version"
