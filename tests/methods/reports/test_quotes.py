from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecoute.methods.reports.periods import all_starts, grain_for, next_start, start_of
from ecoute.methods.reports.quotes import CONTEXT, LONGEST, best, quote
from ecoute.methods.text.documents import Span

from .builders import coded, entry

pytestmark = pytest.mark.unit

LONG = "Bonjour à vous. " + "mot " * 60 + "Personne ne répond au téléphone. " + "suite " * 60


def test_evidence_is_marked_and_the_rest_is_context():
    one = entry(text=LONG)
    start = LONG.index("Personne")
    found = quote(one, coded(one), Span(start, start + 32), [Span(start, start + 8)])

    assert ("Personne", True) in found.parts
    assert found.parts[0] == ("… ", False)
    assert found.parts[-1] == (" …", False)
    assert len(found.text) <= 32 + 2 * CONTEXT + 4


def test_a_short_text_is_quoted_whole_with_its_line_feeds_shown():
    one = entry(title="Titre", text="Ligne une.\n\nLigne deux.")

    found = quote(one, coded(one), Span(0, 5))

    assert found.text == "Titre — Ligne une. — Ligne deux."


@given(st.text(alphabet="ab \n.", max_size=900), st.data())
def test_a_quote_says_only_words_of_the_text_and_never_too_many(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    one = entry(text=text)

    found = quote(one, coded(one), Span(start, end), [Span(start, end)])

    inside = "".join(words for words, _ in found.parts if words not in {"… ", " …"})
    assert "".join(inside.replace("—", "").split()) in "".join(text.split())
    assert len(inside) <= LONGEST + text.count("\n") * 3


def test_words_are_not_cut_in_the_middle():
    one = entry(text="complémentaire " * 60)

    found = quote(one, coded(one), Span(0, LONGEST))

    assert set(found.text.removesuffix(" …").split()) == {"complémentaire"}


def test_services_take_turns_in_the_quotes():
    candidates = []
    for i, service in enumerate(["A", "A", "A", "B"]):
        one = entry(str(i), text=f"Texte numéro {i} assez long pour être lu sans peine.", service=service)
        document = coded(one, [(f"Texte numéro {i} assez long pour être lu", ["phone"], "irritant", "negative")])
        candidates.append((one, document, document.segments[0], document.segments[0].themes[0]))

    assert [q.service for q in best(candidates, 2)] == ["A", "B"]


@given(st.dates(), st.dates(), st.sampled_from(["month", "quarter", "year"]))
def test_periods_follow_each_other_and_hold_both_ends(one, two, grain):
    first, last = min(one, two), max(one, two)
    if last.year - first.year > 60 or last.year > 9990:
        return

    starts = all_starts(first, last, grain)

    assert starts[0] <= first
    assert next_start(starts[-1], grain) > last
    assert all(next_start(a, grain) == b for a, b in pairwise(starts))
    assert start_of(last, grain) == starts[-1]


def test_the_grain_is_the_finest_that_holds_enough_words():
    from datetime import date

    days = [date(2024, m, d) for m in range(1, 13) for d in range(1, 21)]

    assert grain_for(days) == "month"
    assert grain_for(days[::4]) == "quarter"
    assert grain_for(days[::40]) == "year"
