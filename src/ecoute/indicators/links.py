"""Addresses of the words behind the figures."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from ecoute.indicators.queries.periods import span_of_key
from ecoute.verbatims.facade import Filters

EXPLORER = "verbatims:explorer"


def words_behind(filters: Filters, **more: Any) -> str:
    """The explorer's address with these filters and ``more`` (values as ``Filters`` takes them)."""
    query = filters.with_(**more).to_query() if more else filters.to_query()
    return f"{reverse(EXPLORER)}?{query}" if query else reverse(EXPLORER)


def words_of_period(filters: Filters, key: str) -> str:
    """The same, narrowed to a period of a series."""
    span = span_of_key(key)
    return words_behind(filters, since=span.since, until=span.until)


def page(name: str, filters: Filters, **arguments: Any) -> str:
    """A page of the indicators with the same filters."""
    query = filters.to_query()
    address = reverse(f"indicators:{name}", kwargs=arguments or None)
    return f"{address}?{query}" if query else address


def theme(filters: Filters, slug: str) -> str:
    """The page of a theme, with the same filters."""
    return page("theme", filters.without("themes"), slug=slug)
