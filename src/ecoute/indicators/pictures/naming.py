"""Names that must be told apart in little room."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

ROOM = 22  # letters that a narrow column surely shows on its three lines
ALIKE = 10  # letters in common at the start, from which on the start says nothing


def told_apart(names: Sequence[str]) -> list[str]:
    """Long names that begin alike keep their first word, if there is room, and the part that differs.

    « Consulat général de France à Londres » beside « … à Genève » becomes « Consulat… Londres ». A name that would
    become the same as another stays whole.
    """
    short = [_short(name, [other for at, other in enumerate(names) if at != i]) for i, name in enumerate(names)]
    return [one if short.count(one) == 1 else name for one, name in zip(short, names, strict=True)]


def _short(name: str, others: Sequence[str]) -> str:
    start = max((_common(name, other) for other in others), default=0)
    own = name[start:].strip(" ,-–")
    if len(name) <= ROOM or start < ALIKE or not own:
        return name
    first = name.split()[0]
    return f"{first}… {own}" if len(first) + len(own) + 2 <= ROOM else f"…{own}"


def _common(one: str, other: str) -> int:
    """How many letters two names share at their start, whole words only."""
    pairs = zip(one.casefold() + " ", other.casefold() + " ", strict=False)
    shared = "".join(a for a, _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    return min(shared.rfind(" ") + 1, len(one))
