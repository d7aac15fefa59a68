"""Counting: from entries and coded documents to the figures of the report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from ecoute.methods.statistics import Visibility, kappa, lifts, proportion
from ecoute.methods.text.codebooks.model import Codebook
from ecoute.methods.text.documents import (
    AnalysedDocument,
    CodedSegment,
    CorpusFindings,
    Nature,
    Polarity,
    ThemeCode,
)

from .comparing import grid_of, groups_of, timeline_of
from .entries import Entry, Reading
from .figures import Declared, DuplicateGroup, Figures, GroupFigure, Quote, Sides, Subject, ThemeFigure, Voices
from .quotes import Candidate, best, whole

SIDES = (Polarity.NEGATIVE, Polarity.NEUTRAL, Polarity.POSITIVE)


@dataclass(frozen=True)
class Material:
    """What is counted: each entry with its analysis, in the order of the file."""

    pairs: Sequence[tuple[Entry, AnalysedDocument]]
    codebook: Codebook
    language: str

    @cached_property
    def by_key(self) -> dict[str, tuple[Entry, AnalysedDocument]]:
        return {entry.key: (entry, found) for entry, found in self.pairs}

    def segments(self) -> Iterator[tuple[Entry, AnalysedDocument, CodedSegment]]:
        for entry, found in self.pairs:
            for segment in found.segments:
                yield entry, found, segment

    def label(self, slug: str) -> str:
        return self.codebook.get(slug).label(self.language) if slug in self.codebook else slug


def tally(
    reading: Reading, documents: Sequence[AnalysedDocument], findings: CorpusFindings, codebook: Codebook, language: str
) -> Figures:
    """Figures of the analysed entries; labels in ``language``. Documents are matched to entries by key."""
    entries = {entry.key: entry for entry in reading.entries}
    pairs = [(entries[d.key], d) for d in documents]
    services = groups_of(pairs, lambda entry: entry.service)
    material = Material(_quotable(pairs, services), codebook, language)
    copies = frozenset(key for group in findings.duplicates for key in group[1:])
    days = sorted(entry.said_on for entry, _ in pairs if entry.said_on)
    themes = _themes(material, copies)
    return Figures(
        source=reading.source,
        analysed=len(pairs),
        set_aside=reading.set_aside,
        first_day=days[0] if days else None,
        last_day=days[-1] if days else None,
        dated=len(days),
        languages=_common(Counter(d.language for _, d in pairs)),
        masked=_common(Counter(span.kind for _, d in pairs for span in d.masked.spans)),
        sides=sides_of(d.polarity.value for _, d in pairs),
        declared=_declared(pairs),
        natures=_natures(material),
        themes=themes,
        coded=proportion(sum(any(s.themes for s in d.segments) for _, d in pairs), len(pairs)),
        irritants=_voices(material, Nature.IRRITANT, copies),
        praises=_voices(material, Nature.PRAISE, copies),
        expectations=_voices(material, Nature.EXPECTATION, copies, quotes=12),
        services=services,
        channels=groups_of(pairs, lambda entry: entry.channel),
        grid=grid_of(pairs, themes, services),
        timeline=timeline_of(pairs),
        together=tuple(lifts(_theme_sets(material))[:8]),
        duplicates=_duplicates(material, findings),
        duplicate_groups=len(findings.duplicates),
        duplicated=sum(len(group) for group in findings.duplicates),
        subjects=_subjects(material, findings, copies),
        phrases=tuple(findings.phrases[:40]),
        engines=tuple(findings.engines.items()),
        codebook=f"{codebook.slug} {codebook.version}",
    )


def _quotable(
    pairs: Sequence[tuple[Entry, AnalysedDocument]], services: Sequence[GroupFigure]
) -> list[tuple[Entry, AnalysedDocument]]:
    """The same pairs without the name of services too small to be told beside somebody's words."""
    told = {g.name for g in services if g.visibility in {Visibility.FEW, Visibility.SHOWN}}
    return [(entry if entry.service in told else replace(entry, service=""), found) for entry, found in pairs]


def sides_of(values: Iterator[str] | Sequence[str]) -> Sides:
    """Counts of the three values of ``Polarity``; any other value is left out."""
    counts = Counter(values)
    return Sides(*(counts[side] for side in SIDES))


def _common(counts: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _theme_sets(material: Material) -> list[frozenset[str]]:
    return [
        frozenset(material.label(code.theme) for segment in found.segments for code in segment.themes)
        for _, found in material.pairs
    ]


def _natures(material: Material) -> tuple[tuple[str, int], ...]:
    counts = Counter(nature for _, d in material.pairs for nature in {s.nature.value for s in d.segments})
    return tuple((nature.value, counts[nature.value]) for nature in Nature)


def _declared(pairs: Sequence[tuple[Entry, AnalysedDocument]]) -> Declared | None:
    said = [(entry.satisfaction, found.polarity.value) for entry, found in pairs if entry.satisfaction in set(SIDES)]
    if not said:
        return None
    counts = Counter(said)
    table = tuple(tuple(counts[a.value, b.value] for b in SIDES) for a in SIDES)
    same = sum(table[i][i] for i in range(3))
    return Declared(
        sides_of([a for a, _ in said]),
        tuple((row[0], row[1], row[2]) for row in table),
        proportion(same, len(said)),
        kappa(table),
    )


def _themes(material: Material, copies: frozenset[str]) -> tuple[ThemeFigure, ...]:
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


def _voices(material: Material, nature: Nature, copies: frozenset[str], quotes: int = 6) -> Voices:
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
    counts = _common({label: len(found) for label, found in by_theme.items()})
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


def _duplicates(material: Material, findings: CorpusFindings) -> tuple[DuplicateGroup, ...]:
    groups = sorted(findings.duplicates, key=lambda group: -len(group))[:8]
    return tuple(
        DuplicateGroup(tuple(material.by_key[key][0].line for key in group), whole(*material.by_key[group[0]]))
        for group in groups
    )


def _subjects(material: Material, findings: CorpusFindings, copies: frozenset[str]) -> tuple[Subject, ...]:
    return tuple(
        Subject(
            theme.name,
            theme.phrases,
            len(theme.members),
            theme.cohesion,
            tuple(whole(*material.by_key[key]) for key in theme.exemplars if key not in copies)[:2],
        )
        for theme in findings.discovered[:8]
    )
