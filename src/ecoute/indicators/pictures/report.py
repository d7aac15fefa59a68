"""A report as it is shown: title, sentences, charts, tables, method."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from ecoute.indicators.enums import Audience
from ecoute.indicators.pictures import board as pictures
from ecoute.indicators.pictures import words
from ecoute.indicators.pictures.board import Link
from ecoute.indicators.pictures.findings import findings
from ecoute.indicators.pictures.prevalence import footing_words, how_passages
from ecoute.indicators.pictures.report_tables import changes_table, figures_table, themes_table
from ecoute.indicators.queries.report import Report
from ecoute.methods.charts import Chart
from ecoute.ui.components import DataTable


@dataclass(frozen=True, slots=True)
class Chapter:
    """A heading with its charts and tables."""

    title: str
    charts: tuple[Chart, ...] = ()
    tables: tuple[DataTable, ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """Everything a reader sees of a report, quotes apart."""

    title: str
    subtitle: str
    base: str
    caveats: tuple[str, ...]
    findings: tuple[str, ...]
    chapters: tuple[Chapter, ...]
    method: tuple[str, ...]


def title_of(report: Report) -> str:
    service = report.service or _("Tous les services")
    return f"{service} : {report.theme.lower()}" if report.theme else service


def show_report(report: Report, link: Link) -> Shown:
    """``link`` leads to the words behind; ``pictures.board.no_link`` in a document that leaves the page."""
    board = report.board
    span = board.frame.span if board else None
    return Shown(
        title=title_of(report),
        subtitle=words.sentence(words.span_words(span)) if span else _("Toute la période disponible"),
        base=words.base_line(board.frame) if board else "",
        caveats=tuple(words.caveats(board.frame)) if board else (),
        findings=tuple(findings(report)),
        chapters=_chapters(report, link),
        method=tuple(_method(report)),
    )


def _chapters(report: Report, link: Link) -> tuple[Chapter, ...]:
    board = report.board
    if board is None:
        return ()
    trend, figures, changes = pictures.satisfaction_chart(board), figures_table(report), changes_table(report)
    found = [
        Chapter(_("Chiffres d'ensemble"), (trend,) if trend else (), (figures,) if figures else ()),
        Chapter(_("Irritants"), (pictures.pareto_chart(board, link), pictures.heat_chart(board.heat, board, link))),
        Chapter(
            _("Ce qui est apprécié, ce qui est attendu"),
            pictures.pair_charts(board, link),
        ),
        Chapter(_("Canaux"), (pictures.channels_chart(board, link),)),
        Chapter(_("Thèmes"), (), (themes_table(report),)),
    ]
    if changes:
        found.append(Chapter(_("Ce qui a changé"), (), (changes,)))
    return tuple(found)


def _method(report: Report) -> list[str]:
    said = [
        _("Les personnes qui s'expriment sont volontaires : elles ne représentent pas l'ensemble des usagers. "
          "Les intervalles à 95 % (méthode de Wilson) sont donnés à titre indicatif."),
        _("Une évolution n'est affirmée que si elle est significative après correction pour le nombre de comparaisons "
          "(Holm, p < 0,05), d'au moins 3 points, et si chaque période compte au moins 30 verbatims."),
        _("Les thèmes, natures et tonalités sont codés par la machine, que des agents corrigent. "
          "Une part d'erreur demeure : chaque chiffre mène aux verbatims qui permettent de le vérifier."),
    ]  # fmt: skip
    if report.footing:
        said += [footing_words(report.footing), how_passages(report.footing).lead]
    said.append(_minimum(report))
    codebook = _("Plan de codage : {name}, version {version}.")
    if report.machine.codebook:
        said.append(codebook.format(name=report.machine.codebook, version=report.machine.codebook_version))
    if report.machine.engines:
        listed = ", ".join(sorted(set(report.machine.engines.values())))
        said.append(_("Moteurs d'analyse : {listed}.").format(listed=listed))
    sources = report.board.frame.notes if report.board else ()
    quoted = _("Source : {name}, {attribution}.")
    said += [quoted.format(name=n.name, attribution=n.attribution) for n in sources if n.attribution]
    return said


def _minimum(report: Report) -> str:
    if report.parameters.audience == Audience.PUBLICATION:
        return _("Publication : aucun effectif inférieur à 11 n'est montré, ni aucune citation, faute de relecture.")
    return _("Usage interne : les effectifs inférieurs à 5 sont masqués quand plusieurs critères se croisent.")
