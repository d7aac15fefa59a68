"""Filling the table of places from the files shipped with the package."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterable
from importlib.resources import files

from django.db import transaction

from ecoute.directory.enums import PlaceLevel
from ecoute.directory.models import Place
from ecoute.directory.spelling import folded

_FILES = {
    PlaceLevel.COUNTRY: "countries.csv",
    PlaceLevel.REGION: "regions.csv",
    PlaceLevel.DEPARTEMENT: "departements.csv",
    PlaceLevel.COMMUNE: "communes.csv.gz",
}
_ABOVE = {PlaceLevel.DEPARTEMENT: PlaceLevel.REGION, PlaceLevel.COMMUNE: PlaceLevel.DEPARTEMENT}
ALL_LEVELS = tuple(_FILES)


def load_places(levels: Iterable[PlaceLevel] = ALL_LEVELS) -> int:
    """Adds the places of ``levels`` that are missing and puts names right; returns how many rows changed.

    May be repeated: the second time changes nothing. Places are never deleted, for verbatims refer to them. A level
    needs the one above it (communes their départements) to be loaded before or with it.
    """
    wanted = set(levels)
    return sum(_load(level) for level in ALL_LEVELS if level in wanted)


@transaction.atomic
def _load(level: PlaceLevel) -> int:
    above = _ABOVE.get(level)
    parents = dict(Place.objects.filter(level=above).order_by("id").values_list("code", "id")) if above else {}
    known = {place.code: place for place in Place.objects.filter(level=level).order_by("id")}
    new: list[Place] = []
    changed: list[Place] = []
    for row in _rows(level):
        place = known.get(row["code"]) or Place(level=level, code=row["code"])
        parent_id = parents.get(row.get("parent", ""))
        if (place.name, place.parent_id) == (row["name"], parent_id):
            continue
        place.name, place.folded, place.parent_id = row["name"], folded(row["name"])[:120], parent_id
        (changed if place.pk else new).append(place)
    Place.objects.bulk_create(new, batch_size=2000)
    Place.objects.bulk_update(changed, ["name", "folded", "parent"], batch_size=500)
    return len(new) + len(changed)


def _rows(level: PlaceLevel) -> list[dict[str, str]]:
    content = files("ecoute.directory").joinpath("data", _FILES[level]).read_bytes()
    if content[:2] == b"\x1f\x8b":
        content = gzip.decompress(content)
    return list(csv.DictReader(content.decode("utf-8").splitlines()))
