"""A theme becomes several finer ones: each with its own examples; what carried the theme is sorted by people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ecoute.core import audit
from ecoute.verbatims.actions.codebook_versions import changing
from ecoute.verbatims.actions.coding import add_theme, hold
from ecoute.verbatims.actions.corrections import remember
from ecoute.verbatims.actions.themes import create_theme
from ecoute.verbatims.models import Correction, Segment, SegmentTheme, Theme


class CannotSplit(ValueError):  # noqa: N818
    """Why the theme stays whole, for the person who asked."""


@dataclass(frozen=True, slots=True)
class Part:
    """A finer theme to make."""

    label_fr: str
    examples_fr: tuple[str, ...] = ()
    label_en: str = ""


def split_theme(*, theme: Theme, parts: Sequence[Part], by: Any) -> list[Theme]:
    """Makes the parts as sub-themes of ``theme``, in one new version. Its codes stay until somebody sorts them or asks
    to code again. Raises CannotSplit for fewer than two parts, or two of one name. Writes an audit entry."""
    labels = [part.label_fr.strip() for part in parts]
    if len(labels) < 2 or not all(labels):
        raise CannotSplit(_("Donnez un nom à deux sous-thèmes au moins."))
    if len({label.casefold() for label in labels}) < len(labels):
        raise CannotSplit(_("Deux sous-thèmes portent le même nom."))
    if theme.retired_at is not None:
        raise CannotSplit(_("Ce thème est retiré : remettez-le d’abord en usage."))
    with changing(theme.codebook, "codebooks.theme_split", by=by):
        made = [
            create_theme(
                theme.codebook,
                parent=theme,
                label_fr=part.label_fr.strip(),
                label_en=part.label_en.strip(),
                examples_fr=list(part.examples_fr),
            )
            for part in parts
        ]
    audit.record("codebooks.theme_split", by=by, target=theme, slug=theme.slug, into=[one.slug for one in made])
    return made


@transaction.atomic
def sort_passage(*, segment: Segment, theme: Theme, into: Theme, by: Any) -> Correction:
    """Gives a passage of ``theme`` the finer theme ``into`` in its place; one correction undoes both. ValueError when
    ``into`` is not below ``theme``."""
    if into.parent_id != theme.pk:
        raise ValueError("not a part of this theme")
    hold(segment, by)
    former = remember(segment=segment, what=Correction.What.THEME, theme=theme, by=by)
    correction = add_theme(segment=segment, theme=into, by=by)
    evidence = former.before.get("evidence")
    if evidence:
        SegmentTheme.objects.filter(segment=segment, theme=into).update(evidence=evidence)
    SegmentTheme.objects.filter(segment=segment, theme=theme).delete()
    correction.before = correction.before | {"with": former.pk}
    correction.save(update_fields=["before"])
    return correction
