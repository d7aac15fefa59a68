"""Keeping the index of words in step with the masked words, inside the transaction that writes them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice

from django.db import connection

from ecoute.methods.text.engines.stems.snowball import LANGUAGES
from ecoute.methods.text.ports import Stemmer
from ecoute.methods.text.registry import installed_engines
from ecoute.verbatims.models import Verbatim

from .engines import word_index

BATCH = 1_000
OTHERS = tuple(language for language in LANGUAGES if language != "fr")


@lru_cache(maxsize=4096)
def stems_of_word(text: str) -> tuple[str, ...]:
    """Stems of a short text (a question, a word to highlight)."""
    return tuple(stems_of(text))


def stems_of(text: str) -> list[str]:
    """Search terms of a text, in order: the same engine for what is stored and for what is asked."""
    return [stem.lower() for stem in _stemmer().stems(text)]


def terms_of(text: str, language: str) -> list[str]:
    """What is stored of a text: its stems; in another language also those by the rules of that language."""
    return stems_of(text) + (stems_in(text, language) if language in OTHERS else [])


def stems_in(text: str, language: str) -> list[str]:
    """Stems by the rules of one of ``OTHERS``, marked with it: « es0corre » never meets a French stem."""
    return [f"{language}0{stem.lower()}" for stem in _stemmer(language).stems(text)]


@lru_cache(maxsize=4096)
def stems_elsewhere(text: str) -> tuple[tuple[str, ...], ...]:
    """A short text by the rules of each of ``OTHERS`` in which it says anything."""
    return tuple(stems for language in OTHERS if (stems := tuple(stems_in(text, language))))


@lru_cache(maxsize=len(OTHERS) + 1)
def _stemmer(language: str = "fr") -> Stemmer:
    engine: Stemmer = installed_engines().create("stems.snowball", language=language)
    return engine


def index_verbatims(verbatim_ids: Sequence[int]) -> int:
    """Writes the stems of the masked words of these verbatims; those withdrawn or not yet masked leave the index.

    Call it in the transaction that changed the words. Returns how many are now findable.
    """
    index, done = word_index(connection.vendor), 0
    for ids in _batches(verbatim_ids):
        rows = Verbatim.objects.filter(pk__in=ids, withdrawn_at=None, masking_version__gt=0)
        words = rows.values_list("pk", "title", "text", "language")
        stems = [(pk, terms_of(f"{title}\n{text}", language)) for pk, title, text, language in words]
        known = {pk for pk, _ in stems}
        index.remove([pk for pk in ids if pk not in known])
        index.put(stems)
        done += len(stems)
    return done


def remove_verbatims(verbatim_ids: Sequence[int]) -> None:
    """Takes verbatims out of the index of words (withdrawn, erased)."""
    index = word_index(connection.vendor)
    for ids in _batches(verbatim_ids):
        index.remove(ids)


def rebuild() -> int:
    """Writes the whole index again. Returns how many verbatims are findable."""
    return index_verbatims(list(Verbatim.objects.order_by("pk").values_list("pk", flat=True)))


def _batches(ids: Sequence[int]) -> Iterator[list[int]]:
    rest = iter(ids)
    while batch := list(islice(rest, BATCH)):
        yield batch
