"""The share of verbatims with a theme: corrected by a random sample that people coded, or the machine's and said so.

A corrected share is a ``Proportion`` whose count and base are those displayed (they lead to verbatims), and whose share
and interval are those of ``methods.statistics.prediction_powered``; the ``CorrectedShare`` beside it says how it was
made. Its interval holds both the machine's error and the chance of who spoke, as the others hold the latter alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import numpy as np
from django.utils import timezone

from ecoute.coding.facade import MeasuredSample, Measuring, Unmeasured, measuring
from ecoute.indicators.queries.groups import Group
from ecoute.methods.statistics import Comparison, Proportion, compare_proportions
from ecoute.methods.statistics.comparisons import compare_estimates
from ecoute.methods.statistics.prediction_powered import MINIMUM, CorrectedShare, corrected_share
from ecoute.verbatims.facade import Selection

TAUGHT = 0.1  # above this share of verbatims that people corrected, the machine is better there than in the sample


@dataclass(frozen=True, slots=True)
class Footing:
    """What the shares of themes on a page stand on. ``why``: an ``Unmeasured``, empty when they are corrected.

    ``coded`` verbatims drawn among ``frame`` and coded by people, the last round closed ``on`` that day; ``base``
    verbatims in the selection. ``taught``: people corrected so many others that the sample is used alone.
    """

    why: str = ""
    coded: int = 0
    frame: int = 0
    base: int = 0
    on: date | None = None
    taught: bool = False

    @property
    def corrected(self) -> bool:
        return not self.why


@dataclass(frozen=True, eq=False)
class Prevalence:
    """Shares of themes among one selection."""

    selection: Selection
    measuring: Measuring

    @cached_property
    def sample(self) -> MeasuredSample | Unmeasured:
        return self.measuring.sample(self.selection)

    @property
    def base(self) -> int:
        return self.selection.size

    def among(self, selection: Selection) -> Prevalence:
        """The same of another selection of the same corpus. No query."""
        return Prevalence(selection, self.measuring)

    @cached_property
    def footing(self) -> Footing:
        if isinstance(self.sample, Unmeasured):
            return Footing(why=self.sample.value, base=self.base)
        return Footing(
            coded=self.sample.coded,
            frame=self.sample.frame_size,
            base=self.base,
            on=timezone.localdate(self.sample.closed_at),
            taught=self.sample.taught > TAUGHT,
        )

    def of(self, slug: str) -> CorrectedShare | None:
        """The share corrected; None where nothing measures, or where the theme came after people coded."""
        if isinstance(self.sample, Unmeasured) or not self.sample.knows(slug):
            return None
        return _corrected(self.sample, slug)

    def share(self, slug: str, displayed: Proportion) -> Proportion:
        """``displayed`` with the share and the interval corrected, as it is where nothing corrects it."""
        return with_correction(displayed, self.of(slug))

    def groups(self, slug: str, dimension: str, groups: Sequence[Group]) -> dict[str, CorrectedShare]:
        """By value of the group, those in which thirty verbatims were coded at least."""
        if isinstance(self.sample, Unmeasured) or not self.sample.knows(slug):
            return {}
        dimensions = self.selection.corpus.dimensions
        lists, places = dimensions.lists(dimension), {str(v): at for at, v in enumerate(dimensions.values(dimension))}
        found = {}
        for group in groups:
            if group.value not in places:
                continue
            rows = lists.rows_with([places[group.value]], len(self.selection.rows))
            part = self.sample.within(self.selection.rows & rows)
            if part.coded >= MINIMUM:
                found[group.value] = _corrected(part, slug)
        return found


def prevalence_of(selection: Selection) -> Prevalence:
    """One query when nothing changed (see ``coding.facade.measuring``)."""
    return Prevalence(selection, measuring(selection.corpus))


def _corrected(sample: MeasuredSample, slug: str) -> CorrectedShare:
    truth, machine, said = sample.of(slug)
    taught = sample.taught > TAUGHT
    return corrected_share(
        truth.tolist(),
        [0.0] * len(machine) if taught else machine.tolist(),
        machine_mean=int(np.count_nonzero(said & sample.frame)) / sample.frame_size,
        frame=sample.frame_size,
        beyond=True,
    )


def with_correction(displayed: Proportion, corrected: CorrectedShare | None) -> Proportion:
    if corrected is None or displayed.share is None:
        return displayed
    return replace(displayed, share=corrected.share, low=corrected.low, high=corrected.high)


def compared(
    after: tuple[Proportion, CorrectedShare | None], before: tuple[Proportion, CorrectedShare | None]
) -> tuple[Comparison, bool]:
    """Two shares compared, and whether as corrected: only when both are; otherwise the machine is compared with
    itself."""
    (now, corrected), (then, earlier) = after, before
    if corrected is None or earlier is None:
        return compare_proportions(now, then), False
    estimates = (corrected.share, corrected.effective), (earlier.share, earlier.effective)
    return compare_estimates(*estimates), True
