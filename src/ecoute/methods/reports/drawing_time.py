"""Charts over periods; those with too few verbatims leave a gap."""

from __future__ import annotations

from ecoute.methods.charts import Chart, Point, Series, lines
from ecoute.methods.statistics import Direction, Visibility

from .drawing_whole import base_line
from .figures import Figures, Timeline
from .wording import Wording

HIDDEN = {Visibility.HIDDEN, Visibility.NOTHING}


def draw_volume(figures: Figures, words: Wording) -> Chart:
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


def draw_negative(figures: Figures, words: Wording) -> Chart:
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


def _of_middle(timeline: Timeline | None, words: Wording) -> str:
    return words.month(timeline.middle) if timeline and timeline.middle else ""
