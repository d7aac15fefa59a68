"""Counting: from entries and coded documents to the figures of the report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from ecoute.methods.statistics import Visibility, kappa, lifts, proportion, suppress_table
from ecoute.methods.statistics.disclosure import NEVER
from ecoute.methods.text.codebooks.model import Codebook
from ecoute.methods.text.documents import AnalysedDocument, CorpusFindings, Nature

from .comparing import grid_of, groups_of, timeline_of
from .entries import Entry, Reading
from .figures import Declared, DuplicateGroup, Figures, GroupFigure, Subject
from .material import SIDES, Material, by_count, sides_of
from .quotes import whole
from .voicing import themes_of, voices_of


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
    themes = themes_of(material, copies)
    return Figures(
        source=reading.source,
        analysed=len(pairs),
        set_aside=reading.set_aside,
        first_day=days[0] if days else None,
        last_day=days[-1] if days else None,
        dated=len(days),
        languages=by_count(Counter(d.language for _, d in pairs)),
        masked=by_count(Counter(span.kind for _, d in pairs for span in d.masked.spans)),
        sides=sides_of(d.polarity.value for _, d in pairs),
        declared=_declared(pairs),
        natures=_natures(material),
        themes=themes,
        coded=proportion(sum(any(s.themes for s in d.segments) for _, d in pairs), len(pairs)),
        irritants=voices_of(material, Nature.IRRITANT, copies),
        praises=voices_of(material, Nature.PRAISE, copies),
        expectations=voices_of(material, Nature.EXPECTATION, copies, quotes=12),
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
        suppress_table(table, threshold=NEVER).hidden,
    )


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
