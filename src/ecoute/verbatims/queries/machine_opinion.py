"""What the machine itself says of each verbatim, whatever people corrected since: what measures the machine."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from django.db.models import Q

from ecoute.verbatims.columns.corpus import Corpus
from ecoute.verbatims.columns.snapshot import Column, Mask
from ecoute.verbatims.models import CodebookVersion, SegmentTheme
from ecoute.verbatims.queries.measuring import machine_themes


@dataclass(frozen=True, eq=False)
class MachineOpinion:
    """Distinct pairs (theme, row) that the machine found, themes rolled up their tree, in order of theme.

    ``slugs`` name the themes; ``touched``: rows in which a person said something of a theme.
    """

    slugs: tuple[str, ...]
    value: Column
    row: Column
    touched: Mask

    def counts(self, rows: Mask) -> Column:
        """Verbatims of ``rows`` by theme."""
        return np.bincount(self.value[rows[self.row]], minlength=len(self.slugs))

    def rows_with(self, theme: int) -> Mask:
        """Which rows hold the theme (its index in ``slugs``)."""
        start, end = np.searchsorted(self.value, [theme, theme + 1])
        found = np.zeros(len(self.touched), bool)
        found[self.row[start:end]] = True
        return found


def machine_opinion(corpus: Corpus) -> MachineOpinion:
    """Kept with the columns until words or codes change; two queries the first time."""
    tree = corpus.dimensions.vocabulary.themes
    found: MachineOpinion = corpus.prepared.once(("machine opinion", tree.shape), lambda: _opinion(corpus))
    return found


def _opinion(corpus: Corpus) -> MachineOpinion:
    snapshot, tree = corpus.snapshot, corpus.dimensions.vocabulary.themes
    said = SegmentTheme.objects.filter(Q(coded_by__isnull=False) | Q(engine="") | Q(rejected=True))
    ids = set(said.order_by().values_list("segment__verbatim_id", flat=True))
    rows = snapshot.rows_of(np.array(sorted(ids), np.int64))
    touched = np.zeros(snapshot.size, bool)
    touched[rows] = True
    shown_value, shown_row = corpus.dimensions.lists("theme").pairs(~touched)
    known = {key: index for index, key in enumerate(tree.keys)}
    own: set[tuple[int, int]] = set()
    by_machine = machine_themes(snapshot.ids[rows].tolist())
    for row in rows.tolist():
        for theme in by_machine[int(snapshot.ids[row])]:
            if theme in known:
                own |= {(index, row) for index in (known[theme], *tree.ancestors(known[theme]))}
    pairs = np.array(sorted(own), np.int64).reshape(-1, 2)
    value = np.concatenate([shown_value, pairs[:, 0]])
    row_ = np.concatenate([shown_row, pairs[:, 1]])
    order = np.lexsort((row_, value))
    return MachineOpinion(tree.values, value[order], row_[order], touched)


def themes_known_at(codebook_id: int, version: int) -> frozenset[str] | None:
    """Slugs of the themes of a codebook at a version; None when that version was not kept. One query."""
    kept = CodebookVersion.objects.filter(codebook_id=codebook_id, version=version).values_list("themes", flat=True)
    themes = kept.first()
    return None if themes is None else frozenset(theme["slug"] for theme in themes)
