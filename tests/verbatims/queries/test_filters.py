"""Addresses in, filters out, and back."""

from datetime import date

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from ecoute.verbatims.enums import Channel, NatureChoice
from ecoute.verbatims.queries.filters import Filters

pytestmark = pytest.mark.unit

SLUGS = st.text("abcdefghij-é&=+ ", min_size=1, max_size=12).map(str.strip).filter(bool)
FILTERS = st.builds(
    Filters,
    services=st.lists(st.integers(0, 10**6), max_size=3, unique=True).map(tuple),
    themes=st.lists(SLUGS, max_size=3, unique=True).map(tuple),
    natures=st.lists(st.sampled_from(NatureChoice.values), max_size=3, unique=True).map(tuple),
    channels=st.lists(st.sampled_from(Channel.values), max_size=3, unique=True).map(tuple),
    since=st.none() | st.dates(date(2000, 1, 1), date(2010, 1, 1)),
    until=st.none() | st.dates(date(2010, 1, 2), date(2030, 1, 1)),
    words=st.text(max_size=40).map(lambda text: " ".join(text.replace("\x00", "").split())),
    like=st.just("") | st.uuids().map(str),
)


@given(FILTERS)
def test_an_address_gives_back_its_filters(filters):
    read = Filters.from_query(QueryDict(filters.to_query()))

    assert read.problems == ()
    assert read.to_query() == filters.to_query()
    assert {name: sorted(getattr(read, name)) for name in ("services", "themes", "natures", "channels")} == {
        name: sorted(getattr(filters, name)) for name in ("services", "themes", "natures", "channels")
    }
    assert (read.since, read.until, read.words, read.like) == (
        filters.since,
        filters.until,
        filters.words,
        filters.like,
    )


@given(st.text(max_size=200))
def test_no_address_is_an_error(text):
    query = QueryDict(text)

    assert (
        Filters.from_query(query).to_query()
        == Filters.from_query(QueryDict(Filters.from_query(query).to_query())).to_query()
    )


def test_the_order_of_values_does_not_change_the_address():
    assert Filters(themes=("b", "a"), services=(2, 1)).to_query() == "service=1&service=2&theme=a&theme=b"


def test_adding_and_taking_off():
    filters = Filters().adding("themes", "a").adding("themes", "a").adding("themes", "b")

    assert filters.themes == ("a", "b")
    assert filters.without("themes", "a").themes == ("b",)
    assert filters.without("themes").is_empty


def test_an_upside_down_period_is_put_right():
    filters = Filters.from_query(QueryDict("du=2024-02-01&au=2024-01-01"))

    assert (filters.since, filters.until) == (date(2024, 1, 1), date(2024, 2, 1))
