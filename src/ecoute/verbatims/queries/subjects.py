"""Subjects proposed by the machine, as a reader may see them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import QuerySet

from ecoute.directory.facade import Scope
from ecoute.methods.text.engines.discovery.stability import FRAGILE
from ecoute.verbatims.columns.corpus import Corpus, corpus_of
from ecoute.verbatims.models import DiscoveredSubject, Verbatim, VerbatimService
from ecoute.verbatims.queries.growth import Growth, growths

QUOTES = 3
SMALLEST = 5  # fewer readable members than this: not shown (a handful of people would be recognised)


@dataclass(frozen=True, slots=True)
class SubjectView:
    """A proposal: ``count`` verbatims the reader may read, and the most central of them.

    ``stability``: see ``methods.text.engines.discovery.stability``; None: not tried. ``quarters``: quarter → how many.
    """

    pk: int
    name: str
    phrases: tuple[str, ...]
    count: int
    cohesion: float
    quotes: tuple[Verbatim, ...]
    stability: float | None = None
    first_said_on: date | None = None
    quarters: tuple[tuple[str, int], ...] = ()
    growth: Growth | None = None

    @property
    def fragile(self) -> bool:
        return self.stability is not None and self.stability < FRAGILE

    @property
    def rising(self) -> bool:
        """Whether it is said more than before, surely (Holm over all subjects shown)."""
        return self.growth is not None and self.growth.sure and self.growth.after > self.growth.before


def proposed_subjects(scope: Scope) -> list[SubjectView]:
    """Proposals within the reader's services, largest first. At most three queries, and those of the columns.

    In a narrow scope, one more a proposal: its phrases come from everybody's words, and only those said by people the
    reader may read are shown.
    """
    rows = list(DiscoveredSubject.objects.filter(state=DiscoveredSubject.State.PROPOSED).order_by("pk"))
    readable = None if scope.everything else _readable({pk for row in rows for pk in row.members}, scope)
    central = Verbatim.objects.filter(pk__in={pk for row in rows for pk in row.exemplars}, withdrawn_at=None)
    known = central.only("pk", "uid", "title", "text", "said_on", "channel").in_bulk()
    views = [_view(row, known, readable) for row in rows]
    shown = sorted((view for view in views if view.count >= SMALLEST), key=lambda view: -view.count)
    return with_growth(shown, {row.pk: row.members for row in rows}, readable, corpus_of(scope) if shown else None)


def _readable(ids: set[int], scope: Scope) -> set[int]:
    concerned = VerbatimService.objects.filter(verbatim_id__in=ids, service_id__in=scope.service_ids)
    return set(concerned.values_list("verbatim_id", flat=True))


def rejected_subjects() -> QuerySet[DiscoveredSubject]:
    """What was set aside, newest first."""
    return DiscoveredSubject.objects.filter(state=DiscoveredSubject.State.REJECTED).order_by("-pk")


def _view(row: DiscoveredSubject, known: dict[int, Verbatim], readable: set[int] | None) -> SubjectView:
    count = len(row.members) if readable is None else len(readable.intersection(row.members))
    central = [known[pk] for pk in row.exemplars if pk in known and (readable is None or pk in readable)]
    name, phrases = row.name, tuple(row.phrases)
    if readable is not None and count >= SMALLEST:
        phrases = _said(phrases, readable.intersection(row.members))
        name, count = ", ".join(phrases[:3]).capitalize(), count if phrases else 0
    return SubjectView(row.pk, name, phrases, count, row.cohesion, tuple(central[:QUOTES]), row.stability)


def with_growth(
    views: Sequence[SubjectView], members: dict[int, list[int]], readable: set[int] | None, corpus: Corpus | None
) -> list[SubjectView]:
    """The same with when they were said and whether that grows, among the verbatims of the reader."""
    if corpus is None:
        return list(views)
    mine = [members[v.pk] if readable is None else [pk for pk in members[v.pk] if pk in readable] for v in views]
    return [
        replace(view, first_said_on=told.first, quarters=told.quarters, growth=told.growth)
        for view, told in zip(views, growths(corpus, mine), strict=True)
    ]


def _said(phrases: Sequence[str], ids: set[int]) -> tuple[str, ...]:
    """Those of the phrases that at least two of these verbatims say."""
    bodies = Verbatim.objects.filter(pk__in=ids, withdrawn_at=None).order_by("pk").values_list("title", "text")
    texts = [f"{title}\n{text}".casefold() for title, text in bodies]
    return tuple(phrase for phrase in phrases if sum(phrase.casefold() in text for text in texts) >= 2)
