"""Themes ranked by how many verbatims hold them: irritants, praise, expectations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ecoute.indicators.queries.theme_tree import ThemeTree
from ecoute.indicators.rules import Disclosure
from ecoute.methods.statistics import Proportion, proportion


@dataclass(frozen=True, slots=True)
class ThemeShare:
    """A theme and the share of verbatims that hold it (in the nature asked for)."""

    slug: str
    label: str
    share: Proportion


@dataclass(frozen=True, slots=True)
class Ranking:
    """``rows``: the most frequent first. ``base``: verbatims. ``left_out``: some themes were too rare to be shown.

    A verbatim may hold several themes: the shares do not add up to 100 %, and no total of the hidden ones is given.
    """

    nature: str
    base: int
    rows: tuple[ThemeShare, ...]
    left_out: bool

    @property
    def mentions(self) -> int:
        """Verbatim × theme pairs of the rows shown."""
        return sum(row.share.count for row in self.rows)

    @property
    def leader(self) -> ThemeShare | None:
        """The first theme when its interval lies wholly above that of the second."""
        if not self.rows:
            return None
        first, second = self.rows[0].share, self.rows[1].share if len(self.rows) > 1 else None
        clear = second is None or (first.low or 0.0) > (second.high or 0.0)
        return self.rows[0] if clear and first.count >= 30 else None


def ranking(nature: str, counts: Mapping[str, int], base: int, tree: ThemeTree, rule: Disclosure) -> Ranking:
    """The finest themes of ``counts`` (verbatims by theme slug) out of ``base`` verbatims."""
    slugs = tree.finest(counts)
    kept = [slug for slug in slugs if not rule.hides(counts[slug])]
    rows = (ThemeShare(slug, tree.label(slug), proportion(counts[slug], base)) for slug in kept)
    ordered = sorted(rows, key=lambda row: (-row.share.count, row.label))
    return Ranking(nature, base, tuple(ordered), len(kept) < len(slugs))
