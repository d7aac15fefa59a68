"""A verbatim as lists show it: frozen records, masked words only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse

from ecoute.verbatims.enums import PolarityChoice
from ecoute.verbatims.queries.excerpts import Excerpt, excerpt


@dataclass(frozen=True, slots=True)
class Code:
    """A theme in a segment. ``confidence`` 0–1; ``by_person``: a person said so or agreed."""

    id: int
    slug: str
    label: str
    confidence: float
    engine: str
    by_person: bool
    spans: tuple[tuple[int, int], ...]
    above: tuple[str, ...] = ()  # slugs of the themes that hold this one


@dataclass(frozen=True, slots=True)
class CodedPart:
    """A segment: characters ``[start, end)`` of the body, its nature, its polarity, its themes."""

    id: int
    start: int
    end: int
    nature: str
    nature_label: str
    nature_confidence: float
    nature_by_person: bool
    polarity: str
    polarity_label: str
    polarity_confidence: float
    polarity_by_person: bool
    codes: tuple[Code, ...]
    unsure: tuple[tuple[int, float], ...] = ()  # theme id, probability: seen by the machine, not given

    @property
    def slice(self) -> str:
        """For the template filter of that name."""
        return f"{self.start}:{self.end}"


@dataclass(frozen=True, slots=True)
class Reading:
    """Themes spoken of in one way. ``position``: the first passage that does."""

    nature: str
    polarity: str
    codes: tuple[Code, ...]
    position: int = 0


@dataclass(frozen=True, slots=True)
class VerbatimCard:
    """``text`` is the masked body: title, newline, text. ``spans`` (start, end, label) are characters of it, in order,
    without overlap: the evidence of themes, or the words that were searched (empty label)."""

    id: int
    uid: UUID
    title: str
    text: str
    spans: tuple[tuple[int, int, str], ...]
    themes: tuple[tuple[str, str], ...]  # (slug, label), as met
    natures: tuple[str, ...]
    polarity: str  # of the whole
    satisfaction: str
    satisfaction_label: str
    service: str
    services: tuple[str, ...]
    channel: str
    channel_label: str
    date: date | None
    place: str
    source: str
    source_slug: str
    language: str
    parts: tuple[CodedPart, ...]
    replied: bool
    duplicate: bool
    passage: int | None = None  # a quote: the position of its segment

    @property
    def tone_label(self) -> str:
        """The polarity of the whole, in words; empty when it was not judged."""
        return str(PolarityChoice(self.polarity).label) if self.polarity else ""

    @property
    def other_services(self) -> int:
        """How many services are named beside the first."""
        return max(0, len(self.services) - 1)

    @property
    def seen_by_person(self) -> bool:
        """Whether a person decided at least one code."""
        return any(
            part.nature_by_person or part.polarity_by_person or any(code.by_person for code in part.codes)
            for part in self.parts
        )

    @property
    def body(self) -> str:
        """The masked text without its title."""
        return self.text[len(self.title) + 1 :] if self.title else self.text

    @property
    def excerpt(self) -> Excerpt:
        """What a list shows of the text without its title."""
        shift = len(self.title) + 1 if self.title else 0
        spans = [(start - shift, end - shift, label) for start, end, label in self.spans if start >= shift]
        return excerpt(self.body, spans)

    @property
    def title_spans(self) -> tuple[tuple[int, int, str], ...]:
        return tuple(span for span in self.spans if span[1] <= len(self.title))

    @property
    def readings(self) -> tuple[Reading, ...]:
        """The codes of the whole, segments of one nature and polarity put together; those without a theme left out."""
        found: dict[tuple[str, str], dict[str, Code]] = {}
        first: dict[tuple[str, str], int] = {}
        for position, part in enumerate(self.parts):
            for code in part.codes:
                first.setdefault((part.nature, part.polarity), position)
                found.setdefault((part.nature, part.polarity), {}).setdefault(code.slug, code)
        return tuple(Reading(*key, tuple(codes.values()), first[key]) for key, codes in found.items())

    @property
    def href(self) -> str:
        """The page of this verbatim; of a quote, at its passage."""
        anchor = "" if self.passage is None else f"#passage-{self.passage}"
        return reverse("verbatims:verbatim", args=[self.uid]) + anchor
