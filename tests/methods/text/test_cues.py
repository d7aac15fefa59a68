"""The pattern language of codebooks."""

import pytest

from ecoute.methods.text.cues import CueMatcher, compile_cue
from ecoute.methods.text.words import fold, words_of

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("cue", "text", "found"),
    [
        ("attend*", "J'ai attendu", ["attendu"]),
        ("mail|courriel*", "deux courriels", ["courriels"]),
        ("rendez-vous", "un rendez-vous", ["rendez-vous"]),
        ("delai .. long*", "le délai est beaucoup trop long", ["délai est beaucoup trop long"]),
        ("delai .. long*", "le délai me paraît vraiment beaucoup trop long", []),
        (
            "delai ... long*",
            "le délai me paraît vraiment beaucoup trop long",
            ["délai me paraît vraiment beaucoup trop long"],
        ),
        ("telephone", "[téléphone]", []),
        ("a l ecoute", "à l'écoute", ["à l'écoute"]),
        ("pas clair", "pas  CLAIR", ["pas  CLAIR"]),
    ],
)
def test_a_cue_finds_its_characters(cue: str, text: str, found: list[str]) -> None:
    hits = CueMatcher({"x": [cue]}).find(text)
    assert [text[h.span.start : h.span.end] for h in hits] == found


def test_strength_is_read_from_the_first_sign() -> None:
    hits = CueMatcher({"x": ["?un", "deux", "!trois"]}).find("un deux trois")
    assert [h.strength for h in hits] == ["weak", "strong", "veto"]


@pytest.mark.parametrize("cue", ["", "?", ".. fin", "debut ..", "*"])
def test_an_unreadable_cue_is_refused(cue: str) -> None:
    with pytest.raises(ValueError, match="unreadable cue"):
        compile_cue("x", cue)


def test_folding_keeps_the_length() -> None:
    text = "ÉÀÇœŒ’ ß İ 😀 ﬁ"
    assert len(fold(text)) == len(text)


def test_words_know_where_they_stand() -> None:
    words = words_of("L'été, [nom 1] !")
    assert (words.words, words.starts, words.ends) == (("l", "ete"), (0, 2), (1, 5))
