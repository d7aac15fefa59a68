"""Periods as short as the counts allow, and the one to compare with."""

from datetime import date

import pytest

from ecoute.indicators.enums import Grain
from ecoute.indicators.queries.periods import (
    Span,
    compared,
    grain_for,
    last_months,
    months_later,
    periods_of,
    previous,
    span_of_key,
)

pytestmark = pytest.mark.unit

YEAR = Span(date(2022, 1, 1), date(2022, 12, 31))


def test_months_are_used_when_five_answers_of_the_rarer_kind_are_expected_in_each():
    assert grain_for(YEAR, rarest=60) is Grain.MONTH
    assert grain_for(YEAR, rarest=59) is Grain.QUARTER
    assert grain_for(YEAR, rarest=19) is Grain.YEAR


def test_a_long_series_takes_longer_periods_however_many_the_answers():
    assert grain_for(Span(date(2015, 1, 1), date(2022, 12, 31)), rarest=100_000) is Grain.QUARTER


def test_periods_leave_none_out():
    span = Span(date(2021, 11, 15), date(2022, 2, 3))

    assert periods_of(span, Grain.MONTH) == ["2021-11", "2021-12", "2022-01", "2022-02"]
    assert periods_of(span, Grain.QUARTER) == ["2021-Q4", "2022-Q1"]
    assert periods_of(span, Grain.YEAR) == ["2021", "2022"]


def test_a_key_gives_back_its_days():
    assert span_of_key("2024-02") == Span(date(2024, 2, 1), date(2024, 2, 29))
    assert span_of_key("2023-Q4") == Span(date(2023, 10, 1), date(2023, 12, 31))
    assert span_of_key("2023") == Span(date(2023, 1, 1), date(2023, 12, 31))


def test_the_end_of_a_month_stays_the_end_of_a_shorter_one():
    assert months_later(date(2023, 3, 31), -1) == date(2023, 2, 28)


def test_before_whole_months_come_whole_months():
    assert previous(YEAR) == Span(date(2021, 1, 1), date(2021, 12, 31))
    assert previous(Span(date(2023, 3, 1), date(2023, 3, 31))) == Span(date(2023, 2, 1), date(2023, 2, 28))


def test_before_other_periods_come_as_many_days():
    assert previous(Span(date(2023, 5, 10), date(2023, 5, 19))) == Span(date(2023, 4, 30), date(2023, 5, 9))


def test_the_last_twelve_months_end_with_the_words_known_not_today():
    known = Span(date(2019, 1, 9), date(2023, 10, 5))

    now, before = compared(None, known)

    assert now == Span(date(2022, 10, 6), date(2023, 10, 5)) == last_months(date(2023, 10, 5), 12)
    assert before == Span(date(2021, 10, 6), date(2022, 10, 5))
