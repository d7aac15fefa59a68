"""The report in a few sentences: what was heard, with its base and its interval."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ecoute.indicators.pictures import words
from ecoute.indicators.pictures.moves import change_label
from ecoute.indicators.queries.dashboard import Board
from ecoute.indicators.queries.ranking import Ranking
from ecoute.indicators.queries.report import ReplyFigures, Report
from ecoute.indicators.rules import is_withheld
from ecoute.ui.typography import number, percent

FIRST = 3


def findings(report: Report) -> list[str]:
    """Sentences in the order of the report; none when no figure may be shown."""
    board = report.board
    if board is None:
        return []
    said = [_heard(board), _satisfied(board), _first(board.irritants), _first(board.praised), _first(board.expected)]
    said += [_changed(board), _replied(report.replies)]
    return [sentence for sentence in said if sentence]


def _heard(board: Board) -> str:
    period = f", {words.span_words(board.frame.span)}" if board.frame.span else ""
    if is_withheld(board.headlines.irritant):
        return _("{n} verbatims ont été analysés{period}.").format(n=number(board.frame.base), period=period)
    sentence = _("{n} verbatims ont été analysés{period} ; {share} signalent un irritant.")
    return sentence.format(n=number(board.frame.base), period=period, share=words.share_words(board.headlines.irritant))


def _satisfied(board: Board) -> str:
    figures = board.headlines.satisfaction
    if not figures.base or is_withheld(figures.positive) or is_withheld(figures.neutral):
        return ""
    sentence = _("Parmi les {n} personnes qui ont déclaré leur ressenti, {share} sont satisfaites, {neutral} neutres.")
    return sentence.format(
        n=number(figures.base), share=words.share_words(figures.positive), neutral=percent(figures.neutral.share)
    )


def _first(ranking: Ranking) -> str:
    rows = ranking.rows[:FIRST]
    if not rows:
        return ""
    listed = ", ".join(f"{row.label} ({row.share.count})" for row in rows)
    sentence = {
        "irritant": _("Premiers irritants, en nombre de verbatims : {listed}."),
        "praise": _("Le plus souvent apprécié : {listed}."),
        "expectation": _("Premières attentes : {listed}."),
    }[ranking.nature]
    return sentence.format(listed=listed)


def _changed(board: Board) -> str:
    if board.changes is None:
        return ""
    if board.changes.trouble:
        return words.trouble_words(board.changes)
    moved = board.changes.moved
    within = f" {words.sources_words(board.changes)}" if board.changes.sources else ""
    if not moved:
        return _("Aucune évolution significative par rapport à la période précédente.") + within
    listed = " ; ".join(f"{change_label(one)} : {words.change_words(one)}" for one in moved)
    words_of = ngettext("Une évolution significative : {listed}.", "Évolutions significatives : {listed}.", len(moved))
    return words_of.format(listed=listed) + within


def _replied(replies: ReplyFigures | None) -> str:
    if replies is None or not replies.replied:
        return ""
    said = _("L'administration a répondu à {n} verbatims sur {base} ({share}).").format(
        n=number(replies.replied), base=number(replies.base), share=percent(replies.replied / replies.base)
    )
    if replies.delay is None:
        unknown = _("Les dates de réponse ne sont pas connues.")
        return f"{said} {unknown}"
    delay = _("Délai médian : {days} jours, sur {n} réponses datées.")
    return f"{said} {delay.format(days=number(replies.delay, 0), n=number(replies.dated))}"
