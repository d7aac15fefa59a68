"""The sentences on which masking is measured: what is said, what must be hidden, which third is held out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib.resources import files

from ..documents import Span

_MARK = re.compile(r"\{\{(\w+):([^{}]*)\}\}")
HOLD_OUT = 3
SETS = {"first author": "masking_sentences.txt", "second author": "masking_sentences_2.txt"}


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, what must be hidden in it (kind, characters), whether it is held out, and whose set it is of."""

    text: str
    wanted: tuple[tuple[str, Span], ...]
    held_out: bool
    author: str


def sentences() -> list[Sentence]:
    """The committed sets, in the order of their files; every third of each is held out from tuning."""
    return [sentence for author, file in SETS.items() for sentence in _set(author, file)]


def _set(author: str, file: str) -> list[Sentence]:
    lines = files(__package__).joinpath(file).read_text(encoding="utf-8").splitlines()
    kept = [line.replace("\\n", "\n") for line in lines if line and not line.startswith("#")]
    return [_sentence(line, i % HOLD_OUT == HOLD_OUT - 1, author) for i, line in enumerate(kept)]


def _sentence(line: str, held_out: bool, author: str) -> Sentence:
    text, wanted, at = "", [], 0
    for mark in _MARK.finditer(line):
        text += line[at : mark.start()]
        wanted.append((mark[1], Span(len(text), len(text) + len(mark[2]))))
        text += mark[2]
        at = mark.end()
    return Sentence(text + line[at:], tuple(wanted), held_out, author)
