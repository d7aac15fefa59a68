"""From the names that a file writes to services and places of the directory."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ecoute.directory.facade import (
    PlaceLevel,
    Scope,
    ServiceKind,
    ensure_service,
    find_place,
    match_service,
)
from ecoute.methods.tables import Record

TO_SORT = "À classer"  # an administration of the tree: services met in files that nobody has placed yet
CREATE, ATTACH, REJECT = "create", "attach", "reject"
NOT_A_SERVICE = frozenset({"hors-structures", "hors structures"})


class UnknownServiceError(Exception):
    """A name that matches no service, in an import that allows none. The text is the name."""


class ForeignServiceError(Exception):
    """A service on which the importer has no right. The text is the name."""


@dataclass
class ServiceResolver:
    """Remembers each name. ``choices``: what people decided (None: attach to nothing). ``unknown``: what to do with the
    names nobody decided about: create under « À classer », attach to ``default``, or reject."""

    choices: dict[str, int | None]
    default: int | None
    unknown: str
    scope: Scope
    by: Any
    _known: dict[str, int | None] = field(default_factory=dict)

    def ids(self, names: tuple[str, ...]) -> tuple[int, ...]:
        """Services of a row, in order, without repeats. Raises UnknownServiceError, ForeignServiceError."""
        found = [service_id for name in names if (service_id := self.one(name)) is not None]
        if not found and self.default is not None:
            found = [self.default]
        return tuple(dict.fromkeys(found))

    def one(self, name: str) -> int | None:
        if name not in self._known:
            self._known[name] = self._find(name)
        service_id = self._known[name]
        if service_id is not None and not self.scope.allows(service_id):
            raise ForeignServiceError(name)
        return service_id

    def _find(self, name: str) -> int | None:
        if name in self.choices:
            return self.choices[name]
        if name.strip().lower() in NOT_A_SERVICE:
            return None
        found = match_service(name)
        if found is not None:
            return found
        if self.unknown == REJECT:
            raise UnknownServiceError(name)
        if self.unknown == ATTACH:
            return self.default
        parent = ensure_service(name=TO_SORT, kind=ServiceKind.ADMINISTRATION, by=self.by)
        return ensure_service(name=name, parent_id=parent, by=self.by)


@dataclass
class PlaceResolver:
    """The most precise place that a row tells: commune, then département, région, country."""

    _known: dict[tuple[str, str, str], int | None] = field(default_factory=dict)

    def place_of(self, record: Record) -> int | None:
        wishes = (
            (PlaceLevel.COMMUNE, record.commune, record.commune if record.commune[:1].isdigit() else ""),
            (
                PlaceLevel.DEPARTEMENT,
                record.departement,
                record.departement if record.departement[:1].isdigit() else "",
            ),
            (PlaceLevel.DEPARTEMENT, "", _departement_of(record.postcode)),
            (PlaceLevel.REGION, record.region, record.region if record.region.isdigit() else ""),
            (PlaceLevel.COUNTRY, record.country, record.country if len(record.country) == 2 else ""),
        )
        return next((place for wish in wishes if (place := self._find(*wish)) is not None), None)

    def _find(self, level: str, name: str, code: str) -> int | None:
        if not name and not code:
            return None
        key = (level, name, code)
        if key not in self._known:
            self._known[key] = find_place(name=name, code=code, level=level)
        return self._known[key]


def _departement_of(postcode: str) -> str:
    """First two digits, three overseas; Corsica (20) does not tell which of its two."""
    digits = postcode.strip().replace(" ", "")
    if digits.isdigit() and len(digits) == 4:
        digits = f"0{digits}"
    if not (digits.isdigit() and len(digits) == 5) or digits.startswith("20"):
        return ""
    return digits[:3] if digits.startswith(("97", "98")) else digits[:2]
