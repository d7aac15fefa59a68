"""Writing codebooks."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from ecoute.core import audit
from ecoute.methods.text import codebooks as pure
from ecoute.verbatims.actions.ask_learning import enqueue_learning
from ecoute.verbatims.actions.codebook_versions import keep_present
from ecoute.verbatims.models import Codebook, Theme


@transaction.atomic
def load_default_codebook(*, by: Any) -> Codebook:
    """Puts the default codebook in the database, active, unless a codebook is there already (it is left alone)."""
    known = Codebook.objects.filter(is_active=True).order_by("pk").first()
    return known or store_codebook(pure.load_default(), by=by)


@transaction.atomic
def store_codebook(given: pure.Codebook, *, by: Any) -> Codebook:
    """A new active codebook with all its themes, parents before children. Writes one audit entry and asks
    for learning: the machine learns its examples on the first day."""
    codebook = Codebook.objects.create(
        slug=given.slug, name_fr=given.label_fr or given.slug, name_en=given.label_en, is_active=True
    )
    made: dict[str | None, Theme | None] = {None: None}
    for position, theme in enumerate(_parents_first(given)):
        made[theme.slug] = Theme.objects.create(
            codebook=codebook, position=position, parent=made[theme.parent], **_fields(theme)
        )
    keep_present(codebook, change="codebooks.loaded", by=by)
    enqueue_learning(by=by)
    audit.record("codebooks.loaded", by=by, target=codebook, themes=len(given))
    return codebook


def _parents_first(given: pure.Codebook) -> list[pure.Theme]:
    return [theme for root in given.roots() for theme in given.subtree(root.slug)]


def _fields(theme: pure.Theme) -> dict[str, Any]:
    return {
        "slug": theme.slug,
        "label_fr": theme.label_fr,
        "label_en": theme.label_en,
        "definition_fr": theme.definition_fr,
        "definition_en": theme.definition_en,
        "includes_fr": "\n".join(theme.includes_fr),
        "includes_en": "\n".join(theme.includes_en),
        "excludes_fr": "\n".join(theme.excludes_fr),
        "excludes_en": "\n".join(theme.excludes_en),
        "examples_fr": list(theme.examples_fr),
        "examples_en": list(theme.examples_en),
        "cues": list(theme.cues),
    }


@transaction.atomic
def activate_codebook(*, codebook: Codebook, by: Any) -> None:
    """New verbatims are coded with this codebook; those analysed keep their codes until they are recoded. Writes an
    audit entry."""
    Codebook.objects.exclude(pk=codebook.pk).update(is_active=False)
    Codebook.objects.filter(pk=codebook.pk).update(is_active=True)
    codebook.is_active = True
    audit.record("codebooks.activated", by=by, target=codebook, slug=codebook.slug)
