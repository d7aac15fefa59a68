"""Charts of the whole file: polarity, irritants, praise, expectations, themes."""

from __future__ import annotations

from ecoute.methods.charts import Bar, Chart, HeatCell, PolarityBar, bars, heat, pareto, polarity
from ecoute.methods.statistics import proportion

from .figures import Figures, Sides, Voices
from .headlines import few_enough, vital_few
from .wording import Wording


def base_line(figures: Figures, words: Wording, n: int | None = None) -> str:
    """« n = 828, de mai 2019 à mars 2023, réponses volontaires »."""
    period = ""
    if figures.first_day and figures.last_day:
        period = ", " + words.span(figures.first_day, figures.last_day)
    return words.say("base_line", n=words.locale.integer(figures.analysed if n is None else n), period=period)


def polarity_row(label: str, sides: Sides) -> PolarityBar:
    return PolarityBar(label, sides.negative, sides.neutral, sides.positive)


def draw_polarity(figures: Figures, words: Wording) -> Chart:
    rows, title = [polarity_row(words.say("row_all"), figures.sides)], "polarity_read_title"
    if figures.declared:
        table = figures.declared.table
        read = Sides(*(sum(row[i] for row in table) for i in range(3)))
        rows = [
            polarity_row(words.say("row_declared"), figures.declared.sides),
            polarity_row(words.say("row_read"), read),
        ]
        title = "polarity_both_title"
    base = figures.declared.sides.base if figures.declared else None
    return polarity(
        rows, title=words.say(title), subtitle=base_line(figures, words, base), key="polarity", locale=words.locale
    )


def draw_cross(figures: Figures, words: Wording) -> Chart:
    names = [words.say(f"side_{side}") for side in ("negative", "neutral", "positive")]
    table = figures.declared.table if figures.declared else ()
    hidden = figures.declared.hidden if figures.declared else frozenset()
    cells = {
        (r, c): HeatCell(None, hidden=True) if (r, c) in hidden else HeatCell(float(n), n)
        for r, row in enumerate(table)
        for c, n in enumerate(row)
    }
    base = figures.declared.sides.base if figures.declared else 0
    return heat(
        names,
        names,
        cells,
        title=words.say("cross_title"),
        subtitle=base_line(figures, words, base),
        unit="count",
        note=words.say("cross_note") if hidden else "",
        heading=words.say("declared_polarity"),
        key="cross",
        locale=words.locale,
    )


def draw_irritants(figures: Figures, words: Wording) -> Chart:
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


def draw_voices(name: str, voices: Voices, figures: Figures, words: Wording, tone: str) -> Chart:
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


def _mentions_note(voices: Voices, words: Wording) -> str:
    return f"{words.say('mentions_note')} {words.counted('without', voices.without_theme)}"


def draw_themes(figures: Figures, words: Wording) -> Chart:
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
