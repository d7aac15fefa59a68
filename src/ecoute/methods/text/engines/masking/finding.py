"""What a detector says: these characters are personal data of this kind."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """Characters ``[start, end)`` of the raw text, what they are, and how sure (a lower rank wins an overlap)."""

    start: int
    end: int
    kind: str
    rank: int = 5


Detector = Callable[[str], Iterator[Finding]]


def without_overlap(findings: Iterable[Finding]) -> list[Finding]:
    """The surest and longest of findings that overlap, in the order of the text."""
    kept: list[Finding] = []
    taken = bytearray()
    for finding in sorted(findings, key=lambda f: (f.rank, f.start - f.end, f.start)):
        if finding.end > len(taken):
            taken.extend(bytes(finding.end - len(taken)))
        if not any(taken[finding.start : finding.end]):
            taken[finding.start : finding.end] = b"\x01" * (finding.end - finding.start)
            kept.append(finding)
    return sorted(kept, key=lambda f: f.start)
