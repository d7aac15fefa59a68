"""Editing the codebook. Each change gives it a new version; what was coded stays until somebody asks to code again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.text import slugify

from ecoute.core import audit
from ecoute.core.jobs import enqueue
from ecoute.core.models import Job
from ecoute.verbatims.actions.codebook_versions import changing
from ecoute.verbatims.models import Codebook, Theme

EDITABLE = {
    "parent", "label_fr", "label_en", "definition_fr", "definition_en", "includes_fr", "includes_en",
    "excludes_fr", "excludes_en", "examples_fr", "examples_en", "cues",
}  # fmt: skip


@transaction.atomic
def add_new_theme(*, codebook: Codebook, by: Any, exemplars: Sequence[int] = (), **fields: Any) -> Theme:
    """A new theme at the end of its siblings, with a slug from its French label. Writes an audit entry.

    ``exemplars``: ids of verbatims it learns from beside its written examples.
    """
    _check_fields(fields)
    with changing(codebook, "codebooks.theme_added", by=by):
        theme = create_theme(codebook, exemplars=exemplars, **fields)
    audit.record("codebooks.theme_added", by=by, target=theme, slug=theme.slug)
    return theme


def create_theme(codebook: Codebook, *, exemplars: Sequence[int] = (), **fields: Any) -> Theme:
    """The row alone, last of its siblings. Call it inside ``codebook_versions.changing``."""
    last = codebook.themes.aggregate(last=Max("position"))["last"]
    return Theme.objects.create(
        codebook=codebook,
        slug=_free_slug(codebook, fields["label_fr"]),
        position=0 if last is None else last + 1,
        exemplars=list(exemplars),
        **fields,
    )


@transaction.atomic
def change_theme(*, theme: Theme, by: Any, **fields: Any) -> Theme:
    """Changes a theme; its slug stays, so addresses and exports still mean it.

    Refuses (ValueError) a ring of parents. Writes an audit entry when something changed.
    """
    _check_fields(fields)
    if "parent" in fields and _is_below(fields["parent"], theme):
        raise ValueError("a theme cannot stand below itself")
    changed = [name for name, value in fields.items() if getattr(theme, name) != value]
    if changed:
        with changing(theme.codebook, "codebooks.theme_changed", by=by):
            for name in changed:
                setattr(theme, name, fields[name])
            theme.save(update_fields=changed)
        audit.record("codebooks.theme_changed", by=by, target=theme, slug=theme.slug, fields=changed)
    return theme


@transaction.atomic
def retire_theme(*, theme: Theme, by: Any) -> None:
    """The theme is no longer given to new words; what was coded with it stays. Its sub-themes are retired with it."""
    with changing(theme.codebook, "codebooks.theme_retired", by=by):
        for one in below(theme):
            one.retired_at = timezone.now()
            one.save(update_fields=["retired_at"])
    audit.record("codebooks.theme_retired", by=by, target=theme, slug=theme.slug)


@transaction.atomic
def bring_back_theme(*, theme: Theme, by: Any) -> None:
    """Undoes a retirement (of this theme and of those above it)."""
    with changing(theme.codebook, "codebooks.theme_brought_back", by=by):
        one: Theme | None = theme
        while one is not None:
            one.retired_at, one.merged_into = None, None
            one.save(update_fields=["retired_at", "merged_into"])
            one = one.parent
    audit.record("codebooks.theme_brought_back", by=by, target=theme, slug=theme.slug)


def below(theme: Theme) -> list[Theme]:
    """A theme and those in use under it, at whatever depth."""
    found = [theme]
    for child in theme.children.filter(retired_at=None):
        found += below(child)
    return found


def enqueue_recoding(*, by: Any) -> Job:
    """Asks for the themes of everything analysed to be found again with the codebook as it is now; asked while that
    runs with the codebook as it was, it runs once more afterwards."""
    return enqueue("verbatims.recode", by=by, key="verbatims.recode", again=True)


def _check_fields(fields: dict[str, Any]) -> None:
    if unknown := fields.keys() - EDITABLE:
        raise TypeError(f"not fields of a theme: {', '.join(sorted(unknown))}")


def _is_below(candidate: Theme | None, theme: Theme) -> bool:
    while candidate is not None:
        if candidate.pk == theme.pk:
            return True
        candidate = candidate.parent
    return False


def _free_slug(codebook: Codebook, label: str) -> str:
    wanted = slugify(label)[:70] or "theme"
    taken = set(codebook.themes.filter(slug__startswith=wanted).values_list("slug", flat=True))
    return next(slug for slug in (wanted, *(f"{wanted}-{n}" for n in range(2, 1000))) if slug not in taken)
