"""The tables of a report, for the page, the PDF and the spreadsheet."""

from __future__ import annotations

from django.utils.translation import gettext as _

from ecoute.indicators.pictures import words
from ecoute.indicators.pictures.moves import change_label
from ecoute.indicators.queries.report import Report
from ecoute.methods.statistics import Proportion
from ecoute.ui.components import Column, DataTable
from ecoute.ui.typography import NONE, reader_locale

MOST = 30


def figures_table(report: Report) -> DataTable | None:
    """The headlines with interval and base."""
    if report.board is None:
        return None
    top = report.board.headlines
    rows = [
        (_("Se déclarent satisfaits"), *_cells(top.satisfaction.positive)),
        (_("Neutres"), *_cells(top.satisfaction.neutral)),
        (_("Insatisfaits"), *_cells(top.satisfaction.negative)),
        (_("Signalent un irritant"), *_cells(top.irritant)),
        (_("Expriment une attente"), *_cells(top.expectation)),
        (_("Expriment une satisfaction"), *_cells(top.praise)),
        (_("Sans thème reconnu"), *_cells(top.uncoded)),
    ]
    if not top.satisfaction.base:
        rows = rows[3:]
    heads = (_("Chiffre"), _number(_("Part")), _number(_("Intervalle à 95 %")), _number(_("Base")))
    return DataTable(headers=heads, rows=rows, caption=_("Chiffres d'ensemble ; « — » : effectif masqué"))


def _number(label: str) -> Column:
    return Column(label, numeric=True)


def _cells(share: Proportion) -> tuple[str, str, str]:
    locale = reader_locale()
    return locale.share(share.share), locale.interval(share.low, share.high), locale.integer(share.base)


def themes_table(report: Report) -> DataTable:
    """Verbatims by theme and nature; a hidden count is said to be hidden."""
    locale = reader_locale()
    rows = [
        (
            line.label,
            *map(locale.integer, (line.irritant, line.praise, line.expectation, line.total)),
            words.share_words(line.share) if line.share else NONE,
        )
        for line in report.themes[:MOST]
    ]
    corrected = report.footing is not None and report.footing.corrected
    share = _("Part corrigée (95 %)") if corrected else _("Part (95 %)")
    figures = (_("Irritant"), _("Satisfaction exprimée"), _("Attente"), _("Verbatims"), share)
    heads = [Column(_("Thème")), *map(_number, figures)]
    return DataTable(headers=heads, rows=rows, caption=_("Verbatims par thème ; « — » : effectif masqué"))


def changes_table(report: Report) -> DataTable | None:
    """Everything that was compared, moved or not."""
    if report.board is None or report.board.changes is None or report.board.changes.trouble:
        return None
    rows = [
        (change_label(c), words.share_words(c.before), words.share_words(c.now), words.change_words(c))
        for c in report.board.changes.rows
    ]
    heads = (_("Chiffre"), _number(_("Avant")), _number(_("Maintenant")), _("Évolution"))
    return DataTable(headers=heads, rows=rows, caption=_("Comparaison avec la période précédente"))
