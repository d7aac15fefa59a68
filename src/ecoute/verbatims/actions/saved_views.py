"""Keeping, naming, sharing and deleting sets of filters."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import QueryDict

from ecoute.verbatims.models import SavedView
from ecoute.verbatims.queries.explorer import ORDERS, query_of
from ecoute.verbatims.queries.filters import Filters

MAX_QUERY = 2_000


class NameTakenError(ValueError):
    """``by`` already has a view of that name."""


@transaction.atomic
def save_view(*, name: str, query: str, shared: bool = False, by: Any) -> SavedView:
    """Keeps the filters and the order that ``query`` asks for, in canonical form, under a name.

    Raises ``NameTakenError``; ``ValueError`` for an empty name or a query too long to be kept.
    """
    name, query = _name(name), canonical(query)
    if len(query) > MAX_QUERY:
        raise ValueError("query too long")
    if SavedView.objects.filter(owner=by, name=name).exists():
        raise NameTakenError(name)
    return SavedView.objects.create(owner=by, name=name, query=query, shared=shared)


@transaction.atomic
def change_view(*, view: SavedView, name: str, shared: bool, by: Any) -> SavedView:
    """Renames a view of ``by``, shares it or not. Raises as ``save_view``; ``PermissionError`` for somebody else's."""
    _check_owner(view, by)
    view.name, view.shared = _name(name), shared
    if SavedView.objects.filter(owner=by, name=view.name).exclude(pk=view.pk).exists():
        raise NameTakenError(view.name)
    view.save(update_fields=["name", "shared"])
    return view


@transaction.atomic
def delete_view(*, view: SavedView, by: Any) -> dict[str, Any]:
    """Deletes a view of ``by``; gives what ``save_view`` needs to bring it back. ``PermissionError`` for another's."""
    _check_owner(view, by)
    view.delete()
    return {"name": view.name, "query": view.query, "shared": view.shared}


def canonical(query: str) -> str:
    """The filters and the order of a query, nothing else of it."""
    asked = QueryDict(query.lstrip("?"))
    order = asked.get("tri", "")
    return query_of(Filters.from_query(asked), order if order in ORDERS else "")


def _name(name: str) -> str:
    written = " ".join(name.split())[:120]
    if not written:
        raise ValueError("a view needs a name")
    return written


def _check_owner(view: SavedView, by: Any) -> None:
    if view.owner_id != by.pk:
        raise PermissionError("this view belongs to somebody else")
