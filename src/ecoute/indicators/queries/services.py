"""Services beside each other: declared satisfaction, and complaints about one theme."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ecoute.indicators.queries.comparison import GroupComparison, compare_groups
from ecoute.indicators.queries.frame import Frame, criteria_of
from ecoute.indicators.queries.groups import Group
from ecoute.indicators.queries.satisfaction import SMILEYS, satisfaction_of
from ecoute.indicators.rules import disclosure
from ecoute.methods.statistics import proportion
from ecoute.verbatims.facade import Filters, Selection


@dataclass(frozen=True, slots=True)
class ServicesPage:
    """``irritant``: share of verbatims with an irritant; ``theme``: share that complain of the theme chosen."""

    frame: Frame
    satisfaction: GroupComparison
    irritant: GroupComparison
    theme: GroupComparison | None


def services_page(
    selection: Selection, frame: Frame, filters: Filters, groups: Sequence[Group], theme: str = ""
) -> ServicesPage:
    """``theme``: a slug of the codebook, or nothing."""
    rule = disclosure(criteria=criteria_of(filters) + 1)
    crossing = disclosure(criteria=criteria_of(filters) + 2)
    declared = selection.cross("service", "satisfaction")
    bases = {g.value: sum(declared.get((int(g.value), kind), 0) for kind in SMILEYS) for g in groups}
    happy = {g.value: declared.get((int(g.value), "positive"), 0) for g in groups}
    sizes = {g.value: g.size for g in groups}
    natures = selection.cross("service", "nature")
    irritants = {g.value: natures.get((int(g.value), "irritant"), 0) for g in groups}
    irritated = proportion(selection.count_by("nature").get("irritant", 0), selection.size)
    compared = None
    if theme:
        complaining = selection.where(Filters(themes=(theme,), natures=("irritant",)))
        counts = {str(service): n for service, n in complaining.count_by("service").items()}
        complaints = proportion(complaining.size, selection.size)
        compared = compare_groups(groups, counts, sizes, complaints, crossing, cells=True)
    whole = satisfaction_of(selection.count_by("satisfaction")).positive
    return ServicesPage(
        frame,
        compare_groups(groups, happy, bases, whole, rule),
        compare_groups(groups, irritants, sizes, irritated, rule),
        compared,
    )
