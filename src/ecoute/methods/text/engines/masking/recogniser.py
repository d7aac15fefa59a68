"""The masker that also asks an entity recogniser (spaCy, ``fr_core_news_md``) about names the rules cannot see.

``make(
    "masking.recogniser", everywhere=False)`` is the default of the fast profile: it asks only about sentences where a
name can be (``candidates``: a capitalised word that is no ordinary one, or a telling word before an unknown one). The
fine profile says ``everywhere=True``. Without spaCy or its model ``MissingModelError`` says what to install, and
``masking.rules`` does its work alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from ...documents import MaskedText
from .finding import Finding, without_overlap
from .lexicon import BODIES, VOCABULARY, words
from .names import expected
from .persons import Persons
from .placeholders import LABELS
from .reading import LOWER, Reading
from .rules import RuleMasker
from .thread import replace

MODEL = "fr_core_news_md"
_RUN_ON = re.compile(r"\S{200}")  # no sentence: nothing to see, and slow to cut into words
LONGEST = 1_000  # characters given to the recogniser in one go
TOGETHER = 64  # pieces it is given at once
ASKED = 40_000  # characters of one text: beyond them the rules are alone, so that no text holds the machine
_BEFORE_PLACES = words("a de du d des au aux en le la les l un une sur sous dans vers chez n")


class MissingModelError(RuntimeError):
    """spaCy or its French model is not installed; the message says how to get them."""


@lru_cache(maxsize=1)
def recogniser() -> Any:
    """The recogniser alone (no tagger, no parser), loaded once a process. Raises ``MissingModelError``."""
    try:
        import spacy

        return spacy.load(
            MODEL, exclude=["tok2vec", "morphologizer", "tagger", "parser", "attribute_ruler", "lemmatizer", "senter"]
        )
    except (ImportError, OSError) as error:
        raise MissingModelError(
            "masking.recogniser needs the packages spacy and fr-core-news-md (requirements/base.txt);"
            " without them choose the engine masking.rules"
        ) from error


class RecogniserMasker:
    """Rules first, then the recogniser; ``everywhere``: on every sentence; ``rules=False``: the recogniser alone, raw,
    for comparison in the bench."""

    name = "masking-recogniser"
    network = False
    kinds = tuple(LABELS)

    def __init__(self, everywhere: bool = False, rules: bool = True) -> None:
        self._everywhere = everywhere
        self._rules = RuleMasker() if rules else None
        self.version = f"3 {MODEL}" + (" everywhere" if everywhere else "")

    def mask(self, text: str, language: str) -> MaskedText:
        return self.mask_many([text], [language])[0]

    def mask_many(self, texts: Sequence[str], languages: Sequence[str]) -> list[MaskedText]:
        """As ``mask`` for several texts: the recogniser is several times quicker with many sentences at once."""
        if self._rules is None:
            seen = _entities(texts, [[(0, text)] for text in texts])
            return [replace(text, without_overlap(entities)) for text, entities in zip(texts, seen, strict=True)]
        found = [self._rules.find(text) for text in texts]
        readings = [Reading(text) for text in texts]
        asked = [self._asked(*one) for one in zip(texts, readings, found, strict=True)]
        for i, entities in enumerate(_entities(texts, asked)):
            if entities:
                persons, told = Persons(readings[i]), expected(readings[i])
                found[i] = [*found[i], *(f for e in entities for f in _kept(e, persons, told))]
        return [replace(text, without_overlap(spans)) for text, spans in zip(texts, found, strict=True)]

    def _asked(self, text: str, reading: Reading, found: list[Finding]) -> list[tuple[int, str]]:
        """The sentences that the recogniser is asked about, with where they begin."""
        asked, room = [], ASKED
        for start, end in pieces(text):
            wanted = _has_word(reading, start, end) if self._everywhere else candidate(reading, found, start, end)
            if wanted and room > 0 and not _RUN_ON.search(text, start, end):
                asked.append((start, text[start:end]))
                room -= end - start
        return asked


def pieces(text: str) -> Iterator[tuple[int, int]]:
    """Sentences of ``text`` (bounded in length), as offsets."""
    start = 0
    for end in (m.end() for m in _ENDS.finditer(text)):
        if end - start >= 1:
            yield from _bounded(text, start, end)
            start = end
    if start < len(text):
        yield from _bounded(text, start, len(text))


_ENDS = re.compile(r"(?<=\w\w)[.!?…]+(?=\s)|\n+|[!?]+")


def _bounded(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > LONGEST:
        cut = text.rfind(" ", start, start + LONGEST)
        cut = cut + 1 if cut > start else start + LONGEST
        yield start, cut
        start = cut
    if text[start:end].strip():
        yield start, end


def _has_word(r: Reading, start: int, end: int) -> bool:
    at = r.at(start)
    return at < len(r) and r.starts[at] < end


def candidate(r: Reading, found: list[Finding], start: int, end: int) -> bool:
    """Whether a name not found yet can be in ``[start, end)``: a capitalised word that opens no sentence, is not
    an ordinary word, is no body's name, and is not hidden already."""
    persons, told = Persons(r), expected(r)
    i = r.at(start)
    while i < len(r) and r.starts[i] < end:
        if _suspicious(persons, i, told) and not any(f.start <= r.starts[i] < f.end for f in found):
            return True
        i += 1
    return False


def _suspicious(p: Persons, i: int, told: set[int]) -> bool:
    """Whether word ``i`` may begin a name that the rules did not see: what ``_kept`` would keep if it is one."""
    r = p.r
    if not p.likely(i) or (r.words[i] in _BEFORE_PLACES and not p.first_name(i)):
        return False
    if p.first_name(i):
        return True
    follows = i + 1 < len(r) and r.gap(i + 1) == " " and p.likely(i + 1)
    return _free(p, i) and not p.borne(i) and (follows or _alone(p, i, told))


def _free(p: Persons, i: int) -> bool:
    """Whether no « à », « de » or article before word ``i`` says that it is a place or a thing."""
    return i == 0 or p.r.words[i - 1] not in _BEFORE_PLACES or p.r.opens(i)


def _entities(texts: Sequence[str], asked: Sequence[Sequence[tuple[int, str]]]) -> list[list[Finding]]:
    """People the recogniser sees in these pieces of each text."""
    found: list[list[Finding]] = [[] for _ in texts]
    places = [(i, start) for i, some in enumerate(asked) for start, _ in some]
    if not places:
        return found
    docs = recogniser().pipe((piece for some in asked for _, piece in some), batch_size=TOGETHER)
    for (i, start), doc in zip(places, docs, strict=True):
        found[i] += [
            Finding(start + entity.start_char, start + entity.end_char, "name", 6)
            for entity in doc.ents
            if entity.label_ == "PER"
        ]
    return found


def _kept(entity: Finding, p: Persons, told: set[int]) -> Iterator[Finding]:
    """The words of ``entity`` that may be a name: not what bears one, no ordinary word."""
    r = p.r
    i, end = r.at(entity.start), r.at(entity.end)
    while i < end and (p.bare(i) or r.shapes[i] == LOWER or (r.words[i] in VOCABULARY and not p.first_name(i))):
        i += 1
    while end > i and (p.bare(end - 1) or r.shapes[end - 1] == LOWER):
        end -= 1
    if i >= end or p.borne(i) or p.public(i, end) or any(p.site(j) for j in range(i, end)):
        return
    words = range(i, end)
    named = any(p.first_name(j) in {"certain", "sure"} for j in words)
    if any(r.words[j].startswith("saint") or r.words[j] in BODIES for j in words) or not (named or _free(p, i)):
        return
    if not any(p.likely(j) for j in words) or not all(
        p.likely(j) or not r.capital(j) or p.first_name(j) for j in words
    ):
        return
    if end - i == 1 and not _alone(p, i, told):
        return
    yield Finding(r.starts[i], r.ends[end - 1], "name", 6)


def _alone(p: Persons, i: int, told: set[int]) -> bool:
    """Whether a single word is a person: the words around must say so too."""
    if p.first_name(i) == "doubtful":
        return False
    return p.acts(p.r.ends[i]) or (i in told and not p.r.opens(i))
