"""Sentences around the figures of the discoveries."""

from __future__ import annotations

from datetime import date

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ecoute.discovery.queries.expectations import GroupView
from ecoute.methods import charts
from ecoute.ui.typography import number, percent, reader_locale


def quarter_label(key: str) -> str:
    """« T2 2023 »."""
    year, quarter = key.split("-Q")
    return _("T{quarter} {year}").format(quarter=quarter, year=year)


def month_of(day: date) -> str:
    """« mars 2024 »."""
    return formats.date_format(day, "F Y").lower()


def since_words(view: GroupView) -> str:
    """Since when it is said; that nobody had said it before only where earlier silence tells something."""
    if view.first is None or view.last is None:
        return _("Aucun de ces verbatims n’est daté.")
    if view.new_since is not None:
        return _("Personne ne l’avait dit avant %(month)s, parmi %(n)s verbatims datés plus anciens.") % {
            "month": month_of(view.new_since),
            "n": number(view.before),
        }
    if month_of(view.first) == month_of(view.last):
        return _("Dit en %(month)s.") % {"month": month_of(view.first)}
    return _("Dit de %(first)s à %(last)s.") % {"first": month_of(view.first), "last": month_of(view.last)}


def how_said(view: GroupView) -> str:
    """How many ask in words, how many only imply it."""
    said = ngettext("%(n)s la formule", "%(n)s la formulent", view.said) % {"n": number(view.said)}
    implied = ngettext("%(n)s la laisse déduire", "%(n)s la laissent déduire", view.implied) % {
        "n": number(view.implied)
    }
    return ", ".join(words for words, n in ((said, view.said), (implied, view.implied)) if n)


def dissatisfied_words(view: GroupView) -> str:
    """The share of dissatisfied people among those who declared something; nothing when too few did."""
    found = view.dissatisfied
    if found.share is None:
        return ""
    return _("%(share)s d’insatisfaits (de %(low)s à %(high)s, sur %(n)s qui l’ont déclaré)") % {
        "share": percent(found.share),
        "low": percent(found.low),
        "high": percent(found.high),
        "n": number(found.base),
    }


def quarterly(view: GroupView, *, small: bool) -> charts.Chart | None:
    """How many said it, quarter by quarter; None under three quarters."""
    if len(view.quarters) < 3:
        return None
    labels, counts = [quarter_label(key) for key, _n in view.quarters], [n for _key, n in view.quarters]
    title = _("Nombre de verbatims par trimestre")
    if small:
        return charts.sparkline(
            counts, title=title, periods=labels, key=f"wish-{view.row.pk}", width=160, locale=reader_locale()
        )
    points = tuple(charts.Point(n) for n in counts)
    return charts.lines(
        labels, [charts.Series(_("verbatims"), points)], title=title, unit="count", area=True,
        subtitle=_("n = %(n)s verbatims datés") % {"n": number(sum(counts))},
        key=f"wish-{view.row.pk}", locale=reader_locale(),
    )  # fmt: skip
