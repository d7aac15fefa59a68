"""Keeping the index of words in step with the masked words, inside the transaction that writes them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice

from django.db import connection

from ecoute.methods.text.ports import Stemmer
from ecoute.methods.text.registry import installed_engines
from ecoute.verbatims.models import Verbatim

from .engines import word_index

BATCH = 1_000


@lru_cache(maxsize=4096)
def stems_of_word(text: str) -> tuple[str, ...]:
    """Stems of a short text (a question, a word to highlight)."""
    return tuple(stems_of(text))


def stems_of(text: str) -> list[str]:
    """Search terms of a text, in order: the same engine for what is stored and for what is asked."""
    return [stem.lower() for stem in _stemmer().stems(text)]


@lru_cache(maxsize=1)
def _stemmer() -> Stemmer:
    engine: Stemmer = installed_engines().create("stems.snowball")
    return engine


def index_verbatims(verbatim_ids: Sequence[int]) -> int:
    """Writes the stems of the masked words of these verbatims; those withdrawn or not yet masked leave the index.

    Call it in the transaction that changed the words. Returns how many are now findable.
    """
    index, done = word_index(connection.vendor), 0
    for ids in _batches(verbatim_ids):
        rows = Verbatim.objects.filter(pk__in=ids, withdrawn_at=None, masking_version__gt=0)
        stems = [(pk, stems_of(f"{title}\n{text}")) for pk, title, text in rows.values_list("pk", "title", "text")]
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
