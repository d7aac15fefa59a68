"""What is left of decisions, and where the same words stand in another text."""

from dataclasses import dataclass

import pytest

from ecoute.verbatims.actions.hidden_words import hidden_places, in_force, same_neighbours

pytestmark = pytest.mark.unit


@dataclass
class Decided:
    start: int
    end: int
    kind: str = "name"


def left(raw, *decisions):
    return [(raw[one.start : one.end], one.kind) for one in in_force(raw, decisions)]


def found(raw, text, *decisions):
    return [text[one.start : one.end] for one in hidden_places(raw, decisions, text)]


def test_the_later_of_two_contrary_decisions_wins():
    raw = "Jean Petit dort"

    assert left(raw, Decided(0, 10), Decided(0, 4, "")) == [("Petit", "name"), ("Jean", "")]
    assert left(raw, Decided(0, 4, ""), Decided(0, 10)) == [("Jean Petit", "name")]
    assert left(raw, Decided(4, 5), Decided(90, 99)) == []


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("ZOÉ, Zoélie et zoé", ["ZOÉ", "zoé"]),
        ("Zoe\u0301 !", ["Zoe\u0301"]),
        ("Anne", []),
    ],
)
def test_whole_words_are_found_in_any_form(text, places):
    assert found("Vu Zoé ici", text, Decided(3, 6)) == places


def test_part_of_a_word_is_found_in_words():
    assert found("ref12345", "ref12345, 12345", Decided(3, 8)) == ["12345", "12345"]


def test_the_same_words_between_other_words_are_others():
    raw, text = "de Rennes est", "à Rennes est, de Rennes  est"
    [said] = in_force(raw, [Decided(3, 9, "")])

    assert [place.start for place in same_neighbours(raw, said, text)] == [17]


def test_thousands_of_places_are_read_at_once():
    raw = "zoé " * 5_000
    decisions = [Decided(at, at + 3) for at in range(0, len(raw), 4)]

    assert len(hidden_places(raw, decisions, raw)) == 5_000
