"""Charts that set services or channels beside each other."""

from __future__ import annotations

from django.utils.translation import gettext as _

from ecoute.indicators.pictures import words
from ecoute.indicators.pictures.board import Link
from ecoute.indicators.queries.comparison import GroupComparison, GroupShare, too_few
from ecoute.indicators.queries.frame import Frame
from ecoute.methods import charts
from ecoute.methods.statistics import Direction
from ecoute.methods.statistics.disclosure import FEW
from ecoute.ui.components import Column, DataTable
from ecoute.ui.typography import NONE, reader_locale

MOST = 25  # rows drawn
LEAST = 5  # a share of fewer says nothing, whoever reads it


def least_of(*comparisons: GroupComparison) -> int:
    """From how many answers on a group is drawn, the same for charts read together: thirty, or five where hardly any
    group has thirty."""
    return FEW if any(_enough(comparison) for comparison in comparisons) else LEAST


def drawn(comparison: GroupComparison, least: int) -> list[GroupShare]:
    """The rows worth a dot. Hidden rows are not drawn."""
    return [row for row in comparison.rows if row.share and row.share.base >= least][:MOST]


def _enough(comparison: GroupComparison) -> bool:
    return sum(1 for row in comparison.rows if row.share and row.share.base >= FEW) >= 3


def groups_chart(
    comparison: GroupComparison,
    frame: Frame,
    link: Link,
    *,
    title: str,
    dimension: str,
    heading: str,
    note: str = "",
    least: int = 0,
    mark: str = "",
) -> charts.Chart:
    """Dots with intervals in the order of the figures (sure differences first), the whole as a dashed line.

    ``dimension`` is the filter that a row narrows: « services » or « channels ». ``least``: as ``least_of`` gives it,
    that of this chart alone when it is 0. ``mark`` ends the line of the base.
    """
    least = least or least_of(comparison)
    rows = drawn(comparison, least)
    notes = [note] if note else []
    if len(rows) < len(comparison.rows):
        notes.append(_("Les effectifs de moins de {n} ne sont pas dessinés.").format(n=least))
    return charts.dots(
        [_dot(row, link, dimension) for row in rows],
        title=words.apart_title(comparison, title),
        subtitle=", ".join(part for part in (words.base_line(frame, comparison.whole.base), mark) if part),
        note=" ".join(notes),
        reference=comparison.whole.share,
        reference_label=_("ensemble"),
        heading=heading,
        sort=False,
        key=f"{dimension}{title}",
        locale=reader_locale(),
    )


def _dot(row: GroupShare, link: Link, dimension: str) -> charts.Dot:
    if row.share is None:
        return charts.Dot(row.group.label, None, hidden=True)
    value = int(row.group.value) if dimension == "services" else row.group.value
    href = link(**{dimension: (value,)}) or None
    tone = "" if row.direction == "stable" else "c2"
    return charts.Dot(row.group.label, row.share.share, row.share.low, row.share.high, row.share.base, href, tone=tone)


def groups_table(comparison: GroupComparison, *, caption: str, heading: str, higher_is_better: bool) -> DataTable:
    """The same in words: share, interval, base and standing beside the others."""
    locale = reader_locale()
    rows = []
    for row in comparison.rows:
        if row.share is None or row.share.base < LEAST:
            rows.append((row.group.label, NONE, NONE, NONE, _("masqué (effectif trop faible)")))
            continue
        standing = words.standing_words(row.direction, too_few(row), higher_is_better=higher_is_better)
        share = row.share
        cells = (locale.share(share.share), locale.interval(share.low, share.high), locale.integer(share.base))
        rows.append((row.group.label, *cells, standing))
    heads = (
        Column(heading),
        Column(_("Part"), numeric=True),
        Column(_("Intervalle à 95 %"), numeric=True),
        Column(_("Base"), numeric=True),
        Column(_("Par rapport à l'ensemble")),
    )
    return DataTable(headers=heads, rows=rows, caption=caption)


def standing_sentences(comparison: GroupComparison, *, higher_is_better: bool) -> list[str]:
    """Who stands out, in words; one sentence when nobody does."""
    good, bad = (Direction.UP, Direction.DOWN) if higher_is_better else (Direction.DOWN, Direction.UP)
    better, worse = (
        ", ".join(row.group.label for row in comparison.rows if row.direction is way) for way in (good, bad)
    )
    said = []
    if better:
        said.append(_("Mieux que l'ensemble : {names}.").format(names=better))
    if worse:
        said.append(_("Moins bien que l'ensemble : {names}.").format(names=worse))
    return said or [_("Aucun service ne se distingue significativement de l'ensemble.")]
