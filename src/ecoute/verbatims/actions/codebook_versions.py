"""The codebook at each version, whole: written at every change by one function, read again to compare or restore.

A snapshot is a list of themes in their order, each a dict of ``FIELDS``: ``parent`` and ``merged_into`` are slugs,
``retired`` true or false.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from ecoute.core import audit
from ecoute.verbatims.actions.ask_learning import enqueue_learning
from ecoute.verbatims.models import Codebook, CodebookVersion, Theme

TEXTS = ("label_fr", "label_en", "definition_fr", "definition_en", "includes_fr", "includes_en", "excludes_fr",
         "excludes_en")  # fmt: skip
LISTS = ("examples_fr", "examples_en", "cues", "exemplars")
FIELDS = ("slug", "parent", "position", *TEXTS, *LISTS, "retired", "merged_into")

Snapshot = list[dict[str, Any]]


def snapshot(codebook: Codebook) -> Snapshot:
    """The themes as they are now. One query."""
    themes = codebook.themes.select_related("parent", "merged_into").order_by("position", "pk")
    return [
        {
            "slug": theme.slug,
            "parent": theme.parent.slug if theme.parent else None,
            "position": theme.position,
            **{name: getattr(theme, name) for name in (*TEXTS, *LISTS)},
            "retired": theme.retired_at is not None,
            "merged_into": theme.merged_into.slug if theme.merged_into else None,
        }
        for theme in themes
    ]


@contextmanager
def changing(codebook: Codebook, change: str, *, by: Any) -> Iterator[dict[str, Any]]:
    """A change of the codebook: what is written inside becomes one new version, in one transaction. Gives a dict that
    the version keeps as ``undo``. The version before is kept too where nothing had kept it yet. Asks for learning."""
    with transaction.atomic():
        Codebook.objects.select_for_update().filter(pk=codebook.pk).first()
        codebook.refresh_from_db(fields=["version"])
        keep_present(codebook)
        undo: dict[str, Any] = {}
        yield undo
        Codebook.objects.filter(pk=codebook.pk).update(version=F("version") + 1, updated_at=timezone.now())
        codebook.refresh_from_db(fields=["version", "updated_at"])
        keep_present(codebook, change=change, by=by, undo=undo)
        enqueue_learning(by=by)


def keep_present(
    codebook: Codebook, *, change: str = "", by: Any = None, undo: dict[str, Any] | None = None
) -> CodebookVersion:
    """The record of the present version, made where it is missing."""
    kept, _ = CodebookVersion.objects.get_or_create(
        codebook=codebook,
        version=codebook.version,
        defaults={"themes": snapshot(codebook), "change": change, "made_by": by, "undo": undo or {}},
    )
    return kept


def restore_version(*, version: CodebookVersion, by: Any) -> Codebook:
    """Makes the codebook what it was at ``version``, as a new version. Themes born since are retired, never erased:
    what was coded keeps its codes. Codes that a merge moved stay where they are. Writes an audit entry."""
    codebook = version.codebook
    with changing(codebook, "codebooks.restored", by=by):
        write_snapshot(codebook, version.themes)
        audit.record("codebooks.restored", by=by, target=codebook, version=version.version)
    return codebook


def write_snapshot(codebook: Codebook, wanted: Snapshot) -> None:
    """Gives the themes the values of a snapshot, whatever they are now. Call it inside ``changing``."""
    known = {theme.slug: theme for theme in codebook.themes.all()}
    now = timezone.now()
    for row in wanted:
        theme = known.get(row["slug"]) or Theme(codebook=codebook, slug=row["slug"])
        for name in ("position", *TEXTS, *LISTS):
            setattr(theme, name, row[name])
        theme.retired_at = (theme.retired_at or now) if row["retired"] else None
        theme.parent = theme.merged_into = None
        theme.save()
        known[theme.slug] = theme
    for row in wanted:
        theme = known[row["slug"]]
        theme.parent, theme.merged_into = known.get(row["parent"] or ""), known.get(row["merged_into"] or "")
        theme.save(update_fields=["parent", "merged_into"])
    gone = [theme for slug, theme in known.items() if slug not in {row["slug"] for row in wanted}]
    for theme in gone:
        if theme.retired_at is None:
            theme.retired_at = now
            theme.save(update_fields=["retired_at"])
