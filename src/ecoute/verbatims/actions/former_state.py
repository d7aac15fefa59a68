"""What a verbatim was before an import changed it, sealed; and putting it back, or erasing it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from ecoute.core import vault
from ecoute.core.counters import next_numbers
from ecoute.verbatims.actions.ask_learning import unlearn
from ecoute.verbatims.actions.carried_decisions import carry, decisions_about
from ecoute.verbatims.actions.raw_content import unseal
from ecoute.verbatims.models import (
    Embedding,
    Masking,
    RawText,
    Reply,
    Segment,
    SegmentTheme,
    SegmentVectors,
    SetAsideDecisions,
    Verbatim,
    VerbatimService,
)
from ecoute.verbatims.search.index import remove_verbatims

_PLAIN = (
    "external_id",
    "fingerprint",
    "language",
    "channel",
    "speaker",
    "satisfaction",
    "satisfaction_given",
    "place_id",
    "extra",
)


def snapshot(verbatim: Verbatim) -> bytes:
    """The row, its services and its raw words, as sealed JSON."""
    raw = RawText.objects.filter(verbatim=verbatim).values_list("sealed", flat=True).first()
    state: dict[str, Any] = {name: getattr(verbatim, name) for name in _PLAIN}
    state["said_on"] = verbatim.said_on.isoformat() if verbatim.said_on else None
    state["received_at"] = verbatim.received_at.isoformat()
    state["services"] = [link.service_id for link in verbatim.concerned.order_by("position")]
    state["raw"] = vault.open(raw) if raw is not None else None
    return vault.seal(json.dumps(state, ensure_ascii=False))


def restore(verbatim: Verbatim, before: bytes) -> None:
    """Puts back what ``snapshot`` kept; the words wait for their analysis again. Within the caller's transaction.

    What people hid or showed in the former words holds again; what was hidden since is hidden in them too.

    Where a former service is no more (reunited with another since), the services stay as they are now.
    """
    state = json.loads(vault.open(before))
    for name in _PLAIN:
        setattr(verbatim, name, state[name])
    verbatim.said_on = date.fromisoformat(state["said_on"]) if state["said_on"] else None
    verbatim.received_at = datetime.fromisoformat(state["received_at"])
    verbatim.analysed_at = None
    verbatim.revision = next_numbers("verbatims")[0]
    verbatim.save()
    if state["raw"] is not None:
        _put_words_back(verbatim, vault.seal(state["raw"]))
    services: Any = VerbatimService._meta.get_field("service").related_model
    if services.objects.filter(pk__in=state["services"]).count() < len(state["services"]):
        return
    VerbatimService.objects.filter(verbatim=verbatim).delete()
    VerbatimService.objects.bulk_create(
        VerbatimService(verbatim=verbatim, service_id=service_id, position=position)
        for position, service_id in enumerate(state["services"])
    )


def _put_words_back(verbatim: Verbatim, sealed: bytes) -> None:
    present = RawText.objects.filter(verbatim=verbatim).first()
    decided = decisions_about([verbatim.pk]).get(verbatim.pk)
    if present is not None and decided:
        carry(unseal(verbatim.pk, present.sealed), unseal(verbatim.pk, sealed), decided, shown=False)
    RawText.objects.update_or_create(verbatim=verbatim, defaults={"sealed": sealed})


def withdraw(ids: Sequence[int]) -> None:
    """Takes verbatims out: words, masked words, codes and vectors are erased; number and fingerprint stay, so that the
    same file may be imported again. Within the caller's transaction."""
    if not ids:
        return
    unlearn(ids)
    RawText.objects.filter(verbatim_id__in=ids).delete()
    SetAsideDecisions.objects.filter(verbatim_id__in=ids).delete()
    erase_analysis(ids)
    now = timezone.now()
    for verbatim_id, revision in zip(ids, next_numbers("verbatims", len(ids)), strict=True):
        Verbatim.objects.filter(pk=verbatim_id).update(
            **UNREAD, extra={}, analysis_notes=[], analysed_at=None, withdrawn_at=now, revision=revision
        )


# What a verbatim is as long as nobody may read it.
UNREAD: dict[str, Any] = {
    "title": "",
    "text": "",
    "masking_version": 0,
    "phrases": [],
    "polarity": "",
    "polarity_confidence": None,
    "polarity_engine": "",
    "duplicate_of": None,
}


def erase_analysis(ids: Sequence[int]) -> None:
    """Erases masked words, passages, codes, replies, vectors and index entries; the caller writes ``UNREAD``."""
    Masking.objects.filter(verbatim_id__in=ids).delete()
    Reply.objects.filter(verbatim_id__in=ids).delete()
    SegmentTheme.objects.filter(segment__verbatim_id__in=ids).delete()
    Segment.objects.filter(verbatim_id__in=ids).delete()
    Embedding.objects.filter(verbatim_id__in=ids).delete()
    SegmentVectors.objects.filter(verbatim_id__in=ids).delete()
    remove_verbatims(ids)
