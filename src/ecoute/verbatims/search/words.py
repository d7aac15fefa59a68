"""Search by words over the columns of a snapshot."""

from __future__ import annotations

import re

import numpy as np
from django.db import connection

from ecoute.methods.text.words import words_of
from ecoute.verbatims.columns.snapshot import Column, Mask
from ecoute.verbatims.columns.store import Prepared

from .engines import word_index
from .index import stems_of_word
from .port import Ids
from .question import Question, answer, understand


def rows_with_words(prepared: Prepared, text: str) -> Mask:
    """Which rows of the snapshot answer the question ``text``; all of them when it holds nothing searchable."""

    def find(stems: tuple[str, ...]) -> Ids:
        index = word_index(connection.vendor)
        found: Ids = prepared.once(("stems", stems), lambda: index.find(stems))
        return found

    def make() -> Mask:
        snapshot = prepared.snapshot
        mask = np.zeros(snapshot.size, bool)
        mask[snapshot.rows_of(answer(understand(text), snapshot.ids, find))] = True
        return mask

    found: Mask = prepared.once(("words", text), make)
    return found


def ranks_of_words(prepared: Prepared, text: str) -> Column:
    """How much each row speaks of the words of ``text``: higher first."""

    def make() -> Column:
        ids = prepared.snapshot.ids
        return word_index(connection.vendor).rank(understand(text).wanted_stems, ids).astype(np.float32)

    found: Column = prepared.once(("ranks", text), make)
    return found


def spans_of_words(body: str, question: Question) -> list[tuple[int, int]]:
    """Characters ``[start, end)`` of the words of ``body`` that were searched, whatever their form; a compound such as
    « rendez-vous » whole, though its second half is too common to be searched."""
    stems = frozenset(question.wanted_stems)
    if not stems:
        return []
    found = words_of(body)
    return [
        (start, _end_of_compound(body, end))
        for word, start, end in zip(found.words, found.starts, found.ends, strict=True)
        if stems.intersection(stems_of_word(word))
    ]


_TAIL = re.compile(r"(?:-\w+)+")


def _end_of_compound(body: str, end: int) -> int:
    tail = _TAIL.match(body, end)
    return tail.end() if tail else end
