"""The control chart of a theme, in a service or everywhere, within what a reader may see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ecoute.indicators.facade import period_label
from ecoute.methods import charts
from ecoute.methods.statistics import limits
from ecoute.methods.statistics.disclosure import NEVER
from ecoute.ui.typography import number, reader_locale
from ecoute.verbatims.facade import Corpus
from ecoute.watch.queries.series import Watched, series_of


@dataclass(frozen=True, slots=True)
class Curve:
    """``judged`` is False when five verbatims are not expected in each period, even in years: the chart only shows."""

    series: Watched
    chart: charts.Chart
    judged: bool


def curve(corpus: Corpus, theme: str, label: str, service: int | None) -> Curve | None:
    """None where no dated word can be compared."""
    series = series_of(corpus, theme, service)
    if series is None:
        return None
    narrow = service is not None or not corpus.scope.everything
    return Curve(series, _chart(series, label, narrow=narrow), series.alarm is not None)


def _chart(series: Watched, label: str, *, narrow: bool) -> charts.Chart:
    """``narrow``: theme and service cross, so small groups stay hidden."""
    found = limits(series.counts, series.bases)
    hidden = [narrow and 0 < count < NEVER for count in series.counts]
    points = [
        charts.ControlPoint(None if hide else one.value, one.low, one.high, None if hide else count, base, one.outside)
        for one, count, base, hide in zip(found, series.counts, series.bases, hidden, strict=True)
    ]
    return charts.control(
        [period_label(key) for key in series.keys],
        points,
        found[0].centre if found else 0.0,
        title=_title(label, points, judged=series.alarm is not None),
        subtitle=_("n = {n} verbatims datés, réponses volontaires, non représentatives").format(
            n=number(sum(series.bases))
        ),
        note=_(
            "La bande est à trois écarts-types de la part d’ordinaire ; elle tient compte de ce que les périodes "
            "varient plus que le hasard seul ne le ferait."
        ),
        locale=reader_locale(),
    )


def _title(label: str, points: Sequence[charts.ControlPoint], *, judged: bool) -> str:
    """What the curve shows; nothing is said of a calm that too few verbatims could not have troubled."""
    outside = sum(point.outside and point.value is not None for point in points)
    if outside:
        return _("« {label} » : la part des verbatims qui s’en plaignent est sortie {n} fois de l’ordinaire").format(
            label=label, n=number(outside)
        )
    if not judged:
        return _("« {label} » : la part des verbatims qui s’en plaignent").format(label=label)
    return _("« {label} » : la part des verbatims qui s’en plaignent reste dans l’ordinaire").format(label=label)
