"""The versions of a codebook: who changed what and when, and how two of them differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ecoute.verbatims.enums import Origin
from ecoute.verbatims.models import Codebook, CodebookVersion, SegmentTheme

# The fields that readers see, in the order of the form; position is told apart.
FIELD_WORDS: dict[str, Any] = {
    "label_fr": gettext_lazy("Libellé"),
    "parent": gettext_lazy("Sous le thème"),
    "definition_fr": gettext_lazy("Définition"),
    "includes_fr": gettext_lazy("Ce qu’il comprend"),
    "excludes_fr": gettext_lazy("Ce qu’il ne comprend pas"),
    "examples_fr": gettext_lazy("Exemples"),
    "cues": gettext_lazy("Indices"),
    "label_en": gettext_lazy("Libellé en anglais"),
    "definition_en": gettext_lazy("Définition en anglais"),
    "includes_en": gettext_lazy("Ce qu’il comprend, en anglais"),
    "excludes_en": gettext_lazy("Ce qu’il ne comprend pas, en anglais"),
    "examples_en": gettext_lazy("Exemples en anglais"),
    "exemplars": gettext_lazy("Verbatims dont la machine apprend"),
    "merged_into": gettext_lazy("Réuni avec"),
}
_CHANGE_WORDS: dict[str, Any] = {
    "codebooks.loaded": gettext_lazy("Plan de codage chargé"),
    "codebooks.imported": gettext_lazy("Fichier importé"),
    "codebooks.restored": gettext_lazy("Retour à une version passée"),
    "codebooks.theme_added": gettext_lazy("Thème ajouté"),
    "codebooks.theme_changed": gettext_lazy("Thème modifié"),
    "codebooks.theme_retired": gettext_lazy("Thème retiré"),
    "codebooks.theme_brought_back": gettext_lazy("Thème remis en usage"),
    "codebooks.themes_merged": gettext_lazy("Deux thèmes réunis"),
    "codebooks.merge_undone": gettext_lazy("Réunion de thèmes annulée"),
    "codebooks.theme_split": gettext_lazy("Thème divisé"),
}


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of a theme, before and after, as readers see it."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ThemeChange:
    """``kind``: added, changed, retired, back or same."""

    slug: str
    label: str
    kind: str
    fields: tuple[FieldChange, ...] = ()

    @property
    def kind_label(self) -> str:
        """The kind in words."""
        words = {"added": _("ajouté"), "changed": _("modifié"), "retired": _("retiré"), "back": _("remis en usage")}
        return words.get(self.kind, _("inchangé"))


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A version in the list. ``diff``: how it differs from the one before."""

    version: int
    change: str
    made_by: str
    made_at: datetime
    current: bool
    undoable: bool
    diff: tuple[ThemeChange, ...]
    codes: int  # of the machine, now in the base, that this version gave


def versions_of(codebook: Codebook, limit: int = 50) -> list[VersionLine]:
    """The newest first. Two queries."""
    rows = list(codebook.versions.select_related("made_by").order_by("-version")[: limit + 1])
    earlier = {row.version: row for row in rows}
    lines, given = [], codes_by_version(codebook)
    for row in rows[:limit]:
        before = earlier.get(row.version - 1)
        diff = tuple(c for c in compared(before.themes, row.themes) if c.kind != "same") if before else ()
        lines.append(
            VersionLine(
                version=row.version,
                change=str(_CHANGE_WORDS.get(row.change, _("État du plan"))),
                made_by=str(row.made_by or ""),
                made_at=row.made_at,
                current=row.version == codebook.version,
                undoable=row.version == codebook.version and bool(row.undo),
                diff=diff,
                codes=given.get(row.version, 0),
            )
        )
    return lines


def codes_by_version(codebook: Codebook) -> dict[int, int]:
    """Version → how many of the machine's codes in the base were given with it; 0: before versions were noted."""
    codes = SegmentTheme.objects.filter(theme__codebook=codebook, origin=Origin.MACHINE, rejected=False)
    counted = codes.order_by().values_list("codebook_version").annotate(Count("pk"))
    return dict(counted)


def version_or_none(codebook: Codebook, version: int) -> CodebookVersion | None:
    """The record of a version; None where nothing kept it."""
    return codebook.versions.select_related("made_by").filter(version=version).first()


def compared(before: Sequence[dict[str, Any]], after: Sequence[dict[str, Any]]) -> list[ThemeChange]:
    """Theme by theme, in the order of ``after``; themes gone altogether come last, as retired."""
    known = {theme["slug"]: theme for theme in before}
    labels = {theme["slug"]: theme["label_fr"] for theme in (*before, *after)}
    changes = [_compared(known.get(theme["slug"]), theme, labels) for theme in after]
    present = {theme["slug"] for theme in after}
    gone = [t for slug, t in known.items() if slug not in present and not t["retired"]]
    return changes + [ThemeChange(theme["slug"], theme["label_fr"], "retired") for theme in gone]


def _compared(before: dict[str, Any] | None, after: dict[str, Any], labels: dict[str, str]) -> ThemeChange:
    slug, label = after["slug"], after["label_fr"]
    if before is None:
        return ThemeChange(slug, label, "added")
    fields = tuple(
        FieldChange(str(words), _shown(name, before.get(name), labels), _shown(name, after.get(name), labels))
        for name, words in FIELD_WORDS.items()
        if (before.get(name) or "") != (after.get(name) or "")
    )
    if after["retired"] != before["retired"]:
        return ThemeChange(slug, label, "retired" if after["retired"] else "back", fields)
    return ThemeChange(slug, label, "changed" if fields else "same", fields)


def _shown(name: str, value: Any, labels: dict[str, str]) -> str:
    if name in {"parent", "merged_into"}:
        return labels.get(value or "", value or "")
    if isinstance(value, list):
        return " | ".join(f"#{item}" if isinstance(item, int) else item for item in value)
    return value or ""
