"""Bringing a codebook in from a table: what it would change is shown first; then all of it is written, or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from ecoute.core import audit
from ecoute.verbatims.actions.codebook_versions import (
    LISTS,
    TEXTS,
    Snapshot,
    changing,
    keep_present,
    snapshot,
    write_snapshot,
)
from ecoute.verbatims.codebook_table import Parsed, parsed
from ecoute.verbatims.models import Codebook
from ecoute.verbatims.queries.codebook_versions import ThemeChange, compared


class CannotImport(ValueError):  # noqa: N818
    """Why nothing was written, for the person who asked."""


@dataclass(frozen=True)
class ImportPlan:
    """``wanted``: the codebook as it would be; ``changes``: what differs from now, in the order of the themes."""

    wanted: Snapshot
    changes: tuple[ThemeChange, ...]
    parsed: Parsed

    @property
    def sound(self) -> bool:
        """Whether it may be written."""
        return not self.parsed.problems


def planned(text: str, *, codebook: Codebook | None, retire_missing: bool = False) -> ImportPlan:
    """What a table would make of ``codebook`` (None: a new one). ``retire_missing``: themes that the file has not are
    retired. Writes nothing."""
    present = snapshot(codebook) if codebook else []
    found = parsed(text, {theme["slug"]: theme["parent"] for theme in present})
    wanted = _merged(present, found.rows, retire_missing) if not found.problems else present
    changes = compared(present, wanted)
    return ImportPlan(wanted, tuple(change for change in changes if change.kind != "same"), found)


def import_into(*, codebook: Codebook, text: str, retire_missing: bool, version: int, by: Any) -> ImportPlan:
    """Writes the table into ``codebook`` as one new version. ``version``: the one that was shown before.

    Raises CannotImport when it is not the present one, or the file has faults. Nothing is recoded. Audit entry.
    """
    with transaction.atomic():
        Codebook.objects.select_for_update().filter(pk=codebook.pk).first()
        codebook.refresh_from_db(fields=["version"])
        if codebook.version != version:
            raise CannotImport(_("Le plan de codage a changé entre-temps. Vérifiez de nouveau ce qui changerait."))
        plan = planned(text, codebook=codebook, retire_missing=retire_missing)
        if not plan.sound:
            raise CannotImport(_("Ce fichier a des défauts : rien n’a été importé."))
        if plan.changes:
            with changing(codebook, "codebooks.imported", by=by):
                write_snapshot(codebook, plan.wanted)
            _record(codebook, plan, by)
    return plan


@transaction.atomic
def import_as_new(*, name: str, text: str, by: Any) -> Codebook:
    """A new codebook of that name, not active. Raises CannotImport when the file has faults. Audit entry."""
    plan = planned(text, codebook=None)
    if not plan.sound:
        raise CannotImport(_("Ce fichier a des défauts : rien n’a été importé."))
    codebook = Codebook.objects.create(slug=_free_slug(name), name_fr=name, is_active=False)
    write_snapshot(codebook, plan.wanted)
    keep_present(codebook, change="codebooks.imported", by=by)
    _record(codebook, plan, by)
    return codebook


def _record(codebook: Codebook, plan: ImportPlan, by: Any) -> None:
    kinds = [change.kind for change in plan.changes]
    counts = {kind: kinds.count(kind) for kind in ("added", "changed", "retired")}
    audit.record("codebooks.imported", by=by, target=codebook, **counts)


def _merged(present: Snapshot, rows: Sequence[dict[str, Any]], retire_missing: bool) -> Snapshot:
    given = {row["slug"]: row for row in rows}
    merged = [_updated(theme, given.get(theme["slug"]), retire_missing) for theme in present]
    known = {theme["slug"] for theme in present}
    after = max((theme["position"] for theme in present), default=-1) + 1
    new = [_blank(row, after + rank) for rank, row in enumerate(row for row in rows if row["slug"] not in known)]
    return _order(merged + new, given)


def _updated(theme: dict[str, Any], row: dict[str, Any] | None, retire_missing: bool) -> dict[str, Any]:
    if row is None:
        return theme | {"retired": theme["retired"] or retire_missing}
    return theme | row


def _blank(row: dict[str, Any], position: int) -> dict[str, Any]:
    empty: dict[str, Any] = dict.fromkeys(TEXTS, "") | {name: [] for name in LISTS}
    return empty | {"parent": None, "retired": False, "merged_into": None, "position": position} | row


def _order(themes: Snapshot, given: Iterable[str]) -> Snapshot:
    """Themes that the file holds stand in its order; the others keep their place after them when all are there."""
    rank = {slug: at for at, slug in enumerate(given)}
    if any(theme["slug"] not in rank for theme in themes):
        return themes
    ordered = sorted(themes, key=lambda theme: rank[theme["slug"]])
    return [theme | {"position": at} for at, theme in enumerate(ordered)]


def _free_slug(name: str) -> str:
    wanted = slugify(name)[:50] or "plan"
    taken = set(Codebook.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    return next(slug for slug in (wanted, *(f"{wanted}-{n}" for n in range(2, 1000))) if slug not in taken)
