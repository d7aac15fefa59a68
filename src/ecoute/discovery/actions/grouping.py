"""Putting together what is asked for: a job, after each analysis."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db import transaction

from ecoute.core.jobs import enqueue
from ecoute.core.jobs.meter import Meter
from ecoute.core.models import Job
from ecoute.discovery.models import ExpectationGroup, ExpectationPassage, Grouping
from ecoute.methods.text.documents import Span
from ecoute.methods.text.engines.discovery.wishes import WishGroup, WishGrouper
from ecoute.methods.text.engines.nature.clauses import clause_of, says_something
from ecoute.methods.text.engines.nature.lacks import Lacks
from ecoute.methods.text.ports import Embedder, Vectors
from ecoute.methods.text.registry import installed_engines
from ecoute.methods.text.threads import one_thread
from ecoute.verbatims.facade import Passage, passages

NATURES = ("expectation", "irritant", "fact", "question")
MOST = 30_000  # passages grouped at most, the newest: memory stays bounded
EMBEDDED = 500  # passages at a time
SAME = 0.5  # share of a group's verbatims found together again for it to be the same group


@dataclass(frozen=True, slots=True)
class Wish:
    """A passage that asks for something, or implies it; ``clause`` are the words that say it."""

    verbatim_id: int
    masking_version: int
    start: int
    end: int
    clause: Span
    words: str
    evidence: tuple[tuple[int, int], ...]
    implied: bool


def enqueue_grouping(*, by: Any) -> Job:
    """Asks for expectations to be grouped anew; asked while that runs, it runs once more afterwards."""
    return enqueue("discovery.group", by=by, key="discovery.group", again=True)


def group_expectations(progress: Meter) -> dict[str, int]:
    """Groups all passages that ask for something. A group found again keeps its name and what people decided.

    Returns the counts as JSON for the job's result. Repeatable: the same words give the same groups.
    """
    wishes = list(found_wishes())[-MOST:]
    progress.total(len(wishes))
    vectors = _embedded([wish.words for wish in wishes], progress)
    grouper = WishGrouper()
    with one_thread():
        groups = grouper.group([str(w.verbatim_id) for w in wishes], [w.words for w in wishes], vectors)
    engine = f"{grouper.name} {grouper.version}"
    implied = sum(wish.implied for wish in wishes)
    alone = len(wishes) - sum(len(group.members) for group in groups)
    with transaction.atomic():
        _store(groups, wishes, engine)
        Grouping.objects.create(engine=engine, explicit=len(wishes) - implied, implied=implied, alone=alone)
    return {"groups": len(groups), "explicit": len(wishes) - implied, "implied": implied, "alone": alone}


def found_wishes() -> Iterator[Wish]:
    """Expectations said in words, then lacks that imply one; formulas of politeness left out. In order of verbatim."""
    lacks = Lacks()
    for passage in passages(NATURES):
        explicit = passage.nature == "expectation"
        spans = _own(passage) if explicit else tuple(lacks.find(passage.text, passage.nature))
        if explicit or spans:
            clause = clause_of(passage.text, spans)
            words = passage.text[clause.start : clause.end]
            if says_something(words):
                yield _wish(passage, clause, words, spans, implied=not explicit)


def _own(passage: Passage) -> tuple[Span, ...]:
    """The evidence of a passage counted from its beginning."""
    shift = passage.start
    return tuple(Span(max(a - shift, 0), b - shift) for a, b in passage.evidence if shift <= a < passage.end)


def _wish(passage: Passage, clause: Span, words: str, spans: Sequence[Span], *, implied: bool) -> Wish:
    at = passage.start
    return Wish(
        verbatim_id=passage.verbatim_id,
        masking_version=passage.masking_version,
        start=passage.start,
        end=passage.end,
        clause=Span(clause.start + at, clause.end + at),
        words=words,
        evidence=tuple((span.start + at, min(span.end + at, passage.end)) for span in spans),
        implied=implied,
    )


def _embedded(texts: Sequence[str], progress: Meter) -> Vectors:
    embedder: Embedder = installed_engines().create("embedding.use")
    parts = [np.zeros((0, embedder.dimensions), np.float32)]
    for at in range(0, len(texts), EMBEDDED):
        with one_thread():
            parts.append(embedder.embed(texts[at : at + EMBEDDED]))
        progress.advance(len(parts[-1]))
    result: Vectors = np.vstack(parts)
    return result


def _store(groups: Sequence[WishGroup], wishes: Sequence[Wish], engine: str) -> None:
    """Groups found again keep their row; those gone are dropped unless a person judged them."""
    known: dict[int, set[int]] = defaultdict(set)
    for group_id, verbatim_id in ExpectationPassage.objects.values_list("group_id", "verbatim_id"):
        known[group_id].add(verbatim_id)
    fresh = [{wishes[i].verbatim_id for i in group.members} for group in groups]
    same = matched(known, fresh)
    rows = ExpectationGroup.objects.in_bulk()
    kept = [rows.get(same.get(at, 0)) or ExpectationGroup() for at in range(len(groups))]
    for row, group in zip(kept, groups, strict=True):
        row.cohesion, row.engine, row.current = group.cohesion, engine, True
        row.save()
    found = {row.pk for row in kept}
    gone = [row for pk, row in rows.items() if pk not in found]
    judged = [row.pk for row in gone if row.given_name or row.set_aside_at]
    ExpectationPassage.objects.filter(group_id__in=found).delete()
    ExpectationGroup.objects.filter(pk__in=[row.pk for row in gone]).exclude(pk__in=judged).delete()
    ExpectationGroup.objects.filter(pk__in=judged).update(current=False)
    passages_ = [p for row, group in zip(kept, groups, strict=True) for p in _passages(row, group, wishes)]
    ExpectationPassage.objects.bulk_create(passages_, batch_size=200)


def matched(known: dict[int, set[int]], fresh: Sequence[set[int]]) -> dict[int, int]:
    """Place of a fresh group → id of the known group it is: at least ``SAME`` of the known group's verbatims are in it,
    each known group is found again once, the best match first."""
    shares = sorted(
        (
            (len(old & new) / len(old), len(old & new), -pk, at)
            for pk, old in known.items()
            for at, new in enumerate(fresh)
            if old and len(old & new) >= SAME * len(old)
        ),
        reverse=True,
    )
    found: dict[int, int] = {}
    taken: set[int] = set()
    for _share, _size, minus, at in shares:
        if at not in found and -minus not in taken:
            found[at] = -minus
            taken.add(-minus)
    return found


def _passages(row: ExpectationGroup, group: WishGroup, wishes: Sequence[Wish]) -> Iterator[ExpectationPassage]:
    for rank, at in enumerate(group.members):
        wish = wishes[at]
        yield ExpectationPassage(
            group=row,
            verbatim_id=wish.verbatim_id,
            masking_version=wish.masking_version,
            start=wish.start,
            end=wish.end,
            clause=[wish.clause.start, wish.clause.end],
            evidence=[list(span) for span in wish.evidence],
            implied=wish.implied,
            rank=rank,
        )
