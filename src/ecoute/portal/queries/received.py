"""What came in lately: counts with their base and interval, the irritants met most, a few voices."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from ecoute.directory.facade import Permission, scope_of
from ecoute.methods.charts import Bar, Chart, bars
from ecoute.methods.statistics import Proportion, proportion
from ecoute.methods.statistics.disclosure import NEVER, UNPUBLISHED
from ecoute.ui.typography import number, reader_locale, short_date
from ecoute.verbatims.facade import (
    Corpus,
    Filters,
    Selection,
    SourceCard,
    VerbatimCard,
    active_codebook,
    corpus_of,
    quotes,
    source_cards,
)

ENOUGH = 100  # verbatims under which 30 days tell too little: the window widens
WINDOWS = (30, 91, 365)  # days
SHOWN_IRRITANTS = 5


@dataclass(frozen=True, slots=True)
class Received:
    """The words of the most recent window. ``filters`` leads to them; ``old`` says that it does not reach today;
    ``days`` is 0 when the window is everything known."""

    total: int
    count: int
    since: date | None
    until: date | None
    days: int
    old: bool
    change: str
    irritated: Proportion
    praising: Proportion
    filters: Filters
    irritants: Chart | None
    voices: tuple[VerbatimCard, ...]
    caveats: tuple[SourceCard, ...]

    @property
    def href(self) -> str:
        return address_of(self.filters)

    @property
    def may_publish(self) -> bool:
        """Whether shares may be shown: under 11 answers they could tell on somebody."""
        return self.count >= UNPUBLISHED


def received_by(user: Any, today: date) -> Received | None:
    """What the reader's services received; None when nothing can be read yet."""
    return received_from(corpus_of(scope_of(user, Permission.READ)), today)


def received_from(corpus: Corpus, today: date) -> Received | None:
    """The same, of a corpus at hand."""
    everything = corpus.select(Filters())
    if not everything.size:
        return None
    filters, selection, days = _window(corpus, everything)
    first, last = everything.period() or (None, None)
    since, until = filters.since or first, filters.until or last
    natures = selection.count_by("nature")
    return Received(
        total=everything.size,
        count=selection.size,
        since=since,
        until=until,
        days=days,
        old=until is not None and (today - until).days > WINDOWS[0],
        change=_change(corpus, selection, since, days) if days else "",
        irritated=proportion(natures.get("irritant", 0), selection.size),
        praising=proportion(natures.get("praise", 0), selection.size),
        filters=filters,
        irritants=_irritants(selection, filters),
        voices=_voices(selection),
        caveats=_caveats(selection),
    )


def _window(corpus: Corpus, everything: Selection) -> tuple[Filters, Selection, int]:
    """The shortest of the windows, ending on the last day known, that holds enough verbatims; else all there are."""
    period = everything.period()
    if period is None:
        return Filters(), everything, 0
    last = period[1]
    for days in WINDOWS:
        filters = Filters(since=last - timedelta(days=days - 1), until=last)
        selection = corpus.select(filters)
        if selection.size >= min(ENOUGH, everything.size):
            return filters, selection, days
    return Filters(), everything, 0


def _change(corpus: Corpus, selection: Selection, since: date | None, days: int) -> str:
    """The count compared with the window just before, in words; empty when nothing was received then."""
    if since is None:
        return ""
    before = corpus.select(Filters(since=since - timedelta(days=days), until=since - timedelta(days=1)))
    more = selection.size - before.size
    if not before.size or not more:
        return _("autant que sur les {days} jours d’avant").format(days=days) if before.size else ""
    words = (
        _("{n} de plus que sur les {days} jours d’avant")
        if more > 0
        else _("{n} de moins que sur les {days} jours d’avant")
    )
    return words.format(n=number(abs(more)), days=days)


def _irritants(selection: Selection, filters: Filters) -> Chart | None:
    book = active_codebook()
    finer = {theme.slug: theme.label for theme in book.themes if theme.depth > 0}
    counts = {slug: n for slug, n in selection.theme_counts(nature="irritant").items() if slug in finer and n >= NEVER}
    first = sorted(counts, key=lambda slug: (-counts[slug], slug))[:SHOWN_IRRITANTS]
    if not first:
        return None
    return bars(
        [
            Bar(finer[slug], counts[slug], text=number(counts[slug]), tone="negative", href=theme_href(slug, filters))
            for slug in first
        ],
        title=_("Irritants les plus fréquents"),
        subtitle=_base_line(selection.size, filters),
        unit="count",
        heading=_("Thème"),
        locale=reader_locale(),
    )


def _base_line(size: int, filters: Filters) -> str:
    period = ""
    if filters.since and filters.until:
        period = _("du {since} au {until}").format(since=short_date(filters.since), until=short_date(filters.until))
    elif not filters.since:
        period = _("toute la période connue")
    words = [_("Nombre de verbatims"), f"n = {number(size)}", period, _("réponses volontaires")]
    return " · ".join(word for word in words if word)


def _voices(selection: Selection) -> tuple[VerbatimCard, ...]:
    """Two complaints and a praise, with their evidence."""
    irritants = quotes(selection, nature="irritant", limit=2)
    known = {card.id for card in irritants}
    praised = [card for card in quotes(selection, nature="praise", limit=2) if card.id not in known]
    return (*irritants, *praised[:1])


def _caveats(selection: Selection) -> tuple[SourceCard, ...]:
    """Sources of these words whose figures must be read with care."""
    met = selection.count_by("source")
    return tuple(card for card in source_cards() if card.caveat and card.slug in met)


def address_of(filters: Filters) -> str:
    """The explorer with these filters."""
    return f"{reverse('verbatims:explorer')}?{filters.to_query()}"


def theme_href(slug: str, filters: Filters) -> str:
    """The page of a theme over the same period, or its verbatims where there is no such page."""
    try:
        return f"{reverse('indicators:theme', args=[slug])}?{filters.to_query()}"
    except NoReverseMatch:
        return address_of(filters.with_(themes=(slug,)))
