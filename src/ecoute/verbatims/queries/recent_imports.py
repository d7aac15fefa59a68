"""The last files brought in, for pages outside this room."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import NoReverseMatch, reverse

from ecoute.directory.facade import Scope
from ecoute.verbatims.enums import ImportState
from ecoute.verbatims.models import ImportBatch
from ecoute.verbatims.queries.imports import imports_of

TONES = {
    ImportState.DONE: "good",
    ImportState.FAILED: "bad",
    ImportState.MAPPED: "warn",
    ImportState.UPLOADED: "warn",
    ImportState.UNDOING: "warn",
}


@dataclass(frozen=True, slots=True)
class ImportLine:
    """A file brought in. ``tone`` goes with ``state_label`` in a badge; ``rejected`` rows did not go in."""

    id: int
    file_name: str
    state: str
    state_label: str
    tone: str
    created: int
    rejected: int
    when: datetime
    href: str


def recent_imports(user: Any, scope: Scope, *, limit: int = 5) -> tuple[ImportLine, ...]:
    """The last imports that ``user`` may see, the newest first. ``scope`` is that of the permission to import."""
    batches = imports_of(user, scope).order_by("-id")[:limit]
    return tuple(
        ImportLine(
            id=batch.pk,
            file_name=batch.file_name,
            state=batch.state,
            state_label=str(ImportState(batch.state).label),
            tone=TONES.get(ImportState(batch.state), "neutral"),
            created=_left(batch, batch.created_count),
            rejected=_left(batch, batch.rejected_count),
            when=batch.created_at,
            href=_address(batch.pk),
        )
        for batch in batches
    )


def _left(batch: ImportBatch, count: int) -> int:
    """Nothing is left of what was undone."""
    return 0 if batch.state == ImportState.UNDONE else count


def _address(pk: int) -> str:
    try:
        return reverse("verbatims:import", args=[pk])
    except NoReverseMatch:
        return ""
