"""The charts of the report: figures → pictures, with titles that say the finding when there is one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ecoute.methods.charts import (
    Bar,
    Chart,
    Dot,
    HeatCell,
    Point,
    PolarityBar,
    Series,
    bars,
    dots,
    heat,
    lines,
    pareto,
    polarity,
)
from ecoute.methods.statistics import Direction, Visibility, proportion

from .figures import Figures, GroupFigure, Sides, Timeline, Voices
from .headlines import few_enough, outstanding, vital_few
from .wording import Wording

MOST_GROUPS = 12
HIDDEN = {Visibility.HIDDEN, Visibility.NOTHING}


def draw_all(figures: Figures, words: Wording) -> dict[str, Chart]:
    """Charts by name; one that would be empty is not there."""
    made = {
        "polarity": _polarity(figures, words),
        "irritants": _irritants(figures, words),
        "praises": _voices("praises", figures.praises, figures, words, "positive"),
        "expectations": _voices("expectations", figures.expectations, figures, words, ""),
        "themes": _themes(figures, words),
    }
    made.update(_optional(figures, words))
    return {name: chart for name, chart in made.items() if not chart.empty}


def _optional(figures: Figures, words: Wording) -> Iterator[tuple[str, Chart]]:
    if figures.declared:
        yield "cross", _cross(figures, words)
    if len(_shown(figures.services)) > 1:
        yield "services", _services(figures, words)
    if figures.grid:
        yield "grid", _grid(figures, words)
    if len(_shown(figures.channels)) > 1:
        yield "channels", _channels(figures, words)
    if figures.timeline:
        yield "volume", _volume(figures, words)
        yield "negative", _negative(figures, words)


def base_line(figures: Figures, words: Wording, n: int | None = None) -> str:
    """« n = 828, de mai 2019 à mars 2023, réponses volontaires »."""
    period = ""
    if figures.first_day and figures.last_day:
        period = ", " + words.span(figures.first_day, figures.last_day)
    return words.say("base_line", n=words.locale.integer(figures.analysed if n is None else n), period=period)


def _row(label: str, sides: Sides) -> PolarityBar:
    return PolarityBar(label, sides.negative, sides.neutral, sides.positive)


def _polarity(figures: Figures, words: Wording) -> Chart:
    rows, title = [_row(words.say("row_all"), figures.sides)], "polarity_read_title"
    if figures.declared:
        table = figures.declared.table
        read = Sides(*(sum(row[i] for row in table) for i in range(3)))
        rows = [_row(words.say("row_declared"), figures.declared.sides), _row(words.say("row_read"), read)]
        title = "polarity_both_title"
    base = figures.declared.sides.base if figures.declared else None
    return polarity(
        rows, title=words.say(title), subtitle=base_line(figures, words, base), key="polarity", locale=words.locale
    )


def _cross(figures: Figures, words: Wording) -> Chart:
    names = [words.say(f"side_{side}") for side in ("negative", "neutral", "positive")]
    table = figures.declared.table if figures.declared else ()
    cells = {(r, c): HeatCell(float(n), n) for r, row in enumerate(table) for c, n in enumerate(row)}
    base = figures.declared.sides.base if figures.declared else 0
    return heat(
        names,
        names,
        cells,
        title=words.say("cross_title"),
        subtitle=base_line(figures, words, base),
        unit="count",
        heading=words.say("declared_polarity"),
        key="cross",
        locale=words.locale,
    )


def _irritants(figures: Figures, words: Wording) -> Chart:
    voices = figures.irritants
    vital, share = vital_few(voices)
    said = few_enough(vital, voices)
    title = words.say("irritants_title")
    if said:
        title = words.say("irritants_vital_title", number=len(vital), share=words.locale.share(share))
    return pareto(
        [Bar(label, n) for label, n in voices.themes],
        title=title,
        subtitle=base_line(figures, words),
        note=_mentions_note(voices, words),
        heading=words.say("theme"),
        key="irritants",
        locale=words.locale,
    )


def _voices(name: str, voices: Voices, figures: Figures, words: Wording, tone: str) -> Chart:
    items = []
    for label, n in voices.themes:
        p = proportion(n, figures.analysed)
        items.append(Bar(label, p.share, p.low, p.high, n, figures.analysed, tone=tone))
    return bars(
        items,
        title=words.say(f"{name}_title"),
        subtitle=base_line(figures, words),
        note=_mentions_note(voices, words),
        limit=10,
        heading=words.say("theme"),
        key=name,
        locale=words.locale,
    )


def _themes(figures: Figures, words: Wording) -> Chart:
    items = [
        Bar(t.label, t.mentions.share, t.mentions.low, t.mentions.high, t.mentions.count, t.mentions.base)
        for t in figures.themes
    ]
    return bars(
        items,
        title=words.say("themes_title"),
        subtitle=base_line(figures, words),
        limit=20,
        heading=words.say("theme"),
        key="themes",
        locale=words.locale,
    )


def _services(figures: Figures, words: Wording) -> Chart:
    title = words.say("services_title")
    worst = [g for g, c in outstanding(figures.services) if c.direction is Direction.UP]
    if worst:
        title = words.say("services_worse_title", name=worst[0].name)
    everyone = proportion(figures.sides.negative, figures.sides.base)
    return dots(
        [_dot(g) for g in _shown(figures.services)],
        title=title,
        subtitle=f"{words.say('services_title')}, {base_line(figures, words)}" if worst else base_line(figures, words),
        note=_groups_note(figures.services, words),
        reference=everyone.share,
        reference_label=words.say("whole"),
        heading=words.say("service"),
        key="services",
        locale=words.locale,
    )


def _shown(groups: Sequence[GroupFigure]) -> list[GroupFigure]:
    return [g for g in groups if g.visibility not in HIDDEN][:MOST_GROUPS]


def _groups_note(groups: Sequence[GroupFigure], words: Wording) -> str:
    """How many groups are drawn and how many are too small to be."""
    shown, hidden = _shown(groups), sum(g.visibility in HIDDEN for g in groups)
    found = [words.say("groups_note", n=len(shown))] if len(shown) + hidden < len(groups) else []
    return " ".join([*found, words.counted("hidden_groups", hidden)] if hidden else found)


def _mentions_note(voices: Voices, words: Wording) -> str:
    return f"{words.say('mentions_note')} {words.counted('without', voices.without_theme)}"


def _of_middle(timeline: Timeline | None, words: Wording) -> str:
    return words.month(timeline.middle) if timeline and timeline.middle else ""


def _dot(group: GroupFigure) -> Dot:
    p = group.negative
    return Dot(group.name, p.share, p.low, p.high, p.base)


def _grid(figures: Figures, words: Wording) -> Chart:
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


def _channels(figures: Figures, words: Wording) -> Chart:
    rows = []
    for group in _shown(figures.channels):
        rows.append(_row(words.known(f"channel_{group.name}", group.name), group.sides))
    return polarity(
        rows,
        title=words.say("channels_title"),
        subtitle=base_line(figures, words),
        note=_groups_note(figures.channels, words),
        heading=words.say("channel"),
        key="channels",
        locale=words.locale,
    )


def _volume(figures: Figures, words: Wording) -> Chart:
    timeline = figures.timeline
    grain = timeline.grain if timeline else "month"
    periods = timeline.periods if timeline else ()
    return lines(
        [words.period(p.start, grain) for p in periods],
        [Series(words.say("series_all"), tuple(Point(float(p.base)) for p in periods))],
        title=words.say("volume_title", grain=words.say(f"grain_{grain}")),
        subtitle=base_line(figures, words, figures.dated),
        unit="count",
        area=True,
        height=190,
        key="volume",
        locale=words.locale,
    )


def _negative(figures: Figures, words: Wording) -> Chart:
    timeline = figures.timeline
    grain = timeline.grain if timeline else "month"
    periods = timeline.periods if timeline else ()
    points = tuple(
        Point(None) if p.visibility in HIDDEN else Point(p.negative.share, p.negative.low, p.negative.high, p.base)
        for p in periods
    )
    direction = timeline.change.direction if timeline and timeline.change else Direction.STABLE
    title = words.say("negative_title", grain=words.say(f"grain_{grain}"))
    if direction is not Direction.STABLE:
        title = words.say(f"negative_{direction.value}_title", month=_of_middle(timeline, words))
    return lines(
        [words.period(p.start, grain) for p in periods],
        [Series(words.say("series_negative"), points)],
        title=title,
        subtitle=base_line(figures, words, figures.dated),
        note=words.say("time_note"),
        key="negative",
        locale=words.locale,
    )
