"""Views that somebody saved or that others share with them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.http import QueryDict

from ecoute.directory.facade import Scope
from ecoute.verbatims.columns.corpus import Corpus
from ecoute.verbatims.models import SavedView

from .filter_chips import described
from .filters import Filters


@dataclass(frozen=True, slots=True)
class ViewLine:
    """A saved view as a list shows it. ``mine``: it may be renamed and deleted."""

    id: int
    name: str
    query: str
    shared: bool
    mine: bool
    owner: str
    words: tuple[str, ...]
    current: bool = False


def views_for(user: Any, corpus: Corpus, query: str = "") -> list[ViewLine]:
    """Those of ``user``, then those shared by others about services that ``user`` may read. One query."""
    rows = SavedView.objects.filter(Q(owner_id=user.pk) | Q(shared=True)).select_related("owner").order_by("name", "pk")
    lines = [_line(row, user, corpus, query) for row in rows if row.owner_id == user.pk or _fits(row, corpus.scope)]
    return sorted(lines, key=lambda line: not line.mine)


def _line(row: SavedView, user: Any, corpus: Corpus, query: str) -> ViewLine:
    return ViewLine(
        id=row.pk,
        name=row.name,
        query=row.query,
        shared=row.shared,
        mine=row.owner_id == user.pk,
        owner=str(row.owner),
        words=tuple(described(corpus, filters_of(row))),
        current=row.query == query,
    )


def filters_of(row: SavedView) -> Filters:
    return Filters.from_query(QueryDict(row.query))


def _fits(row: SavedView, scope: Scope) -> bool:
    return all(scope.allows(service) for service in filters_of(row).services)
