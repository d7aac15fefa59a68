import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecoute.methods.charts import ENGLISH, FRENCH, locale_for
from ecoute.methods.charts.lettering import clip, width_of, wrap
from ecoute.methods.charts.scales import ticks

pytestmark = pytest.mark.unit


def test_french_numbers():
    assert FRENCH.integer(1234567) == "1\u202f234\u202f567"
    assert FRENCH.number(-1234.56, 1) == "\u22121\u202f234,6"
    assert FRENCH.share(0.123) == "12\u00a0%"
    assert FRENCH.share(0.004) == "<\u00a01\u00a0%"
    assert FRENCH.share(0) == "0\u00a0%"
    assert FRENCH.share(None) == "—"
    assert FRENCH.interval(0.12, 0.18) == "12–18\u00a0%"
    assert FRENCH.number(-0.04, 1) == "0,0"


def test_english_numbers():
    assert (ENGLISH.integer(1234), ENGLISH.number(3.25, 2), ENGLISH.share(0.5)) == ("1,234", "3.25", "50%")


def test_both_languages_know_the_same_words():
    assert FRENCH.words.keys() == ENGLISH.words.keys()
    assert (locale_for("en-GB"), locale_for("fr"), locale_for("pt")) == (ENGLISH, FRENCH, FRENCH)


@given(st.text(min_size=1, max_size=80), st.floats(20, 300))
def test_clipped_text_fits(text, room):
    cut = clip(text, room)

    assert cut == text or (cut.endswith("…") and width_of(cut) <= room + 1e-9)


@given(st.lists(st.text(alphabet="abcdefgh", min_size=1, max_size=9), min_size=1, max_size=12), st.floats(90, 400))
def test_wrapped_text_keeps_its_words_unless_it_says_so(words, room):
    text = " ".join(words)

    lines = wrap(text, room, lines=3)

    assert len(lines) <= 3
    assert " ".join(lines) == text or any(line.endswith("…") for line in lines)
    assert all(width_of(line) <= room + 1e-9 for line in lines)


@given(st.floats(0, 1e6), st.floats(0.001, 1e6))
def test_ticks_cover_the_figures_with_few_marks(low, span):
    marks = ticks(low, low + span)

    assert marks[0] <= low + 1e-6 * span
    assert marks[-1] >= low + span - 1e-6 * span - 1e-9
    assert 2 <= len(marks) <= 8
