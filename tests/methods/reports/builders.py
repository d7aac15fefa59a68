"""Small material for the reports: entries, and documents coded by hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ecoute.methods.reports import Entry, Figures, Reading, SetAside, Source
from ecoute.methods.reports.tally import tally
from ecoute.methods.text.codebooks import Codebook, Theme
from ecoute.methods.text.documents import (
    AnalysedDocument,
    CodedSegment,
    CorpusFindings,
    Judgement,
    MaskedText,
    Span,
    ThemeCode,
)

CODEBOOK = Codebook(
    "essai",
    "1",
    (
        Theme("acces", "Accessibilité", "Access"),
        Theme("phone", "Joindre par téléphone", "Reaching by phone", parent="acces", definition_fr="Décrocher."),
        Theme("relation", "Relation", "Relation"),
        Theme("courtesy", "Amabilité", "Courtesy", parent="relation"),
    ),
)

Said = tuple[str, Sequence[str], str, str]  # words of the text, themes, nature, polarity


def entry(key: str = "0", text: str = "Personne ne répond.", **more: object) -> Entry:
    return Entry(**{"key": key, "line": int(key) + 2, "text": text, **more})  # type: ignore[arg-type]


def coded(of: Entry, said: Sequence[Said] = (), polarity: str = "neutral", language: str = "fr") -> AnalysedDocument:
    """The analysis of an entry; each thing said is found by its words, which are also its evidence."""
    return AnalysedDocument(
        key=of.key,
        language=language,
        language_confidence=1.0,
        masked=MaskedText(of.body),
        segments=tuple(_segment(of.body, *one) for one in said),
        polarity=Judgement(polarity, 0.9, "main 1"),
    )


def _segment(text: str, words: str, themes: Sequence[str], nature: str, polarity: str) -> CodedSegment:
    span = Span(text.index(words), text.index(words) + len(words))
    codes = tuple(ThemeCode(theme, 0.8, (span,), "main 1") for theme in themes)
    return CodedSegment(span, codes, Judgement(nature, 0.8, "main 1", (span,)), Judgement(polarity, 0.8, "main 1"))


def figures_of(
    pairs: Sequence[tuple[Entry, AnalysedDocument]],
    findings: CorpusFindings | None = None,
    language: str = "fr",
    set_aside: Sequence[SetAside] = (),
) -> Figures:
    entries = tuple(e for e, _ in pairs)
    source = Source("avis.csv", "csv", "utf-8", ";", "", {"text": "Avis"}, len(entries) + len(set_aside))
    reading = Reading(source, entries, tuple(set_aside))
    found = findings or CorpusFindings(engines={"themes": "main 1"})
    return tally(reading, [d for _, d in pairs], found, CODEBOOK, language)


def corpus(count: int = 120) -> list[tuple[Entry, AnalysedDocument]]:
    """Two services, one much worse than the other, over a year; every third verbatim declares its satisfaction."""
    pairs = []
    for i in range(count):
        bad = i % 2 == 0
        text = f"Dossier {i} : personne ne répond au téléphone." if bad else f"Visite {i} : accueil aimable, merci."
        said: list[Said] = [
            ("personne ne répond au téléphone", ["phone"], "irritant", "negative")
            if bad
            else ("accueil aimable", ["courtesy"], "praise", "positive")
        ]
        one = entry(
            str(i),
            text,
            service="Préfecture" if bad else "Mairie",
            channel="phone" if i % 3 else "web",
            said_on=date(2025, 1 + i % 12, 1 + i % 28),
            satisfaction=("negative" if bad else "positive") if i % 3 == 0 else "",
        )
        pairs.append((one, coded(one, said, "negative" if bad else "positive")))
    return pairs
