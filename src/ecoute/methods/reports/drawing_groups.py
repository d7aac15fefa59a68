"""Charts that compare services and channels; groups too small are left out and counted in the note."""

from __future__ import annotations

from collections.abc import Sequence

from ecoute.methods.charts import Chart, Dot, HeatCell, dots, heat, polarity
from ecoute.methods.statistics import Direction, Visibility, proportion

from .drawing_whole import base_line, polarity_row
from .figures import Figures, GroupFigure
from .headlines import outstanding
from .wording import Wording

MOST_GROUPS = 12
HIDDEN = {Visibility.HIDDEN, Visibility.NOTHING}


def draw_services(figures: Figures, words: Wording) -> Chart:
    title = words.say("services_title")
    worst = [g for g, c in outstanding(figures.services) if c.direction is Direction.UP]
    if worst:
        title = words.say("services_worse_title", name=worst[0].name)
    everyone = proportion(figures.sides.negative, figures.sides.base)
    return dots(
        [_dot(g) for g in groups_shown(figures.services)],
        title=title,
        subtitle=f"{words.say('services_title')}, {base_line(figures, words)}" if worst else base_line(figures, words),
        note=_groups_note(figures.services, words),
        reference=everyone.share,
        reference_label=words.say("whole"),
        heading=words.say("service"),
        key="services",
        locale=words.locale,
    )


def groups_shown(groups: Sequence[GroupFigure]) -> list[GroupFigure]:
    return [g for g in groups if g.visibility not in HIDDEN][:MOST_GROUPS]


def _groups_note(groups: Sequence[GroupFigure], words: Wording) -> str:
    """How many groups are drawn and how many are too small to be."""
    shown, hidden = groups_shown(groups), sum(g.visibility in HIDDEN for g in groups)
    found = [words.say("groups_note", n=len(shown))] if len(shown) + hidden < len(groups) else []
    return " ".join([*found, words.counted("hidden_groups", hidden)] if hidden else found)


def _dot(group: GroupFigure) -> Dot:
    p = group.negative
    return Dot(group.name, p.share, p.low, p.high, p.base)


def draw_grid(figures: Figures, words: Wording) -> Chart:
    grid = figures.grid
    cells = {
        place: HeatCell(None, hidden=True) if p is None else HeatCell(p.share, p.base)
        for place, p in (grid.cells.items() if grid else ())
    }
    return heat(
        grid.themes if grid else (),
        grid.services if grid else (),
        cells,
        title=words.say("grid_title"),
        subtitle=base_line(figures, words),
        note=words.say("grid_note"),
        heading=words.say("theme"),
        key="grid",
        locale=words.locale,
    )


def draw_channels(figures: Figures, words: Wording) -> Chart:
    rows = []
    for group in groups_shown(figures.channels):
        rows.append(polarity_row(words.known(f"channel_{group.name}", group.name), group.sides))
    return polarity(
        rows,
        title=words.say("channels_title"),
        subtitle=base_line(figures, words),
        note=_groups_note(figures.channels, words),
        heading=words.say("channel"),
        key="channels",
        locale=words.locale,
    )
