"""Themes, and what people complain about, praise or ask for, with the quotes that say it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ecoute.methods.statistics import proportion
from ecoute.methods.text.documents import AnalysedDocument, CodedSegment, Nature, Polarity, ThemeCode

from .entries import Entry
from .figures import Quote, ThemeFigure, Voices
from .material import Material, by_count, sides_of
from .quotes import Candidate, best


def themes_of(material: Material, copies: frozenset[str]) -> tuple[ThemeFigure, ...]:
    """Themes found at least once, most frequent first."""
    found: dict[str, list[tuple[Entry, AnalysedDocument, CodedSegment, ThemeCode]]] = {}
    for entry, document, segment in material.segments():
        for code in segment.themes:
            found.setdefault(code.theme, []).append((entry, document, segment, code))
    figures = [_theme(material, slug, rows, copies) for slug, rows in found.items()]
    return tuple(sorted(figures, key=lambda f: (-f.mentions.count, f.label)))


def _theme(
    material: Material,
    slug: str,
    rows: Sequence[tuple[Entry, AnalysedDocument, CodedSegment, ThemeCode]],
    copies: frozenset[str],
) -> ThemeFigure:
    keys: dict[str, set[str]] = {}
    natures: dict[str, set[str]] = {}
    for entry, _, segment, _ in rows:
        keys.setdefault(entry.key, set()).add(segment.polarity.value)
        natures.setdefault(segment.nature.value, set()).add(entry.key)
    known = slug in material.codebook
    return ThemeFigure(
        slug=slug,
        label=material.label(slug),
        root=material.label(material.codebook.root_of(slug).slug) if known else "",
        definition=material.codebook.get(slug).definition(material.language) if known else "",
        mentions=proportion(len(keys), len(material.pairs)),
        sides=sides_of([_overall(values) for values in keys.values()]),
        irritants=len(natures.get(Nature.IRRITANT, ())),
        praises=len(natures.get(Nature.PRAISE, ())),
        expectations=len(natures.get(Nature.EXPECTATION, ())),
        quotes=best(rows, 3, copies),
    )


def _overall(values: set[str]) -> str:
    """What one verbatim says of one theme: good and bad at once is neither."""
    if (Polarity.NEGATIVE in values) == (Polarity.POSITIVE in values):
        return Polarity.NEUTRAL
    return Polarity.NEGATIVE if Polarity.NEGATIVE in values else Polarity.POSITIVE


def voices_of(material: Material, nature: Nature, copies: frozenset[str], quotes: int = 6) -> Voices:
    """Verbatims with this nature, by theme, and quotes that take the themes in turn."""
    keys: set[str] = set()
    themed: set[str] = set()
    by_theme: dict[str, set[str]] = {}
    candidates: dict[str, list[Candidate]] = {}
    for entry, document, segment in material.segments():
        if segment.nature.value != nature:
            continue
        keys.add(entry.key)
        for code in segment.themes:
            by_theme.setdefault(material.label(code.theme), set()).add(entry.key)
            themed.add(entry.key)
        first = segment.themes[0] if segment.themes else None
        candidates.setdefault(first.theme if first else "", []).append((entry, document, segment, None))
    counts = by_count({label: len(found) for label, found in by_theme.items()})
    return Voices(
        proportion(len(keys), len(material.pairs)),
        counts,
        len(keys - themed),
        _take_turns(candidates, quotes, copies),
    )


def _take_turns(candidates: Mapping[str, list[Candidate]], count: int, copies: frozenset[str]) -> tuple[Quote, ...]:
    """Quotes from the themes with most candidates, one each first, then a second from each."""
    order = sorted(candidates, key=lambda theme: (theme == "", -len(candidates[theme]), theme))
    columns = [best(candidates[theme], 3, copies) for theme in order[:count]]
    turns = [column[i] for i in range(3) for column in columns if i < len(column)]
    seen: dict[str, Quote] = {}
    for one in turns:
        seen.setdefault(one.text, one)
    return tuple(seen.values())[:count]
