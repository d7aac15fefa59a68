"""Codebooks: the default one is complete, and a faulty one is refused with all its faults."""

from pathlib import Path

import pytest

from ecoute.methods.text.codebooks import (
    Codebook,
    CodebookError,
    Theme,
    codebook_from_dict,
    codebook_to_dict,
    load,
    load_default,
)

pytestmark = pytest.mark.unit


def theme(slug: str, parent: str | None = None, **fields: object) -> Theme:
    return Theme(slug, slug, slug, parent, **fields)  # type: ignore[arg-type]


def test_the_default_roots_are_the_five_tags_of_the_state() -> None:
    assert [t.slug for t in load_default().roots()] == [
        "accessibilite",
        "information-explication",
        "relation",
        "reactivite",
        "simplicite-complexite",
    ]


@pytest.mark.parametrize("leaf", load_default().leaves(), ids=lambda t: t.slug)
def test_every_default_theme_is_fully_described_in_both_languages(leaf: Theme) -> None:
    assert all([leaf.label_fr, leaf.label_en, leaf.definition_fr, leaf.definition_en])
    assert all([leaf.includes_fr, leaf.includes_en, leaf.excludes_fr, leaf.excludes_en, leaf.cues])
    assert min(len(leaf.examples_fr), len(leaf.examples_en)) >= 4


def test_the_tree_is_walked() -> None:
    book = Codebook("b", "1", (theme("a"), theme("a1", "a"), theme("a11", "a1"), theme("c")))
    assert [t.slug for t in book.leaves()] == ["a11", "c"]
    assert [t.slug for t in book.ancestors("a11")] == ["a1", "a"]
    assert [t.slug for t in book.subtree("a")] == ["a", "a1", "a11"]
    assert book.root_of("a11").slug == "a"
    assert book.root_of("c").slug == "c"


def test_all_faults_are_told_at_once() -> None:
    with pytest.raises(CodebookError) as caught:
        Codebook("b", "1", (theme("a", "b"), theme("b", "a"), theme("c", "nowhere"), theme("d", cues=("*",))))
    message = str(caught.value)
    assert "unknown parent 'nowhere'" in message
    assert "own ancestor" in message
    assert "unreadable cue" in message


def test_plain_values_and_back() -> None:
    book = load_default()
    assert codebook_from_dict(codebook_to_dict(book)) == book


def test_an_unknown_field_is_refused() -> None:
    with pytest.raises(CodebookError, match="unknown fields: colour"):
        codebook_from_dict({"slug": "b", "version": "1", "themes": [{"slug": "a", "colour": "red"}]})


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    path.write_text("{", encoding="utf-8")
    with pytest.raises(CodebookError, match=r"plan\.json cannot be read"):
        load(path)
