"""Groups of expectations as a reader may see them: how many say it, where, how dissatisfied, since when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from ecoute.directory.facade import Scope
from ecoute.discovery.models import ExpectationGroup, ExpectationPassage, Grouping
from ecoute.discovery.queries.columns import Rows, days, narrowed, per_quarter, rows_in
from ecoute.discovery.rules import SHARE_BASE, is_new, smallest
from ecoute.methods.statistics import Proportion, proportion
from ecoute.methods.statistics.disclosure import NEVER
from ecoute.methods.text.engines.discovery.wishes import best_name
from ecoute.verbatims.facade import CHANNELS, Body, Corpus, Filters, Selection, bodies, corpus_of

QUOTES = 2
NAMED_BY = 6  # central passages among which a name is looked for
SORTS = ("nombre", "insatisfaction", "recentes")
KINDS = {"formulees": False, "deduites": True}  # word of the address → implied


@dataclass(frozen=True, slots=True)
class Said:
    """A passage as quoted: the words, its evidence within them, and the verbatim it stands in."""

    body: Body
    text: str
    spans: tuple[tuple[int, int, str], ...]
    clause: str
    implied: bool


@dataclass(frozen=True, slots=True)
class Place:
    """A service or a channel and how many of the group's verbatims concern it."""

    value: Any
    label: str
    count: int


@dataclass(frozen=True)
class GroupView:
    """``count`` verbatims of the selection; ``said`` of them ask in words, the others imply it.

    ``share`` is among all verbatims of the selection. ``dissatisfied``: among those who declared their satisfaction;
    without a share when too few did. ``new_since``: nobody among ``before`` dated verbatims had said it earlier.
    """

    row: ExpectationGroup
    name: str
    count: int
    said: int
    share: Proportion
    dissatisfied: Proportion
    services: tuple[Place, ...]
    channels: tuple[Place, ...]
    first: date | None
    last: date | None
    new_since: date | None
    before: int
    quarters: tuple[tuple[str, int], ...]
    quotes: tuple[Said, ...]

    @property
    def implied(self) -> int:
        return self.count - self.said

    @property
    def named_by_person(self) -> bool:
        return bool(self.row.given_name)


@dataclass(frozen=True)
class _Found:
    row: ExpectationGroup
    passages: list[ExpectationPassage]
    rows: Rows


@dataclass(frozen=True)
class Expectations:
    """All groups for one reader and these filters. ``aside``: those that people set aside instead."""

    scope: Scope
    filters: Filters
    aside: bool = False
    sort: str = "nombre"
    kind: str = ""  # a key of ``KINDS``; empty: both

    @cached_property
    def corpus(self) -> Corpus:
        return corpus_of(self.scope)

    @cached_property
    def selection(self) -> Selection:
        found: Selection = self.corpus.select(self.filters)
        return found

    @cached_property
    def last(self) -> Grouping | None:
        return Grouping.objects.first()

    @cached_property
    def span(self) -> tuple[date, date] | None:
        return self.selection.period()

    @cached_property
    def _all_days(self) -> list[date]:
        import numpy as np

        return days(self.selection, np.flatnonzero(self.selection.rows))

    @property
    def base(self) -> int:
        return self.selection.size

    @property
    def is_filtered(self) -> bool:
        """How an expectation is said is a criterion as any other: it may leave few people of a group."""
        return not self.filters.is_empty or self.kind in KINDS

    @cached_property
    def found(self) -> list[_Found]:
        """Groups large enough to be shown, in the order asked for. Two queries."""
        kept = ExpectationGroup.objects.filter(set_aside_at__isnull=not self.aside)
        kept = kept if self.aside else kept.filter(current=True)
        of_group: dict[int, list[ExpectationPassage]] = defaultdict(list)
        passages = ExpectationPassage.objects.filter(group__in=kept)
        if self.kind in KINDS:
            passages = passages.filter(implied=KINDS[self.kind])
        for passage in passages.order_by("group_id", "rank", "pk"):
            of_group[passage.group_id].append(passage)
        limit = smallest(filtered=self.is_filtered)
        found = [self._found(row, of_group[row.pk]) for row in kept]
        return sorted((one for one in found if len(one.rows) >= limit), key=self._order)

    def _found(self, row: ExpectationGroup, passages: list[ExpectationPassage]) -> _Found:
        return _Found(row, passages, rows_in(self.selection, (p.verbatim_id for p in passages)))

    def _order(self, one: _Found) -> tuple[Any, ...]:
        size = -len(one.rows)
        if self.sort == "insatisfaction":
            unhappy = self._dissatisfied(one.rows)
            return (-(unhappy.low or 0), size, one.row.pk)
        if self.sort == "recentes":
            told = days(self.selection, one.rows)
            return (-(told[0].toordinal() if told else 0), size, one.row.pk)
        return (size, one.row.pk)

    def views(self, found: Sequence[_Found], quotes: int = QUOTES) -> list[GroupView]:
        """These groups with all that is shown of them. Two queries whatever their number."""
        wanted = {one.row.pk: self._central(one) for one in found}
        known = bodies([p.verbatim_id for ps in wanted.values() for p in ps], self.scope)
        return [self._view(one, wanted[one.row.pk], known, quotes) for one in found]

    def _central(self, one: _Found, limit: int = NAMED_BY) -> list[ExpectationPassage]:
        """The most central passages in the selection, one a verbatim."""
        mine = set(self.corpus.snapshot.ids[one.rows].tolist())
        chosen: dict[int, ExpectationPassage] = {}
        for passage in one.passages:
            if passage.verbatim_id in mine and passage.verbatim_id not in chosen:
                chosen[passage.verbatim_id] = passage
        return list(chosen.values())[:limit]

    def _view(self, one: _Found, central: list[ExpectationPassage], known: dict[int, Body], quotes: int) -> GroupView:
        said = [quote for quote in (quoted(p, known.get(p.verbatim_id)) for p in central) if quote is not None]
        mine = set(self.corpus.snapshot.ids[one.rows].tolist())
        explicit = {p.verbatim_id for p in one.passages if not p.implied} & mine
        told, group = days(self.selection, one.rows), narrowed(self.selection, one.rows)
        first = told[0] if told else None
        before = sum(day < first for day in self._all_days) if first else 0
        new = bool(first) and is_new(len(told), len(self._all_days) - before, before)
        return GroupView(
            row=one.row,
            name=one.row.given_name or best_name([quote.clause for quote in said]),
            count=len(one.rows),
            said=len(explicit),
            share=proportion(len(one.rows), self.base),
            dissatisfied=self._dissatisfied(one.rows),
            services=self._services(group),
            channels=_channels(group),
            first=first,
            last=told[-1] if told else None,
            new_since=first if new else None,
            before=before,
            quarters=tuple(per_quarter(told, self.span)) if self.span and told else (),
            quotes=tuple(said[:quotes]),
        )

    def _dissatisfied(self, rows: Rows) -> Proportion:
        counts = narrowed(self.selection, rows).count_by("satisfaction")
        declared = sum(counts.get(value, 0) for value in ("negative", "neutral", "positive"))
        if declared < SHARE_BASE:
            return Proportion(0, declared, None, None, None)
        return proportion(counts.get("negative", 0), declared)

    def _services(self, group: Selection) -> tuple[Place, ...]:
        """The finest services first named, those with enough verbatims to be told."""
        nodes = {node.id: node for node in self.corpus.dimensions.vocabulary.nodes}
        counts = group.count_by("service")
        parents = {nodes[pk].parent_id for pk, n in counts.items() if pk in nodes and n >= NEVER}
        shown = [
            Place(pk, nodes[pk].short_name or nodes[pk].name, n)
            for pk, n in counts.items()
            if pk in nodes and n >= NEVER and pk not in parents
        ]
        return tuple(sorted(shown, key=lambda place: (-place.count, place.label)))


def _channels(group: Selection) -> tuple[Place, ...]:
    counts = group.count_by("channel")
    shown = [
        Place(value, str(label), counts[value])
        for value, label in CHANNELS
        if counts.get(value, 0) >= NEVER and value != "unknown"
    ]
    return tuple(sorted(shown, key=lambda place: -place.count))


def quoted(passage: ExpectationPassage, body: Body | None) -> Said | None:
    """The passage in the words as they are masked now; None when they may not be read or changed since."""
    if body is None or body.masking_version != passage.masking_version:
        return None
    whole = body.body[passage.start : passage.end]
    text, shift = whole.strip(), passage.start + len(whole) - len(whole.lstrip())
    spans = [(max(a - shift, 0), min(b - shift, len(text)), "") for a, b in passage.evidence]
    start, end = passage.clause
    return Said(
        body, text, tuple(sorted(span for span in spans if span[0] < span[1])), body.body[start:end], passage.implied
    )


def all_said(asked: Expectations, one: _Found) -> list[ExpectationPassage]:
    """Every passage of the group in the selection, most central first, one a verbatim."""
    return asked._central(one, limit=len(one.passages))
