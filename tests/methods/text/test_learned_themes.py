"""The coder that learned: cues lead on the first day, people's corrections after; doubt is an answer."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from ecoute.methods.text.codebooks import Codebook, Theme
from ecoute.methods.text.documents import Span
from ecoute.methods.text.engines.themes.learned import LearnedThemeCoder, weight_of
from ecoute.methods.text.learning import Example, LearnedThemes, learn
from ecoute.methods.text.ports import BatchThemeCoder, Passages
from ecoute.methods.text.registry import installed_engines

pytestmark = pytest.mark.unit

WORDS = ["linge", "drap", "serviette", "parking", "voiture", "place", "merci", "bonjour"]
BOOK = Codebook(
    slug="essai",
    version="3",
    themes=(
        Theme("linge", "Linge", "Laundry", examples_fr=("Du linge sale.",), cues=("linge", "!linge de table")),
        Theme("auto", "Stationnement", "Parking", examples_fr=("Le parking.",), cues=("parking",)),
    ),
)


class Letters:
    """A tiny encoder: one direction a known word."""

    name, version, network, dimensions = "letters", "1", False, len(WORDS) + 1

    def embed(self, texts):
        rows = np.array([[*(word in text.lower() for word in WORDS), 0.3] for text in texts], np.float32)
        rows = rows.reshape(len(texts), self.dimensions)
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def taught(n: int) -> list[Example]:
    laundry = [Example(f"Les draps du lit {i}, drap usé", frozenset({"linge"}), frozenset({"auto"})) for i in range(n)]
    parking = [Example(f"La voiture {i}, pas de place", frozenset({"auto"}), frozenset({"linge"})) for i in range(n)]
    return laundry + parking


def coder_after(n: int) -> LearnedThemeCoder:
    sentences = [Example(text, frozenset({t.slug})) for t in BOOK.leaves() for text in t.examples]
    cues = {theme.slug: theme.cues for theme in BOOK.leaves()}
    learned = learn(sentences + taught(n), ["linge", "auto"], Letters(), cues=cues)
    again = LearnedThemes.from_bytes(learned.to_bytes())
    return LearnedThemeCoder(BOOK, Letters(), again, 7, {"linge": 2 * n, "auto": 2 * n})


def codes_of(coder: LearnedThemeCoder, text: str):
    return coder.code(text, [Span(0, len(text))], Letters().embed([text]), "fr")[0]


def given(coder: LearnedThemeCoder, text: str) -> set[str]:
    return {code.theme for code in codes_of(coder, text) if code.sure}


def test_a_cue_gives_its_theme_on_the_first_day_with_its_words_as_evidence():
    [code] = [code for code in codes_of(coder_after(0), "Le linge revenait taché") if code.sure]

    assert (code.theme, code.engine) == ("linge", "learned-themes 7/essai-3")
    assert code.evidence == (Span(3, 8),)
    assert 0.5 <= code.confidence < 1


def test_what_people_taught_is_given_without_any_cue():
    text = "Le drap du lit était usé"

    assert "linge" not in given(coder_after(0), text)
    assert given(coder_after(30), text) == {"linge"}


def test_a_codebook_without_cues_is_given_on_the_first_day_by_what_its_sentences_teach():
    bare = Codebook("nu", "1", tuple(replace(theme, cues=()) for theme in BOOK.themes))
    said = {
        "linge": ("Du linge sale", "Un drap usé", "La serviette"),
        "auto": ("Le parking", "Ma voiture", "Une place"),
    }
    sentences = [Example(f"{text} {n}", frozenset({slug})) for slug in said for text in said[slug] for n in range(3)]
    learned = learn(sentences, ["linge", "auto"], Letters(), cues={})
    coder = LearnedThemeCoder(bare, Letters(), learned, 1, {})

    assert given(coder, "Du linge sale.") == {"linge"}


def test_evidence_without_a_cue_is_the_words_that_weighed_most():
    text = "Bonjour, le drap du lit était usé, merci"
    [code] = [code for code in codes_of(coder_after(30), text) if code.theme == "linge"]

    assert any("drap" in text[span.start : span.end] for span in code.evidence)
    assert all(0 <= span.start < span.end <= len(text) for span in code.evidence)


def test_a_forbidding_cue_is_heard_on_the_first_day():
    assert given(coder_after(0), "Le linge de table est joli") == set()


def test_many_texts_at_once_are_coded_as_one_by_one():
    coder, texts = coder_after(10), ["Le linge sale", "", "Pas de place pour la voiture. Merci"]
    passages = [
        Passages(texts[0], [Span(0, 13)], Letters().embed([texts[0]])),
        Passages(texts[1], [], Letters().embed([])),
        Passages(texts[2], [Span(0, 29), Span(30, 35)], Letters().embed([texts[2][:29], texts[2][30:]])),
    ]

    together = coder.code_many(passages)

    assert isinstance(coder, BatchThemeCoder)
    assert together == [coder.code(p.text, p.spans, p.vectors, "fr") for p in passages]
    assert [len(found) for found in together] == [1, 0, 2]


def test_a_theme_born_since_is_coded_by_its_cues_and_a_retired_one_is_not_given():
    learned = learn(taught(10), ["linge", "auto"], Letters())
    book = Codebook(
        slug="essai", version="4", themes=(BOOK.get("linge"), Theme("repas", "Repas", "Meals", cues=("repas",)))
    )
    coder = LearnedThemeCoder(book, Letters(), learned, 1, {})

    assert given(coder, "Le repas était froid") == {"repas"}
    assert given(coder, "La voiture 3, pas de place, parking") == set()


def test_what_lies_between_the_two_thresholds_is_said_without_being_sure():
    coder = coder_after(6)
    words = ["drap", "voiture", "place", "lit", "usé", "linge", "merci"]
    texts = [f"{one} {other} {third}" for one in words for other in words for third in words]

    found = [code for text in texts for code in codes_of(coder, text)]

    for code in found:
        place = ["linge", "auto"].index(code.theme)
        assert code.sure == (code.confidence >= round(float(coder._give[place]), 3))
        assert code.confidence >= round(float(coder._doubt[place]), 3)
    assert any(not code.sure for code in found)


def test_the_weight_of_what_was_learned_grows_with_what_people_taught():
    weights = [weight_of(n) for n in (0, 5, 15, 100, 10_000)]

    assert weights == sorted(weights)
    assert weights[0] == pytest.approx(0.1)
    assert weights[-1] < 0.9


def test_the_engine_is_listed():
    assert "themes.learned" in installed_engines().slugs("themes")
