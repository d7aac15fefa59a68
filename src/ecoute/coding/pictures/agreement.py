"""The figures of agreement as tables and sentences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from ecoute.coding.queries.agreement import AgreementPage, Line, MachineLine, MachinePage, Pair
from ecoute.coding.rules import ENOUGH, TARGET
from ecoute.methods.statistics import Proportion
from ecoute.methods.statistics.agreement import Agreement
from ecoute.methods.statistics.ratios import Ratio
from ecoute.ui.components import Cell, Column, DataTable, Tone
from ecoute.ui.typography import number, percent

UNKNOWN = "–"
RARE = 5  # verbatims under which a coefficient says nothing yet


@dataclass(frozen=True, slots=True)
class Card:
    """A figure with its interval, already in words, and how to read it."""

    label: str
    value: str
    interval: str
    base: str
    word: str = ""
    tone: Tone = "neutral"


def verdict(kappa: float | None) -> tuple[str, Tone]:
    """How to read an agreement beyond chance: the target, substantial, or not enough."""
    if kappa is None:
        return "", "neutral"
    if kappa >= TARGET:
        return _("objectif atteint"), "good"
    if kappa >= ENOUGH:
        return _("substantiel"), "info"
    return _("insuffisant"), "warn"


def verdict_on(kappa: float | None, given: int) -> tuple[str, Tone]:
    """The same of a theme that was given to ``given`` verbatims at most: too rare, it is not judged."""
    return (_("trop rare pour conclure"), "neutral") if kappa is not None and given < RARE else verdict(kappa)


def headline(page: AgreementPage) -> list[Card]:
    """The whole of the round: exact agreement, kappa of each pair, alpha of all."""
    base = _base(page.base)
    cards = [Card(_("Mêmes thèmes, exactement"), percent(page.whole.share.share), _between(page.whole.share), base)]
    for pair in page.whole.pairs:
        label = _("Kappa de Cohen")
        if len(page.whole.pairs) > 1:
            label = _("Kappa de %(first)s et %(second)s") % {"first": pair.first, "second": pair.second}
        cards.append(_beyond_chance(label, pair.kappa, base))
    cards.append(_beyond_chance(_("Alpha de Krippendorff"), page.whole.alpha, base))
    return cards


def machine_headline(page: MachinePage) -> list[Card]:
    """The machine on the whole: of the themes it gives, of those it should have given, both together."""
    line = page.whole
    cards = [
        Card(label, percent(one.value), _span(one.low, one.high, percent), _base(page.base))
        for label, one in ((_("Précision"), line.precision), (_("Rappel"), line.recall), (_("F1"), line.f1))
    ]
    return [*cards, _beyond_chance(_("Kappa de Cohen"), line.kappa, _base(page.base))]


def _beyond_chance(label: str, found: Agreement, base: str) -> Card:
    word, tone = verdict(found.value)
    return Card(label, _two(found.value), _span(found.low, found.high, _two), base, word, tone)


def _base(n: int) -> str:
    return _("n = %(n)s") % {"n": number(n)}


def coder_table(page: AgreementPage) -> DataTable:
    """One line a theme: how often each gave it, the agreement, kappa of each pair, alpha."""
    several = len(page.whole.pairs) > 1
    heads = [
        Column(_("Thème")),
        *(Column(name, numeric=True, hint=_("donné")) for name in page.coders),
        Column(_("Accord"), numeric=True, hint=_("oui ou non, les mêmes")),
        *(Column(_kappa_head(pair, several), numeric=True) for pair in page.whole.pairs),
        Column(_("Alpha"), numeric=True),
    ]
    rows = [_coder_row(line) for line in sorted(page.themes, key=lambda line: -sum(line.given))]
    caption = _("Accord entre codeurs, par thème, sur %(n)s verbatims") % {"n": number(page.base)}
    return DataTable(heads, rows, caption=caption, dense=True)


def _kappa_head(pair: Pair, several: bool) -> str:
    return _("Kappa %(first)s / %(second)s") % {"first": pair.first, "second": pair.second} if several else _("Kappa")


def _coder_row(line: Line) -> list[Any]:
    return [
        line.label,
        *line.given,
        Cell(percent(line.share.share), note=_between(line.share)),
        *(_judged(pair.kappa, max(line.given)) for pair in line.pairs),
        _coefficient(line.alpha),
    ]


def _judged(found: Agreement, given: int) -> Cell:
    """A dash where nothing can be said; else the value, its interval, and how to read it."""
    plain = _coefficient(found)
    word, tone = verdict_on(found.value, given)
    return Cell(plain.value, note=", ".join(part for part in (plain.note, word) if part), tone=tone)


def _coefficient(found: Agreement) -> Cell:
    return Cell(_two(found.value), note=_span(found.low, found.high, _two))


def machine_table(page: MachinePage) -> DataTable:
    """One line a theme: what people settled, what the machine found, and how far both agree."""
    heads = [
        Column(_("Thème")),
        Column(_("Personnes"), numeric=True, hint=_("donné")),
        Column(_("Machine"), numeric=True, hint=_("donné")),
        Column(_("Précision"), numeric=True),
        Column(_("Rappel"), numeric=True),
        Column(_("F1"), numeric=True),
        Column(_("Kappa"), numeric=True),
    ]
    rows = [_machine_row(line) for line in sorted(page.themes, key=lambda line: -line.people)]
    caption = _("La machine face au codage retenu, par thème, sur %(n)s verbatims") % {"n": number(page.base)}
    return DataTable(heads, rows, caption=caption, dense=True)


def _machine_row(line: MachineLine) -> list[Any]:
    shares = [_ratio(one) for one in (line.precision, line.recall, line.f1)]
    return [line.label, line.people, line.machine, *shares, _judged(line.kappa, max(line.people, line.machine))]


def _ratio(one: Ratio) -> Cell:
    if one.value is None:
        return Cell(UNKNOWN)
    return Cell(percent(one.value), note=_span(one.low, one.high, percent))


def _two(value: float | None) -> str:
    return UNKNOWN if value is None else number(value, 2)


def _between(share: Proportion) -> str:
    return _span(share.low, share.high, percent)


def _span(low: float | None, high: float | None, write: Any) -> str:
    if low is None or high is None:
        return ""
    return _("de %(low)s à %(high)s") % {"low": write(low), "high": write(high)}
