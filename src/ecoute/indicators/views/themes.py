"""The themes at a glance, and the page of each."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

from django.http import Http404
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ecoute.indicators import links
from ecoute.indicators.pictures import words
from ecoute.indicators.pictures.board import share_line
from ecoute.indicators.pictures.groups import groups_chart, least_of
from ecoute.indicators.pictures.prevalence import how_theme, how_themes, short_words
from ecoute.indicators.pictures.strips import tone_strip, trend_strip
from ecoute.indicators.queries.theme_index import ThemeIndex, ThemeRow, theme_index
from ecoute.indicators.queries.theme_page import ThemePage, theme_page
from ecoute.indicators.rules import is_withheld
from ecoute.indicators.views.gate import FiguresView
from ecoute.methods import charts
from ecoute.methods.statistics import Direction
from ecoute.ui.typography import NONE, reader_locale
from ecoute.verbatims.facade import ThemeNode, VerbatimCard, key_phrases, quotes_by_kind

QUOTES = (("irritant", "negative"), ("praise", "positive"), ("expectation", ""))


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the index as it is shown."""

    row: ThemeRow
    href: str
    tones: SafeString
    trend: SafeString
    change: str
    arrow: str
    interval: str


@dataclass(frozen=True, slots=True)
class Quotes:
    """What people say of a theme in one nature: ``href`` leads to all of it. ``note``: why no figure is told."""

    title: str
    nature: str
    share: str
    cards: tuple[VerbatimCard, ...]
    href: str
    note: str = ""


class ThemesView(FiguresView):
    template_name = "indicators/themes.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        reading = self.reading
        if not reading.selection.size or reading.is_hidden:
            return {**context, "index": None}
        index = theme_index(
            reading.selection, reading.whole, reading.frame, reading.filters, reading.tree, reading.prevalence
        )
        return {
            **context,
            "index": index,
            "lines": self._lines(index),
            "intro": _intro(index),
            "comparable": _comparable(index),
            "how": how_themes(index),
        }

    def _lines(self, index: ThemeIndex) -> list[Line]:
        return [
            Line(
                row,
                links.theme(self.reading.filters, row.node.slug),
                tone_strip(row.node.label, row.tones) if row.tones else SafeString(""),
                trend_strip(row.node.label, row.series),
                words.change_words(row.change) if row.change else "",
                _arrow(row),
                reader_locale().interval(row.share.low, row.share.high) if row.share and row.share.count else NONE,
            )
            for row in index.rows
            if not row.node.retired or (row.share and row.share.count)
        ]


def _arrow(row: ThemeRow) -> str:
    if row.change is None or not row.change.moved:
        return ""
    return "arrow-up-right" if row.change.comparison.direction is Direction.UP else "arrow-down-right"


def _comparable(index: ThemeIndex) -> bool:
    """Whether the column of changes has anything to say."""
    return index.changes is not None and bool(index.changes.rows)


def _intro(index: ThemeIndex) -> str:
    if index.changes is None:
        return _("Aucune période précédente ne permet de comparer.")
    if index.changes.trouble:
        return words.trouble_words(index.changes)
    return (
        _("Évolution : {now}, comparé à la période {before}.").format(
            now=words.span_words(index.changes.now), before=words.span_words(index.changes.before)
        )
        + f" {words.sources_words(index.changes)}"
    )


class ThemeView(FiguresView):
    template_name = "indicators/theme.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        node = self.reading.tree.by_slug.get(self.kwargs["slug"])
        if node is None:
            raise Http404
        tree = self.reading.tree
        context |= {"node": node, "line": [tree.by_slug[slug] for slug in tree.line(node.slug)]}
        within = self.reading.selection.where(self.reading.filters.with_(themes=(node.slug,)))
        if not within.size or self.reading.settings.rule(self.reading.filters, 1).hides(within.size):
            return {**context, "page": None, "hidden": bool(within.size)}
        page = self._page(node)
        link = partial(links.words_behind, self.reading.filters.with_(themes=(node.slug,)))
        return {
            **context,
            "page": page,
            "how": how_theme(page),
            "share_note": short_words(page.footing, page.corrected),
            "words_href": link(),
            "share_words": words.share_words(page.share),
            "change": _("évolution : {words}").format(words=words.change_words(page.change)) if page.change else "",
            "trend": _trend_chart(page),
            "services": _services_chart(page, link),
            "channels": _channels_chart(page, link),
            "quotes": self._quotes(page, link),
            "phrases": key_phrases(within.ids(limit=400)),
            "met": [(one, links.theme(self.reading.filters, one.slug)) for one in page.met],
            "below": [(one, links.theme(self.reading.filters, one.slug)) for one in page.below],
        }

    def _page(self, node: ThemeNode) -> ThemePage:
        r = self.reading
        return theme_page(node, r.selection, r.whole, r.frame, r.filters, r.tree, r.services, r.channels, r.prevalence)

    def _quotes(self, page: ThemePage, link: Any) -> list[Quotes]:
        """Natures too rare to be told are not read either."""
        told = [(nature, polarity or None) for nature, polarity in QUOTES if not is_withheld(page.natures[nature])]
        read = quotes_by_kind(self.reading.selection, told, theme=page.node.slug, limit=2)
        cards = {nature: tuple(found) for (nature, _polarity), found in zip(told, read, strict=True)}
        return [_quotes_of(page, nature, cards.get(nature), link) for nature, _polarity in QUOTES]


def _quotes_of(page: ThemePage, nature: str, cards: tuple[VerbatimCard, ...] | None, link: Any) -> Quotes:
    title = {
        "irritant": _("Ce qui irrite"),
        "praise": _("Ce qui est apprécié"),
        "expectation": _("Ce qui est attendu"),
    }[nature]
    if cards is None:
        return Quotes(title, nature, "", (), "", _("masqué (effectif trop faible)"))
    share = page.natures[nature]
    said = _("{share} des verbatims sur ce thème").format(share=words.share_words(share)) if share.count else ""
    return Quotes(title, nature, said, cards, link(natures=(nature,)))


def _trend_chart(page: ThemePage) -> charts.Chart | None:
    if page.trend is None:
        return None
    title = words.change_title(
        page.change,
        _("De plus en plus cité : {now} contre {before} sur la période précédente"),
        _("De moins en moins cité : {now} contre {before} sur la période précédente"),
        _("Part des verbatims au fil du temps"),
    )
    return share_line(page.trend, title=title, subtitle=_subtitle(page), name=page.node.label, key="theme-trend")


def _services_chart(page: ThemePage, link: Any) -> charts.Chart:
    return groups_chart(
        page.services, page.frame, link, title=_("Par service"), dimension="services", heading=_("Service"),
        note=_ordered(), least=least_of(page.services, page.channels), mark=_by_machine(page),
    )  # fmt: skip


def _channels_chart(page: ThemePage, link: Any) -> charts.Chart:
    return groups_chart(
        page.channels, page.frame, link, title=_("Par canal"), dimension="channels", heading=_("Canal"),
        least=least_of(page.services, page.channels), mark=_by_machine(page),
    )  # fmt: skip


def _subtitle(page: ThemePage) -> str:
    return ", ".join(part for part in (words.base_line(page.frame), _by_machine(page)) if part)


def _by_machine(page: ThemePage) -> str:
    """Said of what is drawn beside a share that is corrected and is not corrected itself."""
    return _("codage automatique, non corrigé") if page.corrected else ""


def _ordered() -> str:
    return _(
        "En orange, ce qui se distingue nettement des autres ; le reste ne peut pas être départagé, "
        "quel que soit son rang."
    )
