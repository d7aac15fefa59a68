"""The themes to choose from on a page, by the themes that hold them."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection
from dataclasses import dataclass

from ecoute.verbatims.facade import CodingTheme, CodingThemes


@dataclass(frozen=True, slots=True)
class Choice:
    """A theme to tick. ``search``: the folded words by which it is found while typing."""

    theme: CodingTheme
    chosen: bool
    search: str


@dataclass(frozen=True, slots=True)
class ChoiceGroup:
    """Leaves under one line of the codebook."""

    label: str
    choices: tuple[Choice, ...]


def pick_list(book: CodingThemes, chosen: Collection[int]) -> list[ChoiceGroup]:
    """Groups in the order of the codebook."""
    groups: dict[str, list[Choice]] = {}
    for theme in book.themes:
        groups.setdefault(" › ".join(theme.above), []).append(Choice(theme, theme.id in chosen, _search(theme)))
    return [ChoiceGroup(label, tuple(choices)) for label, choices in groups.items()]


def _search(theme: CodingTheme) -> str:
    node = theme.node
    return folded(" ".join([node.label, *theme.above, node.definition, *node.includes]))


def folded(text: str) -> str:
    """Lower case without accents."""
    apart = unicodedata.normalize("NFD", text.lower())
    return "".join(sign for sign in apart if not unicodedata.combining(sign)).replace("’", "'")
