"""The same figures as JSON, for other programs. The schema is described in README.md; hidden figures are null."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from ecoute.methods.statistics import Comparison, Proportion, Visibility

from .figures import Figures, GroupFigure, PeriodFigure, Quote, Sides, ThemeFigure, Voices

FORMAT = "ecoute-analysis"
VERSION = 1
HIDDEN = {Visibility.HIDDEN, Visibility.NOTHING}


def to_json(figures: Figures, *, language: str, version: str, made_on: date) -> dict[str, Any]:
    """Everything the report shows as plain values; shares are 0–1, dates ISO 8601, quotes masked."""
    return {
        "format": FORMAT,
        "format_version": VERSION,
        "software": f"ecoute {version}",
        "made_on": made_on.isoformat(),
        "language": language,
        "warning": "voluntary answers, not representative; machine coding, not checked",
        "source": _source(figures),
        "analysed": figures.analysed,
        "period": {"first": _day(figures.first_day), "last": _day(figures.last_day), "dated": figures.dated},
        "languages": dict(figures.languages),
        "masked": dict(figures.masked),
        "polarity": _sides(figures.sides),
        "declared": _declared(figures),
        "natures": dict(figures.natures),
        "coded": _share(figures.coded),
        "themes": [_theme(t) for t in figures.themes],
        "irritants": _voices(figures.irritants),
        "praises": _voices(figures.praises),
        "expectations": _voices(figures.expectations),
        "services": [_group(g) for g in figures.services],
        "channels": [_group(g) for g in figures.channels],
        "themes_by_service": _grid(figures),
        "timeline": _timeline(figures),
        "together": [
            {"themes": [p.first, p.second], "count": p.together, "expected": p.expected, "lift": p.lift, "p": p.p}
            for p in figures.together
        ],
        "duplicates": [{"lines": list(g.lines), "quote": _quote(g.quote)} for g in figures.duplicates],
        "discovered": [
            {
                "name": s.name,
                "phrases": list(s.phrases),
                "count": s.count,
                "cohesion": s.cohesion,
                "quotes": [_quote(q) for q in s.quotes],
                "status": "to-check",
            }
            for s in figures.subjects
        ],
        "phrases": [{"phrase": phrase, "count": n} for phrase, n in figures.phrases],
        "engines": dict(figures.engines),
        "codebook": figures.codebook,
    }


def _day(when: date | None) -> str | None:
    return when.isoformat() if when else None


def _source(figures: Figures) -> dict[str, Any]:
    source = figures.source
    return {
        "name": source.name,
        "format": source.format,
        "encoding": source.encoding,
        "separator": source.separator,
        "sheet": source.sheet,
        "columns": dict(source.columns),
        "rows": source.rows,
        "notes": list(source.notes),
        "set_aside": dict(Counter(row.reason for row in figures.set_aside)),
        "set_aside_lines": [{"line": r.line, "reason": r.reason} for r in figures.set_aside],
    }


def _sides(sides: Sides) -> dict[str, int]:
    return {"negative": sides.negative, "neutral": sides.neutral, "positive": sides.positive, "base": sides.base}


def _share(found: Proportion) -> dict[str, Any]:
    return {
        "count": found.count,
        "base": found.base,
        "share": found.share,
        "low": found.low,
        "high": found.high,
    }


def _declared(figures: Figures) -> dict[str, Any] | None:
    declared = figures.declared
    if declared is None:
        return None
    return {
        **_sides(declared.sides),
        "by_polarity_read": [
            [None if (r, c) in declared.hidden else n for c, n in enumerate(row)]
            for r, row in enumerate(declared.table)
        ],
        "agreement": _share(declared.agreement),
        "kappa": declared.kappa,
    }


def _quote(quote: Quote) -> dict[str, Any]:
    return {
        "text": quote.text,
        "evidence": [words for words, marked in quote.parts if marked],
        "line": quote.line,
        "month": quote.said_on.strftime("%Y-%m") if quote.said_on else None,
        "service": quote.service or None,
        "polarity": quote.polarity,
        "language": quote.language,
    }


def _theme(theme: ThemeFigure) -> dict[str, Any]:
    return {
        "slug": theme.slug,
        "label": theme.label,
        "root": theme.root,
        "mentions": _share(theme.mentions),
        "polarity": _sides(theme.sides),
        "irritants": theme.irritants,
        "praises": theme.praises,
        "expectations": theme.expectations,
        "quotes": [_quote(q) for q in theme.quotes],
    }


def _voices(voices: Voices) -> dict[str, Any]:
    return {
        "verbatims": _share(voices.verbatims),
        "themes": [{"label": label, "count": n} for label, n in voices.themes],
        "without_theme": voices.without_theme,
        "quotes": [_quote(q) for q in voices.quotes],
    }


def _group(group: GroupFigure) -> dict[str, Any]:
    hidden = group.visibility in HIDDEN
    return {
        "name": group.name,
        "visibility": group.visibility.value,
        "polarity": None if hidden else _sides(group.sides),
        "negative": None if hidden else _share(group.negative),
        "compared_with_others": None if hidden or not group.comparison else _comparison(group.comparison),
    }


def _comparison(found: Comparison) -> dict[str, Any]:
    return {
        "direction": found.direction.value,
        "difference": found.difference,
        "low": found.low,
        "high": found.high,
        "p": found.p,
        "reason": found.reason.value,
        "test": found.test,
    }


def _grid(figures: Figures) -> dict[str, Any] | None:
    grid = figures.grid
    if grid is None:
        return None
    shares = [
        [None if (p := grid.cells.get((r, c))) is None else p.share for c in range(len(grid.services))]
        for r in range(len(grid.themes))
    ]
    return {"themes": list(grid.themes), "services": list(grid.services), "bases": list(grid.bases), "shares": shares}


def _timeline(figures: Figures) -> dict[str, Any] | None:
    timeline = figures.timeline
    if timeline is None:
        return None
    return {
        "grain": timeline.grain,
        "periods": [_period(p) for p in timeline.periods],
        "middle": _day(timeline.middle),
        "change": _comparison(timeline.change) if timeline.change else None,
    }


def _period(period: PeriodFigure) -> dict[str, Any]:
    hidden = period.visibility in HIDDEN
    return {
        "start": period.start.isoformat(),
        "base": period.base,
        "negative": None if hidden else _share(period.negative),
    }
