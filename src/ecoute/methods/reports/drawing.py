"""The charts of the report: figures → pictures, with titles that say the finding when there is one."""

from __future__ import annotations

from collections.abc import Iterator

from ecoute.methods.charts import Chart

from .drawing_groups import draw_channels, draw_grid, draw_services, groups_shown
from .drawing_time import draw_negative, draw_volume
from .drawing_whole import draw_cross, draw_irritants, draw_polarity, draw_themes, draw_voices
from .figures import Figures
from .wording import Wording


def draw_all(figures: Figures, words: Wording) -> dict[str, Chart]:
    """Charts by name; one that would be empty is not there."""
    made = {
        "polarity": draw_polarity(figures, words),
        "irritants": draw_irritants(figures, words),
        "praises": draw_voices("praises", figures.praises, figures, words, "positive"),
        "expectations": draw_voices("expectations", figures.expectations, figures, words, ""),
        "themes": draw_themes(figures, words),
    }
    made.update(_optional(figures, words))
    return {name: chart for name, chart in made.items() if not chart.empty}


def _optional(figures: Figures, words: Wording) -> Iterator[tuple[str, Chart]]:
    if figures.declared:
        yield "cross", draw_cross(figures, words)
    if len(groups_shown(figures.services)) > 1:
        yield "services", draw_services(figures, words)
    if figures.grid:
        yield "grid", draw_grid(figures, words)
    if len(groups_shown(figures.channels)) > 1:
        yield "channels", draw_channels(figures, words)
    if figures.timeline:
        yield "volume", draw_volume(figures, words)
        yield "negative", draw_negative(figures, words)
