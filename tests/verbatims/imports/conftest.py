"""Files to import, and a meter that says nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ecoute.verbatims.actions import importing
from ecoute.verbatims.models import ImportBatch


class Silence:
    """A meter that only counts."""

    def __init__(self) -> None:
        self.done = 0

    def total(self, count: int) -> None: ...

    def say(self, text: str) -> None: ...

    def advance(self, count: int = 1) -> None:
        self.done += count


@pytest.fixture(autouse=True)
def _private_files(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    def make(rows: list[str], header: str = "id;date;titre;texte;structure;email", name: str = "avis.csv") -> Path:
        path = tmp_path / name
        path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
        return path

    return make


@pytest.fixture
def bring_in(db: None) -> Callable[..., ImportBatch]:
    """The whole of an import, as the command does it."""

    def run(path: Path, *, source: str = "Essai", by: Any = None, **told: Any) -> ImportBatch:
        batch = importing.start_import_of_path(path, by=by)
        importing.map_columns(
            batch, mapping=importing.mapping_of(batch), source=importing.ensure_source(source), **told
        )
        importing.run_import(batch, Silence())
        batch.refresh_from_db()
        return batch

    return run


ROWS = [
    "1;02/03/2024;Attente;J'attends ma carte depuis trois mois;Préfecture du Nord;jeanne@exemple.fr",
    "2;03/03/2024;Accueil;Très bon accueil au guichet, merci à tous;CAF du Nord;",
    "3;04/03/2024;Site;Le site ne fonctionne pas du tout le soir;CAF du Nord;paul@exemple.fr",
    "4;05/03/2024;Courrier;Je ne comprends rien à votre lettre du mois dernier;;",
]
