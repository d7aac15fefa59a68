"""What the machine learns from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Example:
    """A masked text with the themes (leaf slugs) that are in it.

    ``absent``: themes said not to be there; None means every other theme is absent (a text coded whole), an empty set
    that nothing is known of the others (an example sentence of one theme). ``weight`` 1.0 for a person's code.
    """

    text: str
    themes: frozenset[str]
    absent: frozenset[str] | None = frozenset()
    weight: float = 1.0
