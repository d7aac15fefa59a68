"""The tree brought in from a table, as the export writes it or simpler: only the column « nom » is needed."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ecoute.core import audit
from ecoute.directory.actions.authority import require_authority
from ecoute.directory.actions.tree import add_alias, add_service, describe_service
from ecoute.directory.enums import ServiceKind
from ecoute.directory.errors import Refused
from ecoute.directory.models import Service
from ecoute.directory.queries.tree_file import ALIAS_SEPARATOR, PATH_SEPARATOR
from ecoute.directory.spelling import folded

_NAMES = {
    "identifiant": "id",
    "id": "id",
    "nom": "name",
    "name": "name",
    "service": "name",
    "libelle": "name",
    "nom court": "short_name",
    "sigle": "short_name",
    "short name": "short_name",
    "nature": "kind",
    "kind": "kind",
    "sous": "above",
    "parent": "above",
    "under": "above",
    "identifiant externe": "external_id",
    "external id": "external_id",
    "autres ecritures": "aliases",
    "aliases": "aliases",
}


@dataclass(slots=True)
class TreeFileResult:
    """What came of a file: how many services were made and changed, and the lines left out with the reason."""

    made: int = 0
    changed: int = 0
    unchanged: int = 0
    problems: list[tuple[int, str, str]] = field(default_factory=list)  # (line, name, reason)


@transaction.atomic
def import_tree(*, content: bytes, by: Any) -> TreeFileResult:
    """Makes the services that are missing, changes the names of those known by their number, learns the aliases.

    The column « sous » is a path (« Ministère > Direction »); a path that does not exist yet is made. A line that
    cannot be taken is reported and the others go in. Raises Refused when the file has no column « nom ».
    """
    lines = _read(content)
    result = TreeFileResult()
    for number, line in lines:
        try:
            with transaction.atomic():
                _take(line, result, by)
        except Refused as refusal:
            result.problems.append((number, line.get("name", ""), str(refusal)))
    audit.record("directory.tree_imported", by=by, made=result.made, changed=result.changed)
    return result


def _read(content: bytes) -> list[tuple[int, dict[str, str]]]:
    text = _decoded(content)
    first = text.split("\n", 1)[0]
    reader = csv.reader(text.splitlines(), delimiter=max(";,\t", key=first.count))
    heads = [_NAMES.get(folded(head), "") for head in next(reader, [])]
    if "name" not in heads:
        raise Refused(_("Ce fichier n’a pas de colonne « nom ». La première ligne doit porter les titres."))
    rows = ((number, dict(zip(heads, map(_plain, row), strict=False))) for number, row in enumerate(reader, 2))
    return [(number, row) for number, row in rows if any(row.values())]


def _take(line: dict[str, str], result: TreeFileResult, by: Any) -> None:
    name = line.get("name", "")
    if not name:
        raise Refused(_("Le nom manque."))
    known = _known(line)
    parent_id = known.parent_id if known else _above(line.get("above", ""), by)
    known = known or Service.objects.filter(folded=folded(name)[:250], parent_id=parent_id).first()
    kind = _kind(line.get("kind", ""), known)
    short = line.get("short_name", known.short_name if known else "")
    if known is None:
        known = add_service(name=name, parent_id=parent_id, kind=kind, short_name=short, by=by)
        result.made += 1
    elif (known.name, known.short_name, known.kind) != (name, short, kind):
        describe_service(service=known, name=name, short_name=short, kind=kind, by=by)
        result.changed += 1
    else:
        result.unchanged += 1
    _complete(known, line, by)


def _complete(service: Service, line: dict[str, str], by: Any) -> None:
    require_authority(by, service.pk)
    if line.get("external_id") and service.external_id != line["external_id"]:
        service.external_id = line["external_id"][:120]
        service.save(update_fields=["external_id"])
    for written in filter(None, line.get("aliases", "").split(ALIAS_SEPARATOR.strip())):
        add_alias(service=service, written=written.strip(), by=by)


def _known(line: dict[str, str]) -> Service | None:
    if not line.get("id"):
        return None
    service = Service.objects.filter(pk=int(line["id"])).first() if line["id"].isdecimal() else None
    if service is None:
        raise Refused(_("Aucun service n’a le numéro %s.") % line["id"])
    return service


def _above(path: str, by: Any) -> int | None:
    parent_id: int | None = None
    for name in filter(None, (part.strip() for part in path.split(PATH_SEPARATOR.strip()))):
        found = Service.objects.filter(folded=folded(name)[:250], parent_id=parent_id).first()
        parent_id = found.pk if found else add_service(name=name, parent_id=parent_id, kind="service", by=by).pk
    return parent_id


def _kind(written: str, known: Service | None) -> str:
    by_label = {folded(word): kind.value for kind in ServiceKind for word in (str(kind.label), kind.value)}
    default = known.kind if known else ServiceKind.SERVICE.value
    return by_label.get(folded(written), default)


def _plain(value: str) -> str:
    stripped = value.strip()
    return stripped[1:] if stripped[:1] == "'" and stripped[1:2] in "=+-@" else stripped


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")
