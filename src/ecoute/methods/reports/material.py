"""What is counted: entries beside their analysis."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from ecoute.methods.text.codebooks.model import Codebook
from ecoute.methods.text.documents import AnalysedDocument, CodedSegment, Polarity

from .entries import Entry
from .figures import Sides

SIDES = (Polarity.NEGATIVE, Polarity.NEUTRAL, Polarity.POSITIVE)


@dataclass(frozen=True)
class Material:
    """What is counted: each entry with its analysis, in the order of the file."""

    pairs: Sequence[tuple[Entry, AnalysedDocument]]
    codebook: Codebook
    language: str

    @cached_property
    def by_key(self) -> dict[str, tuple[Entry, AnalysedDocument]]:
        return {entry.key: (entry, found) for entry, found in self.pairs}

    def segments(self) -> Iterator[tuple[Entry, AnalysedDocument, CodedSegment]]:
        for entry, found in self.pairs:
            for segment in found.segments:
                yield entry, found, segment

    def label(self, slug: str) -> str:
        return self.codebook.get(slug).label(self.language) if slug in self.codebook else slug


def sides_of(values: Iterator[str] | Sequence[str]) -> Sides:
    """Counts of the three values of ``Polarity``; any other value is left out."""
    counts = Counter(values)
    return Sides(*(counts[side] for side in SIDES))


def by_count(counts: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
