"""The tree as a table: one line a service, parents first."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO

from ecoute.directory.enums import ServiceKind
from ecoute.directory.models import Service, ServiceAlias
from ecoute.directory.queries.access import Scope
from ecoute.directory.queries.services import service_nodes

COLUMNS = ("identifiant", "nom", "nom court", "nature", "sous", "identifiant externe", "autres écritures", "ouvert")
PATH_SEPARATOR = " > "
ALIAS_SEPARATOR = " | "
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def tree_file(scope: Scope) -> Iterator[str]:
    """The lines of a CSV file (semicolons; UTF-8 with its mark, so that spreadsheets read accents). Three queries."""
    aliases: dict[int, list[str]] = {}
    for service_id, written in ServiceAlias.objects.order_by("id").values_list("service_id", "written"):
        aliases.setdefault(service_id, []).append(written)
    external = dict(Service.objects.order_by("id").values_list("id", "external_id"))
    names = {node.id: node.name for node in service_nodes()}
    yield "\ufeff" + _line(COLUMNS)
    for node in service_nodes(scope):
        above = PATH_SEPARATOR.join(names[one] for one in node.ancestor_ids)
        known_as = ALIAS_SEPARATOR.join(aliases.get(node.id, []))
        opened = "oui" if node.is_active else "non"
        kind = str(ServiceKind(node.kind).value)
        yield _line((str(node.id), node.name, node.short_name, kind, above, external[node.id], known_as, opened))


def _line(values: tuple[str, ...]) -> str:
    line = StringIO()
    csv.writer(line, delimiter=";", lineterminator="\r\n").writerow([_harmless(value) for value in values])
    return line.getvalue()


def _harmless(value: str) -> str:
    """A cell that a spreadsheet will not take for a formula (OWASP, CSV injection)."""
    return f"'{value}" if value.startswith(_DANGEROUS) else value
