"""The dashboard."""

from __future__ import annotations

from functools import partial
from typing import Any

from ecoute.indicators import links
from ecoute.indicators.pictures import board as pictures
from ecoute.indicators.pictures.headlines import headline_cards
from ecoute.indicators.pictures.moves import moves_of
from ecoute.indicators.pictures.prevalence import how_passages
from ecoute.indicators.views.gate import FiguresView


class DashboardView(FiguresView):
    template_name = "indicators/dashboard.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        if not self.reading.selection.size or self.reading.is_hidden:
            return {**context, "board": None}
        board = self.reading.board()
        link = partial(links.words_behind, self.reading.filters)
        praised, expected = pictures.pair_charts(board, link)
        return {
            **context,
            "board": board,
            "how": how_passages(self.reading.prevalence.footing),
            "cards": headline_cards(board, link),
            "moves": moves_of(board.changes, partial(links.theme, self.reading.filters)),
            "satisfaction": pictures.satisfaction_chart(board),
            "pareto": pictures.pareto_chart(board, link),
            "heat": pictures.heat_chart(board.heat, board, link),
            "channels": pictures.channels_chart(board, link),
            "praised": praised,
            "expected": expected,
            "words_href": link(),
        }
