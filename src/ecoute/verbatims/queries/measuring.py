"""What the coding room reads of verbatims: masked words without codes, and apart from them what the machine found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import numpy as np
from django.db.models import Prefetch, QuerySet

from ecoute.directory.facade import Scope
from ecoute.verbatims.columns.corpus import readable_rows
from ecoute.verbatims.columns.selection import Selection
from ecoute.verbatims.enums import Channel
from ecoute.verbatims.models import SegmentTheme, Verbatim, VerbatimService


@dataclass(frozen=True, slots=True)
class MaskedWords:
    """A verbatim as somebody who codes blind sees it: its words and where they come from, nothing that was coded."""

    id: int
    uid: UUID
    text: str  # masked: title, newline, text
    language: str
    said_on: date | None
    channel_label: str
    services: tuple[str, ...]  # those of the reader's scope


def masked_words(ids: Iterable[int], scope: Scope) -> dict[int, MaskedWords]:
    """By id; those withdrawn, unmasked or out of ``scope`` are left out. Two queries."""
    links = VerbatimService.objects.select_related("service").order_by("position")
    rows = _readable(ids, scope).prefetch_related(Prefetch("concerned", queryset=links)).order_by("pk")
    return {row.pk: _words(row, scope) for row in rows.only(*_SHOWN)}


_SHOWN = ("uid", "title", "text", "language", "said_on", "channel")


def _words(row: Verbatim, scope: Scope) -> MaskedWords:
    seen = [link.service for link in row.concerned.all() if scope.allows(link.service_id)]
    return MaskedWords(
        id=row.pk,
        uid=row.uid,
        text=row.body,
        language=row.language,
        said_on=row.said_on,
        channel_label=str(Channel(row.channel).label) if row.channel != Channel.UNKNOWN else "",
        services=tuple(service.short_name or service.name for service in seen),
    )


def readable_among(ids: Iterable[int], scope: Scope) -> frozenset[int]:
    """Those of ``ids`` that may be read in ``scope``: masked, not withdrawn. One query."""
    return frozenset(_readable(ids, scope).values_list("pk", flat=True))


def _readable(ids: Iterable[int], scope: Scope) -> QuerySet[Verbatim]:
    rows = Verbatim.objects.filter(pk__in=list(ids), withdrawn_at=None, masking_version__gt=0)
    if scope.everything:
        return rows
    mine = VerbatimService.objects.filter(service_id__in=scope.service_ids).values("verbatim_id")
    return rows.filter(pk__in=mine)


def machine_themes(ids: Iterable[int]) -> dict[int, frozenset[int]]:
    """Verbatim id → ids of the themes that the machine found in it, whatever people said of them since. One query.

    A code that bears the name of an engine was given by it, even when somebody agreed or rejected it since. One without
    comes from a person: added, or said of a theme that the machine doubted and did not give.
    """
    found: dict[int, set[int]] = {pk: set() for pk in ids}
    codes = SegmentTheme.objects.filter(segment__verbatim_id__in=list(found)).exclude(engine="")
    for verbatim_id, theme_id in codes.order_by("pk").values_list("segment__verbatim_id", "theme_id"):
        found[verbatim_id].add(theme_id)
    return {pk: frozenset(themes) for pk, themes in found.items()}


def held_within(selection: Selection, scope: Scope) -> int:
    """How many verbatims of ``selection`` lie in ``scope`` too (somebody else's)."""
    return int(np.count_nonzero(selection.rows & readable_rows(selection.corpus.snapshot, scope)))
