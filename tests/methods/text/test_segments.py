"""Segments: where a text is cut, and that no word is lost."""

import re
import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecoute.methods.text.engines.segments.clauses import MAX_WORDS, ClauseSegmenter

pytestmark = pytest.mark.unit
SEGMENTER = ClauseSegmenter()


def pieces(text: str) -> list[str]:
    return [text[s.start : s.end] for s in SEGMENTER.segment(text, "fr")]


def test_sentences_and_lines_are_cut() -> None:
    text = "Mon titre\nPremière phrase. Deuxième phrase !\nTroisième"
    assert pieces(text) == ["Mon titre", "Première phrase.", "Deuxième phrase !", "Troisième"]


def test_a_strong_contrast_is_cut() -> None:
    assert pieces("L'accueil est parfait, mais le site ne marche pas.") == [
        "L'accueil est parfait,",
        "mais le site ne marche pas.",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Non seulement rapide mais aussi très clair.",
        "M. Durand est venu.",
        "Bien mais long.",
        "Le coût est de 3.50 euros.",
    ],
)
def test_these_stay_whole(text: str) -> None:
    assert pieces(text) == [text]


def test_a_missing_space_after_a_full_stop_still_cuts() -> None:
    assert pieces("J'ai écrit.Aucune réponse.") == ["J'ai écrit.", "Aucune réponse."]


def test_a_text_without_punctuation_is_cut_in_bounded_pieces() -> None:
    assert max(len(p.split()) for p in pieces("mot " * 1000)) <= MAX_WORDS + 1


@pytest.mark.parametrize("text", ["", "   ", "\n"])
def test_nothing_gives_no_segment(text: str) -> None:
    assert pieces(text) == []


def test_emoji_alone_are_one_segment() -> None:
    assert pieces("😀😀 😀") == ["😀😀 😀"]


def test_a_hundred_thousand_characters_take_bounded_time() -> None:
    start = time.process_time()
    assert len(pieces("Je suis venu, mais rien. " * 4000)) >= 4000
    assert time.process_time() - start < 10


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="ab é.,!?\n;-'mais😀A", max_size=300))
def test_segments_are_ordered_apart_and_cover_every_word(text: str) -> None:
    spans = SEGMENTER.segment(text, "fr")
    assert all(a.end <= b.start for a, b in pairwise(spans))
    covered = [any(s.start <= m.start() and m.end() <= s.end for s in spans) for m in re.finditer(r"\w", text)]
    assert all(covered)
