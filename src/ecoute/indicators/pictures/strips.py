"""Drawings as high as a line of text, for rows of a table."""

from __future__ import annotations

from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from ecoute.indicators.pictures.words import period_label
from ecoute.indicators.queries.series import Series
from ecoute.methods import charts
from ecoute.ui.typography import reader_locale

WIDTH, HEIGHT = 120, 12


def tone_strip(label: str, tones: tuple[int, int, int]) -> SafeString:
    """Negative, neutral and positive side by side; what it shows is said in words to those who do not see it."""
    total = sum(tones)
    if not total:
        return SafeString("")
    locale = reader_locale()
    shares = [n / total for n in tones]
    said = _("{label} : {negative} négatif, {neutral} neutre, {positive} positif").format(
        label=label, **{k: locale.share(s) for k, s in zip(("negative", "neutral", "positive"), shares, strict=True)}
    )
    parts, x = [], 0.0
    for kind, share in zip(("negative", "neutral", "positive"), shares, strict=True):
        if share:
            width = max(share * WIDTH - 1, 0.5)
            parts.append(f'<rect class="ch-{kind}" x="{x:.1f}" y="0" width="{width:.1f}" height="{HEIGHT}"/>')
        x += share * WIDTH
    return mark_safe(
        f'<svg class="strip" role="img" aria-label="{escape(said)}" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'width="{WIDTH}" height="{HEIGHT}">{"".join(parts)}</svg>'
    )


def trend_strip(label: str, series: Series | None) -> SafeString:
    """The share of a theme over time, from zero."""
    if series is None or sum(point is not None for point in series.points) < 2:
        return SafeString("")
    values = [point.share if point else None for point in series.points]
    periods = [period_label(key) for key in series.keys]
    chart = charts.sparkline(
        values,
        title=_("{label} de {first} à {last}").format(label=label, first=periods[0], last=periods[-1]),
        periods=periods,
        unit="share",
        key=label,
        locale=reader_locale(),
    )
    return mark_safe(chart.svg)
