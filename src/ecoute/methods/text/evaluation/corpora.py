"""The labelled texts that figures are made on, found by ``ECOUTE_DATA`` (default ``../shared/data``)."""

from __future__ import annotations

import csv
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


def services_publics() -> list[Experience]:
    """The Services Publics + sample. Raises ``MissingDataError`` where it is absent."""
    path = data_folder() / "services_publics_plus.csv"
    if not path.exists():
        raise MissingDataError(f"{path.name} is missing: set ECOUTE_DATA to the folder that holds it")
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
