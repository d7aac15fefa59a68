"""The charts of the dashboard and of the report."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _

from ecoute.indicators.pictures import words
from ecoute.indicators.pictures.naming import told_apart
from ecoute.indicators.queries.crossing import Cell, Crossing
from ecoute.indicators.queries.dashboard import Board
from ecoute.indicators.queries.ranking import Ranking
from ecoute.indicators.queries.series import Series
from ecoute.methods import charts
from ecoute.ui.typography import reader_locale

Link = Callable[..., str]
NAMED_MOST = 12  # an address that names more services than that is too long to be worth its weight
LISTED = 15  # themes in the table under a short chart: the page of themes has them all
SHORT = 6  # bars of a short chart
BROAD = 900  # drawing units of a chart that has the whole page for itself


def no_link(**_more: object) -> str:
    """For pictures that leave the page: a PDF read elsewhere has no explorer to open."""
    return ""


def satisfaction_chart(board: Board) -> charts.Chart | None:
    """Satisfied people among those who declared something, period by period; None when nobody declared anything."""
    if board.trend is None:
        return None
    change = board.changes.of("satisfaction") if board.changes else None
    return share_line(
        board.trend,
        title=words.satisfaction_title(change),
        subtitle=words.base_line(board.frame, board.headlines.satisfaction.base),
        name=_("satisfaits"),
        key="satisfaction",
    )


def share_line(series: Series, *, title: str, subtitle: str, name: str, key: str) -> charts.Chart:
    """One line with the band of its interval and its breaks."""
    points = tuple(charts.Point(p.share, p.low, p.high, p.base) if p else charts.Point(None) for p in series.points)
    breaks = [charts.Break(at, _("nouvelle source")) for at in series.breaks]
    return charts.lines(
        [words.period_label(k) for k in series.keys],
        [charts.Series(name, points)],
        title=title,
        subtitle=subtitle,
        note=_("La bande montre l'intervalle à 95 %, indicatif : les répondants sont volontaires."),
        breaks=breaks,
        key=key,
        locale=reader_locale(),
    )


def pareto_chart(board: Board, link: Link) -> charts.Chart:
    """Themes complained of, with how much the first ones hold together."""
    rows = board.irritants.rows
    few = _vital(board.irritants)
    title = words.ranking_title(board.irritants)
    if few and not board.irritants.leader:
        title = _("{n} thèmes font la moitié des irritants").format(n=few)
    return charts.pareto(
        [charts.Bar(r.label, r.share.count, href=link(themes=(r.slug,), natures=("irritant",)) or None) for r in rows],
        title=title,
        subtitle=words.base_line(board.frame),
        note=_left_out(
            board.irritants, _("Un verbatim peut relever de plusieurs thèmes ; le cumul porte sur les mentions.")
        ),
        heading=_("Thème"),
        key="pareto",
        width=BROAD,
        locale=reader_locale(),
    )


def _vital(ranking: Ranking) -> int:
    """How many themes make half of the mentions; 0 when that is not worth a title."""
    total, running = ranking.mentions, 0
    for number, row in enumerate(ranking.rows, 1):
        running += row.share.count
        if total >= 30 and running * 2 >= total:
            return number if 2 <= number <= 6 and len(ranking.rows) >= 3 * number else 0
    return 0


def _left_out(ranking: Ranking, note: str) -> str:
    if not ranking.left_out:
        return note
    rare = _("Les thèmes trop rares ne sont pas montrés.")
    return f"{note} {rare}".strip()


def pair_charts(board: Board, link: Link) -> tuple[charts.Chart, charts.Chart]:
    """What is praised and what is expected, side by side: one scale, or lengths could not be compared."""
    pair = board.praised, board.expected
    ends = [row.share.high or 0.0 for ranking in pair for row in ranking.rows[:SHORT]]
    praised, expected = (ranking_chart(one, board, link, top=max(ends, default=0.0)) for one in pair)
    return praised, expected


def ranking_chart(ranking: Ranking, board: Board, link: Link, *, top: float | None = None) -> charts.Chart:
    """What is praised or expected, as shares of all verbatims with their intervals. ``top``: the end of the scale."""
    tone = {"praise": "positive", "irritant": "negative"}.get(ranking.nature, "")
    return charts.bars(
        [
            charts.Bar(
                r.label,
                r.share.share,
                r.share.low,
                r.share.high,
                count=r.share.count,
                base=r.share.base,
                href=link(themes=(r.slug,), natures=(ranking.nature,)) or None,
                tone=tone,
            )
            for r in ranking.rows[:LISTED]
        ],
        title=words.ranking_title(ranking),
        subtitle=words.base_line(board.frame),
        note=_left_out(ranking, ""),
        heading=_("Thème"),
        limit=SHORT,
        top=top,
        key=ranking.nature,
        locale=reader_locale(),
    )


def heat_chart(heat: Crossing, board: Board, link: Link) -> charts.Chart:
    """Complaints by theme and service; hidden cells are hatched and lead nowhere."""
    cells = {
        (r, c): _heat_cell(cell, link, slug, _values(board, c))
        for r, (slug, _label) in enumerate(heat.themes)
        for c, cell in enumerate(heat.cells[r])
    }
    columns = [group.label or _("Autres services") for group in heat.groups]
    notes = [
        _("Part des verbatims du service qui signalent l'irritant. Un verbatim peut concerner plusieurs services.")
    ]
    if heat.hidden_share:
        notes.append(_("Cases hachurées : effectif trop faible, ou case masquée pour protéger une voisine."))
    return charts.heat(
        [label for _slug, label in heat.themes],
        columns,
        cells,
        title=_("Irritants par service"),
        subtitle=words.base_line(board.frame),
        note=" ".join(notes),
        heads=told_apart(columns),
        heading=_("Thème"),
        key="heat",
        width=BROAD,
        locale=reader_locale(),
    )


def _values(board: Board, column: int) -> tuple[str, ...]:
    group = board.heat.groups[column]
    return (group.value,) if group.value else board.others


def _heat_cell(cell: Cell, link: Link, slug: str, services: tuple[str, ...]) -> charts.HeatCell:
    if cell.share is None:
        return charts.HeatCell(None, hidden=cell.hidden)
    if not cell.share.count or len(services) > NAMED_MOST:
        return charts.HeatCell(cell.share.share, cell.share.base)
    href = link(themes=(slug,), natures=("irritant",), services=tuple(map(int, services)))
    return charts.HeatCell(cell.share.share, cell.share.base, href or None)


def channels_chart(board: Board, link: Link) -> charts.Chart:
    """The tone of the words by channel, as the machine reads it."""
    items = [
        charts.PolarityBar(s.group.label, *s.kinds, href=link(channels=(s.group.value,)) or None)
        if s.kinds
        else charts.PolarityBar(s.group.label, 0, 0, 0, hidden=True)
        for s in board.channels
    ]
    return charts.polarity(
        items,
        title=_("Tonalité par canal"),
        subtitle=words.base_line(board.frame),
        note=_("Tonalité estimée par la machine d'après le texte ; elle diffère de la satisfaction déclarée."),
        heading=_("Canal"),
        key="channels",
        width=BROAD,
        locale=reader_locale(),
    )
