"""What people decide about hiding and showing, laid over what an engine found; and how evidence follows.

Pure functions over offsets of the raw text. The later of two decisions on the same characters wins.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from ...documents import MaskedSpan, MaskedText, Span
from .finding import Finding
from .thread import replace


class Decision(Protocol):
    """Hide the raw characters ``[start, end)`` as ``kind`` (a key of ``placeholders.LABELS``), or, where ``kind`` is
    empty, show them. The model ``MaskingDecision`` is one."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...

    @property
    def kind(self) -> str: ...


def with_decisions(text: str, spans: Sequence[MaskedSpan], decisions: Sequence[Decision]) -> MaskedText:
    """The raw ``text`` masked as the engine found (``spans``: their raw side), then as people decided.

    In: decisions in the order they were made. Hiding swallows what it overlaps of the same kind and cuts what is of
    another kind; showing cuts whatever hides those characters. Bounds outside the text are clipped, empty ranges are
    ignored. Out: placeholders numbered anew. Raises nothing: a kind without a label reads « donnée personnelle ».
    """
    owners = [0] * len(text)  # for each character the finding that hides it, 0: shown
    kinds = [""]
    for span in spans:
        _paint(owners, span.raw.start, span.raw.end, len(kinds))
        kinds.append(span.kind)
    for decision in decisions:
        start, end = max(0, decision.start), min(len(text), decision.end)
        if start >= end:
            continue
        if decision.kind:
            _swallow(owners, kinds, start, end, decision.kind)
        else:
            _paint(owners, start, end, 0)
    return replace(text, _runs(owners, kinds))


def _paint(owners: list[int], start: int, end: int, owner: int) -> None:
    owners[start:end] = [owner] * (min(end, len(owners)) - start)


def _swallow(owners: list[int], kinds: list[str], start: int, end: int, kind: str) -> None:
    """Hide ``[start, end)`` as one thing together with what touches it of the same kind."""
    if owners[start] and kinds[owners[start]] == kind:
        owner = owners[start]
        while start and owners[start - 1] == owner:
            start -= 1
    if owners[end - 1] and kinds[owners[end - 1]] == kind:
        owner = owners[end - 1]
        while end < len(owners) and owners[end] == owner:
            end += 1
    _paint(owners, start, end, len(kinds))
    kinds.append(kind)


def _runs(owners: Sequence[int], kinds: Sequence[str]) -> list[Finding]:
    found: list[Finding] = []
    start = 0
    for at in range(1, len(owners) + 1):
        if at == len(owners) or owners[at] != owners[start]:
            if owners[start]:
                found.append(Finding(start, at, kinds[owners[start]]))
            start = at
    return found


def moved(spans: Sequence[Span], old: MaskedText, new: MaskedText) -> list[Span | None]:
    """Characters of ``old.text`` found again in ``new.text``; both mask the same raw text.

    A span that begins or ends inside a placeholder takes the whole of it. ``None`` where nothing readable is left of
    what could be read before (it is hidden now), or where the span lies outside ``old.text``.
    """
    return [_moved(span, old, new) for span in spans]


def _moved(span: Span, old: MaskedText, new: MaskedText) -> Span | None:
    if not 0 <= span.start < span.end <= len(old.text):
        return None
    raw = Span(_to_raw(old, span.start, False), _to_raw(old, span.end, True))
    here = Span(_to_masked(new, raw.start, False), _to_masked(new, raw.end, True))
    if not 0 <= here.start < here.end <= len(new.text):
        return None
    return here if _readable(new, here) or not _readable(old, span) else None


def _to_raw(masked: MaskedText, at: int, is_end: bool) -> int:
    """A boundary of the masked text as one of the raw text."""
    return _across(at, is_end, [(m.masked, m.raw) for m in masked.spans])


def _to_masked(masked: MaskedText, at: int, is_end: bool) -> int:
    """A boundary of the raw text as one of the masked text."""
    return _across(at, is_end, [(m.raw, m.masked) for m in masked.spans])


def _across(at: int, is_end: bool, pairs: Sequence[tuple[Span, Span]]) -> int:
    """Where the boundary ``at`` stands on the other side of ``pairs`` (in order): outside them text runs alike."""
    shift = 0
    for here, there in pairs:
        if at < here.start or (at == here.start and is_end):
            break
        if at < here.end or (at == here.end and is_end):
            return there.end if is_end else there.start
        shift = there.end - here.end
    return at + shift


def _readable(masked: MaskedText, span: Span) -> bool:
    """Whether a letter or digit of ``[start, end)`` stands outside the placeholders."""
    at = span.start
    for m in masked.spans:
        if m.masked.end <= at:
            continue
        if m.masked.start >= span.end:
            break
        if any(c.isalnum() for c in masked.text[at : m.masked.start]):
            return True
        at = max(at, m.masked.end)
    return any(c.isalnum() for c in masked.text[at : span.end])
