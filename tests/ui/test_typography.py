"""Numbers, shares and dates as French and English readers write them."""

import datetime as dt

import pytest
from django.utils import translation

from ecoute.ui import typography

pytestmark = pytest.mark.unit
NARROW, SPACE, MINUS = "\u202f", "\u00a0", "\u2212"


@pytest.mark.parametrize(
    ("value", "digits", "written"),
    [
        (None, None, "—"),
        ("", None, "—"),
        (0, None, "0"),
        (1234567, None, f"1{NARROW}234{NARROW}567"),
        (-12, None, f"{MINUS}12"),
        (3.25, None, "3,2"),
        (1234.5, 2, f"1{NARROW}234,50"),
        ("environ dix", None, "environ dix"),
    ],
)
def test_numbers_in_french(value, digits, written):
    assert typography.number(value, digits) == written


def test_numbers_in_english():
    with translation.override("en"):
        assert (typography.number(1234567), typography.number(3.5), typography.percent(0.42)) == (
            "1,234,567",
            "3.5",
            "42%",
        )


@pytest.mark.parametrize(
    ("share", "written"), [(None, "—"), (0, f"0{SPACE}%"), (0.418, f"42{SPACE}%"), (0.0004, f"<{SPACE}1{SPACE}%")]
)
def test_shares_in_french(share, written):
    assert typography.percent(share) == written


@pytest.mark.parametrize(
    ("value", "long", "short"),
    [
        (dt.date(2026, 5, 19), "mardi 19 mai 2026", "19 mai 2026"),
        (dt.date(2026, 5, 1), "vendredi 1er mai 2026", "1er mai 2026"),
        ("2026-05-19", "mardi 19 mai 2026", "19 mai 2026"),
        (None, "—", "—"),
        ("bientôt", "—", "—"),
    ],
)
def test_dates_in_french(value, long, short):
    assert (typography.long_date(value), typography.short_date(value)) == (long, short)


def test_a_moment_is_told_in_the_time_of_paris():
    moment = dt.datetime(2026, 5, 18, 22, 5, tzinfo=dt.UTC)

    assert typography.long_moment(moment) == "mardi 19 mai 2026 à 0 h 05"


def test_dates_in_english():
    with translation.override("en"):
        assert typography.long_date(dt.date(2026, 5, 1)) == "Friday 1 May 2026"
