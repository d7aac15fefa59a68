"""Views that somebody saved or that others share with them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.http import QueryDict

from ecoute.directory.facade import Scope, scope_of
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
    """Those of ``user``, then those shared by others that ``_fits`` lets through. One query, and two an owner."""
    rows = SavedView.objects.filter(Q(owner_id=user.pk) | Q(shared=True)).select_related("owner").order_by("name", "pk")
    scopes: dict[int, Scope] = {}
    lines = [
        _line(row, user, corpus, query)
        for row in rows
        if row.owner_id == user.pk or _fits(row, corpus.scope, _scope_of_owner(row, scopes))
    ]
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


def _scope_of_owner(row: SavedView, known: dict[int, Scope]) -> Scope:
    if row.owner_id not in known:
        known[row.owner_id] = scope_of(row.owner)
    return known[row.owner_id]


def _fits(row: SavedView, reader: Scope, owner: Scope) -> bool:
    """Whether a shared view concerns the reader: its name, its words and its owner tell what the owner looks for.

    Its readers may read all that its owner may, or all the services that it names, which its owner may still read.
    """
    if reader.everything:
        return True
    if owner.service_ids and not owner.everything and owner.service_ids <= reader.service_ids:
        return True
    services = filters_of(row).services
    return bool(services) and all(reader.allows(one) and owner.allows(one) for one in services)
