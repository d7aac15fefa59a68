"""An alert in words, with its base, its interval and what it is worth."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ecoute.indicators.facade import period_label, span_of_key
from ecoute.methods.statistics import Proportion, proportion
from ecoute.ui.typography import number, reader_locale
from ecoute.verbatims.facade import CodebookView, Filters
from ecoute.watch.models import Alert


@dataclass(frozen=True, slots=True)
class AlertLine:
    """What a page or a letter says of an alert. ``filters`` lead to the verbatims behind it."""

    alert: Alert
    theme: str
    place: str
    period: str
    finding: str
    compared: str
    worth: str
    filters: Filters


def told(alert: Alert, book: CodebookView) -> AlertLine:
    """The alert in the reader's language."""
    theme = book.label(alert.theme)
    return AlertLine(
        alert=alert,
        theme=theme,
        place=str(alert.service) if alert.service else _("Tous les services"),
        period=period_label(alert.period),
        finding=_finding(alert, theme),
        compared=_compared(alert),
        worth=_worth(alert),
        filters=filters_of(alert),
    )


def filters_of(alert: Alert) -> Filters:
    """The verbatims counted: irritants of the theme, in the period, the service and the sources compared."""
    span = span_of_key(alert.period)
    return Filters(
        services=(alert.service_id,) if alert.service_id else (),
        themes=(alert.theme,),
        natures=("irritant",),
        sources=tuple(alert.sources),
        since=span.since,
        until=span.until,
    )


def _finding(alert: Alert, theme: str) -> str:
    words = (
        _("« {theme} » irrite plus que d’ordinaire : {now} contre {before}")
        if alert.rises
        else _("« {theme} » irrite moins que d’ordinaire : {now} contre {before}")
    )
    locale = reader_locale()
    return words.format(theme=theme, now=locale.share(alert.share), before=locale.share(alert.earlier_share))


def _compared(alert: Alert) -> str:
    last, earlier = proportion(alert.count, alert.base), proportion(alert.earlier_count, alert.earlier_base)
    return _("{period} : {last}. Depuis {since}, avant cela : {earlier}. Écart : {low} à {high} points.").format(
        period=period_label(alert.period).capitalize(),
        last=_share(last),
        since=period_label(alert.earlier_since),
        earlier=_share(earlier),
        low=_points(alert.low),
        high=_points(alert.high),
    )


def _share(share: Proportion) -> str:
    """« 41 sur 120 (34 %, entre 26 et 43 %) »."""
    locale = reader_locale()
    return _("{count} verbatims sur {base} ({share}, intervalle {interval})").format(
        count=number(share.count),
        base=number(share.base),
        share=locale.share(share.share),
        interval=locale.interval(share.low, share.high),
    )


def _points(value: float) -> str:
    points = round(value * 100)
    return ("+" if points > 0 else "") + number(points)


def _worth(alert: Alert) -> str:
    """What the alert is worth: how many series were looked at, and how often such a look rings without cause."""
    looked = ngettext(
        "{n} série a été regardée le même jour", "{n} séries ont été regardées le même jour", alert.family
    ).format(n=number(alert.family))
    sign = "≤" if alert.p < 0.001 else "="
    return _(
        "{looked} ; si rien n’avait changé, moins d’un passage sur vingt donnerait une alerte, quelle qu’elle soit "
        "(p corrigé {sign} {p})."
    ).format(looked=looked, sign=sign, p=reader_locale().number(max(alert.p, 0.001), 3))
