"""The labelled texts that figures are made on, found by ``ECOUTE_DATA`` (default ``../shared/data``)."""

from __future__ import annotations

import csv
import gzip
import os
from dataclasses import dataclass, field
from pathlib import Path

TAGS = ("accessibilite", "information_explication", "relation", "reactivite", "simplicite_complexite")
SENTIMENT = {"Négatif": 0, "Neutre": 1, "Positif": 2}


class MissingDataError(FileNotFoundError):
    """A set of data that is not on this machine."""


@dataclass(frozen=True, slots=True)
class Experience:
    """One row of the Services Publics + sample: text, declared sentiment (0, 1, 2), State tags coded."""

    key: str
    text: str
    sentiment: int
    tags: dict[str, str] = field(default_factory=dict)


def data_folder() -> Path:
    """Where the data lies."""
    return Path(os.environ.get("ECOUTE_DATA", "../shared/data"))


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text with the themes that people gave it; ``sentiment`` where the set has one (NHS: 1 best … 5 worst)."""

    text: str
    themes: frozenset[str]
    sentiment: int | None = None


def data_path(name: str) -> Path:
    """Where a set lies. Raises ``MissingDataError`` where it is absent."""
    path = data_folder() / name
    if not path.exists():
        raise MissingDataError(f"{name} is missing: set ECOUTE_DATA to the folder that holds it")
    return path


def french_sentences() -> list[str]:
    """100,000 sentences of the State's French pages. Raises ``MissingDataError``."""
    with gzip.open(data_path("french_sentences_100k.txt.gz"), "rt", encoding="utf-8") as handle:
        return [line.strip() for line in handle if line.strip()]


def vrai_debat() -> list[Labelled]:
    """Titles of proposals of the « Vrai Débat » (2019), one theme each. Raises ``MissingDataError``."""
    with gzip.open(data_path("vrai_debat_titles.csv.gz"), "rt", encoding="utf-8", newline="") as handle:
        return [Labelled(row["title"], frozenset({row["theme"]})) for row in csv.DictReader(handle)]


def nhs_feedback() -> list[Labelled]:
    """Patients' comments in English, several themes each, rows without words left out. Raises ``MissingDataError``."""
    with data_path("nhs_patient_feedback.csv").open(encoding="utf-8-sig", newline="") as handle:
        rows = list(csv.DictReader(handle))
    themes = _nhs_themes(rows[0]) if rows else []
    return [
        Labelled(
            row["FFT answer"],
            frozenset(theme for theme in themes if row[theme] == "1"),
            int(row["Comment sentiment"]) if row["Comment sentiment"].isdigit() else None,
        )
        for row in rows
        if row["FFT answer"].strip()
    ]


def _nhs_themes(row: dict[str, str]) -> list[str]:
    """The columns after the sentiment hold one theme each."""
    names = list(row)
    return names[names.index("Comment sentiment") + 1 :]


def services_publics() -> list[Experience]:
    """The Services Publics + sample. Raises ``MissingDataError`` where it is absent."""
    path = data_path("services_publics_plus.csv")
    with path.open(encoding="utf-8-sig", newline="") as handle:
        return [
            Experience(
                row["id"],
                f"{row['title']}\n{row['text']}",
                SENTIMENT[row["sentiment"]],
                {tag: row[tag] for tag in TAGS if row[tag]},
            )
            for row in csv.DictReader(handle)
        ]
