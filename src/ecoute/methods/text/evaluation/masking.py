"""Recall and precision of masking on sentences written for it; every third one is held out from tuning."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files

from ..documents import Span
from ..ports import Masker
from .figures import Figure, share

_MARK = re.compile(r"\{\{(\w+):([^{}]*)\}\}")
HOLD_OUT = 3
ENOUGH = 0.8  # share of its characters that must be hidden for a thing to count as masked


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, what must be hidden in it, and whether it is held out."""

    text: str
    wanted: tuple[tuple[str, Span], ...]
    held_out: bool


def sentences() -> list[Sentence]:
    """The committed set."""
    lines = files(__package__).joinpath("masking_sentences.txt").read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if line and not line.startswith("#")]
    return [_sentence(line, i % HOLD_OUT == HOLD_OUT - 1) for i, line in enumerate(kept)]


def _sentence(line: str, held_out: bool) -> Sentence:
    text, wanted, at = "", [], 0
    for mark in _MARK.finditer(line):
        text += line[at : mark.start()]
        wanted.append((mark[1], Span(len(text), len(text) + len(mark[2]))))
        text += mark[2]
        at = mark.end()
    return Sentence(text + line[at:], tuple(wanted), held_out)


def _hidden(span: Span, found: Sequence[Span]) -> float:
    """Share of the characters of ``span`` that lie in ``found``."""
    covered = sum(max(0, min(span.end, f.end) - max(span.start, f.start)) for f in found)
    return covered / max(1, span.end - span.start)


def measure(masker: Masker) -> Iterator[Figure]:
    """Figures of the tuning part and of the held-out part, then recall by kind over both."""
    results = [(s, [m.raw for m in masker.mask(s.text, "fr").spans]) for s in sentences()]
    for name, part in (("tuning part", False), ("held out", True)):
        yield from _part(name, [(s, f) for s, f in results if s.held_out is part])
    for kind in sorted({k for s, _ in results for k, _ in s.wanted}):
        spans = [(w, f) for s, f in results for k, w in s.wanted if k == kind]
        yield share(
            "masking", f"recall, {kind}", sum(_hidden(w, f) >= ENOUGH for w, f in spans), len(spans), "both parts"
        )


def _part(name: str, results: Sequence[tuple[Sentence, list[Span]]]) -> Iterator[Figure]:
    wanted = [(w, f) for s, f in results for _, w in s.wanted]
    found = [(f, [w for _, w in s.wanted]) for s, fs in results for f in fs]
    clean = [f for s, f in results if not s.wanted]
    yield share("masking", f"recall, {name}", sum(_hidden(w, f) >= ENOUGH for w, f in wanted), len(wanted))
    yield share("masking", f"precision, {name}", sum(_hidden(f, w) > 0.5 for f, w in found), len(found))
    yield share("masking", f"clean sentences touched, {name}", sum(bool(f) for f in clean), len(clean))


def failures(masker: Masker) -> Iterator[str]:
    """What goes wrong in the tuning part, for whoever changes the rules. The held-out part is never shown."""
    for sentence in sentences():
        if sentence.held_out:
            continue
        result = masker.mask(sentence.text, "fr")
        found = [m.raw for m in result.spans]
        missed = [s for _, s in sentence.wanted if _hidden(s, found) < ENOUGH]
        wrong = [f for f in found if _hidden(f, [s for _, s in sentence.wanted]) <= 0.5]
        if missed or wrong:
            yield f"{sentence.text!r} -> {result.text!r}"
