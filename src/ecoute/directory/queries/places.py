"""Places, found by code or by name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ecoute.directory.enums import PlaceLevel
from ecoute.directory.models import Place
from ecoute.directory.spelling import folded

# Without a level: a département before a région (« Mayotte », « 01 »), a commune, then a country.
_ORDER = (PlaceLevel.DEPARTEMENT, PlaceLevel.REGION, PlaceLevel.COMMUNE, PlaceLevel.COUNTRY)


def find_place(*, name: str = "", code: str = "", level: str | None = None) -> int | None:
    """The place with that INSEE or ISO ``code``, else with that ``name`` (accents and case do not matter).

    None when nothing fits, or when several places of one level bear the name (Saint-Denis). One query, or two.
    """
    if code.strip():
        found = _first_level(Place.objects.filter(code__in=_code_writings(code)).order_by("id"), level)
        if found is not None:
            return found
    key = folded(name)
    return _first_level(Place.objects.filter(folded=key).order_by("id"), level) if key else None


def _first_level(places: object, level: str | None) -> int | None:
    rows: list[tuple[int, str]] = list(places.values_list("id", "level"))  # type: ignore[attr-defined]
    for wanted in [level] if level else _ORDER:
        at_level = [pk for pk, found in rows if found == wanted]
        if at_level:
            return at_level[0] if len(at_level) == 1 else None
    return None


def _code_writings(code: str) -> list[str]:
    """Spreadsheets drop the leading zero of « 01 » and « 01004 »."""
    plain = code.strip().upper()
    return [plain, plain.zfill(2 if len(plain) <= 2 else 5)] if plain.isdigit() else [plain]


@dataclass(frozen=True, slots=True)
class PlaceNode:
    """A place where it stands: ``parent_id`` is the one that holds it."""

    id: int
    level: str
    code: str
    name: str
    parent_id: int | None


def place_nodes(ids: Iterable[int]) -> list[PlaceNode]:
    """These places, by level and code; unknown ids are left out. One query."""
    rows = Place.objects.filter(pk__in=list(ids)).order_by("level", "code")
    return [PlaceNode(*row) for row in rows.values_list("id", "level", "code", "name", "parent_id")]
