"""The door of the indicators: what the portal may call."""

from __future__ import annotations

from dataclasses import dataclass

from ecoute.directory.facade import Scope
from ecoute.indicators.enums import Grain
from ecoute.indicators.pictures.words import period_label
from ecoute.indicators.queries.changes import Change
from ecoute.indicators.queries.dashboard import changes_between, headlines
from ecoute.indicators.queries.frame import Frame
from ecoute.indicators.queries.periods import Span, periods_of, span_of_key
from ecoute.indicators.queries.ranking import ThemeShare, ranking
from ecoute.indicators.queries.reading import reading
from ecoute.indicators.queries.satisfaction import Satisfaction
from ecoute.indicators.rules import TREND_BASE
from ecoute.methods.statistics import Proportion
from ecoute.verbatims.facade import Filters

FIRST = 3


@dataclass(frozen=True, slots=True)
class HomeFigures:
    """Figures of everything the reader may see. ``frame`` holds base, period and the warnings of the sources, which
    must be shown with them; ``changes`` are the sure changes of the last twelve months known."""

    frame: Frame
    satisfaction: Satisfaction
    irritant: Proportion
    expectation: Proportion
    first_irritants: tuple[ThemeShare, ...]
    changes: tuple[Change, ...]


def home_figures(scope: Scope) -> HomeFigures | None:
    """The few figures of the home page; None when ``scope`` holds no verbatim."""
    found = reading(scope, Filters())
    if scope.is_empty or not found.selection.size:
        return None
    rule = found.settings.rule(found.filters, 1)
    irritants = ranking(
        "irritant", found.selection.theme_counts(nature="irritant"), found.selection.size, found.tree, rule
    )
    top = headlines(found.selection, found.tree)
    changes = changes_between(found.whole, found.frame, irritants, found.tree, rule)
    return HomeFigures(
        frame=found.frame,
        satisfaction=top.satisfaction,
        irritant=top.irritant,
        expectation=top.expectation,
        first_irritants=irritants.rows[:FIRST],
        changes=changes.moved if changes else (),
    )


__all__ = ["TREND_BASE", "Grain", "HomeFigures", "Span", "home_figures", "period_label", "periods_of", "span_of_key"]
