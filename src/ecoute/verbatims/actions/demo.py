"""The demonstration corpus: real words, imported and analysed by the same actions as anybody's."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from ecoute.core.jobs.meter import Meter
from ecoute.directory.facade import ServiceKind, ensure_service
from ecoute.methods.tables import Field, names_in, open_table
from ecoute.verbatims.actions.analyse import analyse_waiting
from ecoute.verbatims.actions.importing import ensure_source, map_columns, mapping_of, run_import, start_import_of_path
from ecoute.verbatims.actions.learning import learn_first
from ecoute.verbatims.actions.resolving import NOT_A_SERVICE
from ecoute.verbatims.models import ImportBatch, Source, Verbatim
from ecoute.verbatims.queries.waiting import waiting_count

FOLDER = Path(__file__).parents[1] / "demo"
ATTRIBUTION = "DITP, Services Publics +, Licence Ouverte 2.0"
NewMeter = Callable[[str], AbstractContextManager[Meter]]


@dataclass(frozen=True)
class DemoFile:
    """A file of the corpus and what must be said of it beside every figure."""

    name: str
    source: str
    caveat: str


FILES = (
    DemoFile(
        "services_publics_plus.csv",
        "Services Publics + (échantillon)",
        "Échantillon équilibré à dessein entre ressentis négatifs, neutres et positifs : il ne mesure pas la "
        "satisfaction. La machine a appris la tonalité sur ces mêmes témoignages : "
        "elle y paraît meilleure qu’ailleurs.",
    ),
    DemoFile(
        "services_publics_plus_long_with_replies.jsonl",
        "Services Publics + (longs, avec réponses)",
        "Longues expériences choisies parce que l’administration y a répondu : elles ne représentent pas l’ensemble.",
    ),
)


def load_demo_corpus(new_meter: NewMeter) -> int:
    """Imports and analyses what of the corpus is not there yet; returns how many verbatims there are.

    ``new_meter(label)`` gives a progress bar for each step. Cut short, it goes on at the next call.
    """
    _plant_directory(FOLDER / FILES[0].name)
    for file in FILES:
        _import(file, new_meter)
    if waiting_count():
        with new_meter("Apprentissage") as meter:
            learn_first(meter)
        with new_meter("Analyse") as meter:
            analyse_waiting(meter)
    return Verbatim.objects.filter(withdrawn_at=None).count()


def _plant_directory(path: Path) -> None:
    """The tree that an administration would have before its first import: each network with its structures, as the
    first file names them. What only the second file names lands under « À classer », where somebody would place it."""
    rows = [(names_in(row.values["typology"]), row.values["structure"].strip()) for row in open_table(path)]
    networks = {
        name: ensure_service(name=name, kind=ServiceKind.ADMINISTRATION, by=None)
        for name in dict.fromkeys(name for names, _ in rows for name in names)
    }
    planted = {name.casefold() for name in networks} | NOT_A_SERVICE  # a name in two places would match neither
    for names, structure in rows:
        if names and structure and structure.casefold() not in planted:
            planted.add(structure.casefold())
            ensure_service(name=structure, parent_id=networks[names[0]], by=None)


def _import(file: DemoFile, new_meter: NewMeter) -> None:
    source = ensure_source(file.source, solicited=False)
    batches = ImportBatch.objects.filter(source=source)
    if batches.filter(finished_at__isnull=False).exists():
        return
    batch = batches.order_by("pk").first() or _start(file, source)
    with new_meter(f"Import de {file.name}") as meter:
        run_import(batch, meter)


def _start(file: DemoFile, source: Source) -> ImportBatch:
    source.attribution, source.caveat = ATTRIBUTION, file.caveat
    source.save(update_fields=["attribution", "caveat"])
    batch = start_import_of_path(FOLDER / file.name, by=None)
    mapping = mapping_of(batch)
    if "typology" in open_table(FOLDER / file.name).columns:
        mapping = mapping.with_column("typology", Field.SERVICE)  # two rows in five name their network alone
    map_columns(batch, mapping=mapping, source=source)
    return batch
