"""Services compared."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from ecoute.indicators import links
from ecoute.indicators.pictures.groups import groups_chart, groups_table, standing_sentences
from ecoute.indicators.pictures.prevalence import how_passages
from ecoute.indicators.queries.services import ServicesPage, services_page
from ecoute.indicators.views.filter_bar import Option
from ecoute.indicators.views.gate import FiguresView


class ServicesView(FiguresView):
    template_name = "indicators/services.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        reading = self.reading
        asked = self.request.GET.get("irritant", "")
        theme = asked if asked in reading.tree.by_slug else ""
        context["theme_choices"] = [
            Option(node.slug, f"{'– ' * node.depth}{node.label}", node.slug == theme) for node in reading.tree.nodes
        ]
        if not reading.selection.size or reading.is_hidden:
            return {**context, "page": None}
        page = services_page(reading.selection, reading.frame, reading.filters, reading.services, theme)
        how = how_passages(reading.prevalence.footing)
        sections, alone = self._sections(page, theme), len(reading.services) < 2
        return {**context, "page": page, "sections": sections, "alone": alone, "how": how}

    def _sections(self, page: ServicesPage, theme: str) -> list[dict[str, Any]]:
        filters, tree = self.reading.filters, self.reading.tree
        found = []
        if page.satisfaction.whole.base:
            link = partial(links.words_behind, filters)
            found.append(self._section(page.satisfaction, _("Se déclarent satisfaits"), link, better_high=True))
        link = partial(links.words_behind, filters, natures=("irritant",))
        found.append(self._section(page.irritant, _("Signalent un irritant"), link, better_high=False))
        if page.theme is not None:
            link = partial(links.words_behind, filters, natures=("irritant",), themes=(theme,))
            title = _("Signalent l'irritant « {theme} »").format(theme=tree.label(theme))
            found.insert(0, self._section(page.theme, title, link, better_high=False))
        return found

    def _section(self, comparison: Any, title: str, link: Any, *, better_high: bool) -> dict[str, Any]:
        chart = groups_chart(
            comparison, self.reading.frame, link, title=title, dimension="services", heading=_("Service")
        )
        table = groups_table(comparison, caption=title, heading=_("Service"), higher_is_better=better_high)
        return {
            "chart": chart,
            "table": table,
            "standing": standing_sentences(comparison, higher_is_better=better_high),
        }
