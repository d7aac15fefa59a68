"""Figures, charts, bases and quotes: what is shown with its evidence."""

from collections.abc import Iterable
from typing import Any

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from ecoute.methods.charts import Chart
from ecoute.ui import typography

from .library import register

TREND_ICONS = {"+": "arrow-up-right", "-": "arrow-down-right", "−": "arrow-down-right"}


@register.inclusion_tag("ui/components/figure.html")
def figure(
    label: str,
    value: Any,
    unit: str = "",
    low: Any = None,
    high: Any = None,
    base: int | None = None,
    note: str = "",
    trend: Any = None,
    href: str = "",
    digits: int | None = None,
) -> dict[str, Any]:
    """A value with its interval and its base. ``unit="%"`` reads ``value``, ``low`` and ``high`` as shares from 0 to 1.

    ``trend`` is a difference in the same unit (a number, written with its sign) or words.
    """
    write = _writer(unit, digits)
    interval = _("entre {low} et {high}").format(low=write(low), high=write(high)) if None not in (low, high) else ""
    return {
        "label": label, "value": write(value), "unit": "" if unit == "%" else unit, "interval": interval,
        "base": base, "note": note, "trend": _trend(trend, unit), "href": href,
    }  # fmt: skip


def _writer(unit: str, digits: int | None) -> Any:
    if unit == "%":
        return lambda value: value if isinstance(value, str) else typography.percent(value, digits or 0)
    return lambda value: typography.number(value, digits)


def _trend(trend: Any, unit: str) -> dict[str, str] | None:
    if trend is None or trend == "":
        return None
    if isinstance(trend, str):
        return {"icon": TREND_ICONS.get(trend.strip()[:1], "arrow-right"), "text": trend}
    points = trend * 100 if unit == "%" else trend
    sign = "+" if points > 0 else ""
    name = "arrow-up-right" if points > 0 else "arrow-down-right" if points < 0 else "arrow-right"
    suffix = " " + _("points") if unit == "%" else ""
    return {"icon": name, "text": f"{sign}{typography.number(points)}{suffix}"}


@register.inclusion_tag("ui/components/chart.html")
def chart(chart: Chart, level: int = 3, hide_title: bool = False, href: str = "") -> dict[str, Any]:
    """A drawing of ``methods.charts`` with its title, its base line and its table one click away."""
    drawing = mark_safe(chart.both)
    return {"chart": chart, "drawing": drawing, "level": level, "hide_title": hide_title, "href": href}


@register.inclusion_tag("ui/components/base_note.html")
def base_note(n: int | None, since: Any = None, until: Any = None, volunteers: bool = True) -> dict[str, Any]:
    """« n = 828 · du 3 mars 2019 au 9 mai 2023 · réponses volontaires, non représentatives »."""
    period = ""
    if since and until:
        period = _("du {since} au {until}").format(since=_date(since), until=_date(until))
    return {"n": typography.number(n), "period": period, "volunteers": volunteers}


def _date(value: Any) -> str:
    written = typography.short_date(value)
    return str(value) if written == typography.NONE else written


@register.inclusion_tag("ui/components/quote.html")
def quote(
    text: str,
    spans: Iterable[Any] = (),
    date: Any = None,
    service: str = "",
    channel: str = "",
    polarity: str = "",
    href: str = "",
    title: str = "",
    nature: str = "",
    place: str = "",
    link_label: str = "",
) -> dict[str, Any]:
    """A verbatim: its words with the evidence marked, and below where they come from. ``text`` is escaped here.

    ``spans`` are pairs (start, end) in characters of ``text``, or objects having ``start`` and ``end``.
    """
    return {
        "title": title, "marked": marked(text, spans), "date": typography.short_date(date) if date else "",
        "service": service, "channel": channel, "polarity": polarity, "nature": nature, "place": place,
        "href": href, "link_label": link_label or _("Lire le verbatim"),
    }  # fmt: skip


@register.filter(name="marked")
def marked(text: str, spans: Iterable[Any] = ()) -> SafeString:
    """The text escaped, with the spans in ``<mark>``; spans out of the text are cut, overlapping ones joined."""
    pieces: list[SafeString] = []
    place = 0
    for start, end in _joined(spans, len(text)):
        pieces.append(escape(text[place:start]))
        pieces.append(format_html("<mark>{}</mark>", text[start:end]))
        place = end
    pieces.append(escape(text[place:]))
    return SafeString("".join(pieces))


def _joined(spans: Iterable[Any], length: int) -> list[tuple[int, int]]:
    pairs = [(span.start, span.end) if hasattr(span, "start") else (span[0], span[1]) for span in spans or ()]
    joined: list[tuple[int, int]] = []
    for start, end in sorted((max(0, start), min(length, end)) for start, end in pairs):
        if start >= end:
            continue
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


@register.simple_tag
def counted(n: int | None, one: str, many: str) -> str:
    """« 0 verbatim », « 1 verbatim », « 1 234 verbatims »: in French nought is singular, in English plural.

    ``one`` and ``many`` come in the reader's language: ``{% counted n _("réponse") _("réponses") %}``.
    """
    if n is None:
        return typography.NONE
    single = n < 2 if typography.reader_locale().code == "fr" else n == 1
    return f"{typography.number(n)}\u00a0{one if single else many}"
