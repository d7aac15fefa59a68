"""What a reader types in the search box, understood; nothing typed is ever an error.

attente guichet      both words (or other forms of them)
"carte grise"        side by side
-téléphone           without
mairie OU préfecture one or the other (OU, OR)
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from .index import stems_elsewhere, stems_of_word
from .port import Ids

_TOKEN = re.compile(r'(?P<without>-?)(?:["«“](?P<phrase>[^"»”]*)["»”]?|(?P<word>[^\s"«»“”]+))')
_OR = frozenset({"OU", "OR", "|"})
MAX_TERMS = 20


@dataclass(frozen=True, slots=True)
class Term:
    """Stems side by side, wanted or not; ``elsewhere``: the same by the rules of other languages, any of which will
    do."""

    stems: tuple[str, ...]
    wanted: bool = True
    elsewhere: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """``groups`` are alternatives; all the terms of a group must hold. ``ignored``: words too common to be searched."""

    groups: tuple[tuple[Term, ...], ...]
    ignored: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing searchable was asked."""
        return not self.groups

    @property
    def wanted_stems(self) -> tuple[str, ...]:
        """Every stem that should be there, once, in order: what is ranked and highlighted."""
        found = (stem for group in self.groups for term in group if term.wanted for stem in term.stems)
        return tuple(dict.fromkeys(found))


def understand(text: str) -> Question:
    """Reads a question. Unclosed quotes, lone signs and operators without words are taken as they seem meant."""
    groups: list[list[Term]] = [[]]
    ignored: list[str] = []
    for found in list(_TOKEN.finditer(text))[:MAX_TERMS]:
        word = found["word"] or ""
        if word in _OR and not found["without"]:
            groups.append([])
            continue
        stems = stems_of_word(word or found["phrase"] or "")
        if stems:
            elsewhere = stems_elsewhere(word or found["phrase"] or "")
            groups[-1].append(Term(stems, wanted=not found["without"], elsewhere=elsewhere))
        elif any(char.isalnum() for char in found[0]):
            ignored.append(found[0])
    return Question(tuple(tuple(group) for group in groups if group), tuple(ignored))


def answer(question: Question, everything: Ids, find: Callable[[tuple[str, ...]], Ids]) -> Ids:
    """Verbatims of ``everything`` (ascending ids) that answer; an empty question is answered by all of them."""
    if question.is_empty:
        return everything
    found = [_group(group, everything, find) for group in question.groups]
    return np.unique(np.concatenate(found))


def _group(group: tuple[Term, ...], everything: Ids, find: Callable[[tuple[str, ...]], Ids]) -> Ids:
    kept = everything
    for term in group:
        saying = np.concatenate([find(stems) for stems in (term.stems, *term.elsewhere)])
        kept = kept[np.isin(kept, saying, invert=not term.wanted)]
    return kept
