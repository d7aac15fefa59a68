"""Deciding about the names of services that a file writes, before it is imported."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from ecoute.directory.facade import (
    Scope,
    ServiceKind,
    ServiceNode,
    ensure_service,
    learn_alias,
    match_service,
    service_index,
)
from ecoute.verbatims.actions.importing import mapping_of, table_of
from ecoute.verbatims.actions.resolving import ATTACH, CREATE, NOT_A_SERVICE, TO_SORT
from ecoute.verbatims.models import ImportBatch
from ecoute.verbatims.queries.imports import service_names

NEAR = 0.55  # less alike than that, a suggestion only misleads
ASKED = 60  # names asked one by one; the others follow the common rule


@dataclass(frozen=True)
class NamesFound:
    """``known``: how many names the directory knows. ``doubtful``: name, rows, suggestions with closeness. ``unlike``:
    names that resemble nothing, with their rows. Most frequent first."""

    known: int
    doubtful: list[tuple[str, int, list[tuple[ServiceNode, float]]]]
    unlike: list[tuple[str, int]]


def names_found(batch: ImportBatch, scope: Scope) -> NamesFound:
    """Looks through the service columns of the batch's file."""
    names = service_names(table_of(batch), mapping_of(batch))
    unknown = [
        (name, count)
        for name, count in names.most_common()
        if name.strip().lower() not in NOT_A_SERVICE and match_service(name) is None
    ]
    index = service_index()
    doubtful: list[tuple[str, int, list[tuple[ServiceNode, float]]]] = []
    unlike: list[tuple[str, int]] = []
    for name, count in unknown:
        close = (
            [(n, c) for n, c in index.suggest(name, 4) if c >= NEAR and scope.allows(n.id)]
            if len(doubtful) < ASKED
            else []
        )
        if close:
            doubtful.append((name, count, close))
        else:
            unlike.append((name, count))
    return NamesFound(len(names) - len(unknown), doubtful, unlike)


@transaction.atomic
def keep_choices(batch: ImportBatch, *, choices: dict[str, str], create_rest: bool, by: Any) -> None:
    """``choices``: name → a service's id, "create" or "none". What is chosen is learned for the next files."""
    kept: dict[str, int | None] = {}
    for name, chosen in choices.items():
        if chosen == "none":
            kept[name] = None
        elif chosen == "create":
            parent = ensure_service(name=TO_SORT, kind=ServiceKind.ADMINISTRATION, by=by)
            kept[name] = ensure_service(name=name, parent_id=parent, by=by)
        else:
            kept[name] = int(chosen)
            learn_alias(written=name, service_id=int(chosen), by=by)
    batch.service_choices = kept
    batch.reading = {**batch.reading, "unknown_services": CREATE if create_rest else ATTACH}
    batch.save(update_fields=["service_choices", "reading"])
