"""Choosing and cutting quotes: short enough to be read, whole enough to be understood, evidence marked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import zip_longest

from ecoute.methods.text.documents import AnalysedDocument, CodedSegment, Span, ThemeCode

from .entries import Entry
from .figures import Quote

_BREAK = re.compile(r"\s*\n\s*")
LONGEST, CONTEXT, SHORTEST = 320, 70, 30


def quote(
    entry: Entry, found: AnalysedDocument, span: Span, evidence: Iterable[Span] = (), polarity: str = ""
) -> Quote:
    """The words of ``span`` with a little of what surrounds them; offsets are those of the masked text."""
    text = found.masked.text
    start, end = _window(text, span)
    marks = _inside(evidence, start, end)
    return Quote(
        _parts(text, start, end, marks),
        entry.line,
        entry.said_on,
        entry.service,
        polarity or found.polarity.value,
        found.language,
    )


def whole(entry: Entry, found: AnalysedDocument) -> Quote:
    """The beginning of the verbatim."""
    return quote(entry, found, Span(0, min(len(found.masked.text), LONGEST)))


def _window(text: str, span: Span) -> tuple[int, int]:
    """The span, widened to whole words when it is short, cut when it is long."""
    start, end = span.start, min(span.end, span.start + LONGEST)
    spare = max(0, min(CONTEXT, (LONGEST - (end - start)) // 2))
    left, right = max(0, start - spare), min(len(text), end + spare)
    if left and (space := text.find(" ", left, start)) >= 0:
        left = space + 1
    elif left:
        left = start
    if right < len(text) and not text[right - 1].isspace() and not text[right].isspace():
        space = text.rfind(" ", span.start, right)
        right = space if space > span.start else right
    return left, right


def _inside(evidence: Iterable[Span], start: int, end: int) -> list[tuple[int, int]]:
    """Evidence cut to the window, merged where it touches, in order."""
    merged: list[tuple[int, int]] = []
    for span in sorted(evidence):
        low, high = max(span.start, start), min(span.end, end)
        if low >= high:
            continue
        if merged and low <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(high, merged[-1][1]))
        else:
            merged.append((low, high))
    return merged


def _parts(text: str, start: int, end: int, marks: Sequence[tuple[int, int]]) -> tuple[tuple[str, bool], ...]:
    parts: list[tuple[str, bool]] = [("… ", False)] if start else []
    at = start
    for low, high in marks:
        parts += [(text[at:low], False), (text[low:high], True)]
        at = high
    parts.append((text[at:end], False))
    if end < len(text):
        parts.append((" …", False))
    return tuple((_BREAK.sub(" — ", words), marked) for words, marked in parts if words)


Candidate = tuple[Entry, AnalysedDocument, CodedSegment, ThemeCode | None]


def best(candidates: Iterable[Candidate], count: int, copies: frozenset[str] = frozenset()) -> tuple[Quote, ...]:
    """The surest candidates of readable length, one a verbatim, copies left out.

    ``candidates`` with several services take turns, so that one service does not speak for all.
    """
    by_service: dict[str, list[tuple[tuple[float, int], Candidate]]] = {}
    for candidate in candidates:
        entry, _, segment, code = candidate
        if entry.key not in copies:
            by_service.setdefault(entry.service, []).append((_rank(segment, code), candidate))
    columns = [sorted(rows, key=lambda row: row[0]) for rows in by_service.values()]
    columns.sort(key=lambda rows: rows[0][0])
    chosen: dict[str, Quote] = {}
    for turn in zip_longest(*columns):
        for row in turn:
            if row is not None and len(chosen) < count:
                _add(chosen, row[1])
    return tuple(chosen.values())


def _add(chosen: dict[str, Quote], candidate: Candidate) -> None:
    entry, found, segment, code = candidate
    if entry.key in chosen:
        return
    themed = segment.themes[0].evidence if segment.themes else ()
    evidence = code.evidence if code else segment.nature.evidence or themed
    made = quote(entry, found, segment.span, evidence, segment.polarity.value)
    if made.text not in {q.text for q in chosen.values()}:
        chosen[entry.key] = made


def _rank(segment: CodedSegment, code: ThemeCode | None) -> tuple[float, int]:
    """Lower is better: readable length first, then confidence."""
    length = segment.span.end - segment.span.start
    readable = 0 if SHORTEST <= length <= LONGEST else 1
    sure = code.confidence if code else segment.nature.confidence
    return (readable - sure, length)
