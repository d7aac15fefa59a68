"""Storing words as they come in: sealed, numbered, and never twice. Nobody reads them before masking has run."""

from __future__ import annotations

import hmac
import json
from collections.abc import Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from ecoute.core.counters import next_numbers
from ecoute.directory.facade import Scope
from ecoute.verbatims.actions.carried_decisions import carry, decisions_about
from ecoute.verbatims.actions.clear_cells import mark_may_stay_clear, may_stay_clear, parted
from ecoute.verbatims.actions.former_state import snapshot
from ecoute.verbatims.actions.raw_content import RawContent, RawReply, seal, unseal
from ecoute.verbatims.enums import Channel, Satisfaction, Speaker
from ecoute.verbatims.models import ImportBatch, ImportChange, RawText, Source, Verbatim, VerbatimService

EVERYWHERE = Scope(everything=True)


@dataclass(frozen=True, slots=True)
class IncomingVerbatim:
    """What one person said, as received. ``author`` and ``replies`` are sealed with the words, and so is what of
    ``extra`` may be somebody's words: only short cells of ``open_columns`` stay in clear.

    ``occurrence`` tells apart rows without a number that say exactly the same: the first is 0, the second 1.
    """

    text: str
    title: str = ""
    external_id: str = ""
    said_on: date | None = None
    received_at: datetime | None = None
    language: str = ""
    channel: str = Channel.UNKNOWN
    speaker: str = Speaker.UNKNOWN
    satisfaction: str = Satisfaction.UNKNOWN
    satisfaction_given: str = ""
    place_id: int | None = None
    service_ids: tuple[int, ...] = ()
    replies: tuple[RawReply, ...] = ()
    author: dict[str, str] = field(default_factory=dict)
    extra: dict[str, str] = field(default_factory=dict)
    open_columns: frozenset[str] = frozenset()
    occurrence: int = 0

    def fingerprint(self) -> str:
        """Tells a changed row from a known one. Keyed: nobody can try names against it. Leaves out what is only our
        own reading of the row (place and services found)."""
        said_on = self.said_on.isoformat() if self.said_on else ""
        received = self.received_at.isoformat() if self.received_at else ""
        replies = [(reply.text, reply.status, reply.replied_on) for reply in self.replies]
        given = [self.external_id, self.title, self.text, said_on, received, self.language, self.channel, self.speaker]
        given += [self.satisfaction, self.satisfaction_given]
        rest = [replies, self.author, self.extra, 0 if self.external_id else self.occurrence]
        words = json.dumps([given, rest], ensure_ascii=False, sort_keys=True)
        return hmac.digest(bytes.fromhex(settings.FINGERPRINT_KEY), words.encode(), "sha256").hex()


@dataclass(frozen=True, slots=True)
class ReceiveResult:
    """Ids created and updated; how many were known and unchanged; positions (in ``rows``) of those that would have
    changed a verbatim of a service out of ``scope``."""

    created: list[int]
    updated: list[int]
    unchanged: int
    refused: list[int]


@transaction.atomic
def receive(
    rows: Sequence[IncomingVerbatim],
    *,
    source: Source,
    batch: ImportBatch | None = None,
    by: Any,
    scope: Scope = EVERYWHERE,
) -> ReceiveResult:
    """Stores ``rows``, in one transaction; the same rows again change nothing.

    A row is known by its number in the source, else by its content. NUL characters, which PostgreSQL cannot keep, are
    left out. ``by`` is who brings them. The
    caller asks for the analysis afterwards (``enqueue_analysis``): new and changed words have ``analysed_at`` None.
    """
    rows = [_without_nul(row) for row in rows]
    prints = [row.fingerprint() for row in rows]
    known = _known(rows, prints, source)
    new: dict[str, tuple[IncomingVerbatim, str]] = {}
    changed: dict[int, tuple[Verbatim, IncomingVerbatim, str]] = {}
    unchanged, refused = 0, []
    for position, (row, mark) in enumerate(zip(rows, prints, strict=True)):
        found = known.get(_key(row, mark))
        if found is None:
            new[_key(row, mark)] = (row, mark)
        elif not _may_change(found, scope):
            refused.append(position)
        elif found.fingerprint == mark and found.withdrawn_at is None and _same_services(found, row):
            unchanged += 1
        else:
            changed[found.pk] = (found, row, mark)
    unchanged += len(rows) - unchanged - len(refused) - len(new) - len(changed)
    withdrawn = [item for item in changed.values() if item[0].withdrawn_at]
    others = [item for item in changed.values() if not item[0].withdrawn_at]
    created = _create(list(new.values()), source, batch) + _revive(withdrawn, batch)
    updated = _update(others, batch)
    return ReceiveResult(created, updated, unchanged, refused)


def _key(row: IncomingVerbatim, mark: str) -> str:
    return f"id {row.external_id}" if row.external_id else f"fp {mark}"


def _known(rows: Sequence[IncomingVerbatim], prints: Sequence[str], source: Source) -> dict[str, Verbatim]:
    numbers = [row.external_id for row in rows if row.external_id]
    marks = [mark for row, mark in zip(rows, prints, strict=True) if not row.external_id]
    # Held until the rows are written: nobody hides words in between whose decision would be missed.
    stored = Verbatim.objects.select_for_update().filter(source=source).order_by("pk").prefetch_related("concerned")
    found = {f"id {v.external_id}": v for v in stored.filter(external_id__in=numbers)} if numbers else {}
    if marks:
        found |= {f"fp {v.fingerprint}": v for v in stored.filter(external_id="", fingerprint__in=marks)}
    return found


def _service_ids(verbatim: Verbatim) -> list[int]:
    return [link.service_id for link in verbatim.concerned.all()]


def _may_change(verbatim: Verbatim, scope: Scope) -> bool:
    if scope.everything or verbatim.withdrawn_at:
        return True
    ids = _service_ids(verbatim)
    return bool(ids) and all(scope.allows(service_id) for service_id in ids)


def _same_services(verbatim: Verbatim, row: IncomingVerbatim) -> bool:
    return set(_service_ids(verbatim)) == set(row.service_ids)


def _fill(verbatim: Verbatim, row: IncomingVerbatim, mark: str) -> Verbatim:
    verbatim.external_id, verbatim.fingerprint = row.external_id, mark
    verbatim.said_on, verbatim.language = row.said_on, row.language
    verbatim.received_at = row.received_at or verbatim.received_at or timezone.now()
    verbatim.channel = row.channel or Channel.UNKNOWN
    verbatim.speaker = row.speaker or Speaker.UNKNOWN
    verbatim.satisfaction = row.satisfaction or Satisfaction.UNKNOWN
    verbatim.satisfaction_given = row.satisfaction_given if _mark_is_clear(row) else ""
    verbatim.place_id, verbatim.extra = row.place_id, parted(row.extra, row.open_columns)[0]
    return verbatim


def _mark_is_clear(row: IncomingVerbatim) -> bool:
    understood = (row.satisfaction or Satisfaction.UNKNOWN) != Satisfaction.UNKNOWN
    return mark_may_stay_clear(row.satisfaction_given, understood=understood)


def _sealed(row: IncomingVerbatim) -> bytes:
    extra = parted(row.extra, row.open_columns)[1]
    if not _mark_is_clear(row):
        extra[":satisfaction"] = row.satisfaction_given
    for rank, reply in enumerate(row.replies, 1):
        if not may_stay_clear(reply.status):
            extra[f":reply_status_{rank}"] = reply.status
    return seal(title=row.title, text=row.text, replies=_replies(row), author=row.author, extra=extra)


def _replies(row: IncomingVerbatim) -> tuple[RawReply, ...]:
    """Statuses are shown as they are: one that may be somebody's words is kept apart."""
    return tuple(reply if may_stay_clear(reply.status) else replace(reply, status="") for reply in row.replies)


def _without_nul(given: Any) -> Any:
    if isinstance(given, str):
        return given.replace("\0", "")
    if isinstance(given, dict):
        return {_without_nul(key): _without_nul(value) for key, value in given.items()}
    if isinstance(given, tuple):
        return tuple(_without_nul(item) for item in given)
    if isinstance(given, IncomingVerbatim | RawReply):
        return replace(given, **{part.name: _without_nul(getattr(given, part.name)) for part in fields(given)})
    return given


def _create(items: Sequence[tuple[IncomingVerbatim, str]], source: Source, batch: ImportBatch | None) -> list[int]:
    if not items:
        return []
    revisions = next_numbers("verbatims", len(items))
    verbatims = [
        _fill(Verbatim(source=source, solicited=source.solicited, batch=batch, revision=revision), row, mark)
        for (row, mark), revision in zip(items, revisions, strict=True)
    ]
    Verbatim.objects.bulk_create(verbatims)
    pairs = [(verbatim, row) for verbatim, (row, _) in zip(verbatims, items, strict=True)]
    RawText.objects.bulk_create([RawText(verbatim=verbatim, sealed=_sealed(row)) for verbatim, row in pairs])
    _attach(pairs)
    if batch is not None:
        ImportChange.objects.bulk_create([ImportChange(batch=batch, verbatim=v, created=True) for v in verbatims])
    return [verbatim.pk for verbatim in verbatims]


def _attach(pairs: Sequence[tuple[Verbatim, IncomingVerbatim]]) -> None:
    VerbatimService.objects.bulk_create(
        VerbatimService(verbatim=verbatim, service_id=service_id, position=position)
        for verbatim, row in pairs
        for position, service_id in enumerate(dict.fromkeys(row.service_ids))
    )


def _revive(items: Sequence[tuple[Verbatim, IncomingVerbatim, str]], batch: ImportBatch | None) -> list[int]:
    """Rows that an undone import had withdrawn come back as if new."""
    for verbatim, _, _ in items:
        verbatim.withdrawn_at, verbatim.batch, verbatim.fingerprint = None, batch, ""
    _rewrite(items)
    for verbatim, _, _ in items:
        if batch is not None:
            ImportChange.objects.create(batch=batch, verbatim=verbatim, created=True)
    return [verbatim.pk for verbatim, _, _ in items]


def _update(items: Sequence[tuple[Verbatim, IncomingVerbatim, str]], batch: ImportBatch | None) -> list[int]:
    if batch is not None:
        for verbatim, _, _ in items:
            ImportChange.objects.create(batch=batch, verbatim=verbatim, created=False, before=snapshot(verbatim))
    _rewrite(items)
    return [verbatim.pk for verbatim, _, _ in items]


def _same_words(known: RawContent, row: IncomingVerbatim) -> bool:
    """Whether only what surrounds the words changed: their analysis holds, and what people said of them stays."""
    return (known.title, known.text, known.replies) == (" ".join(row.title.split()), row.text, _replies(row))


def _opened(verbatim: Verbatim) -> RawContent | None:
    raw = RawText.objects.filter(verbatim=verbatim).first()
    return unseal(verbatim.pk, raw.sealed) if raw is not None else None


def _rewrite(items: Sequence[tuple[Verbatim, IncomingVerbatim, str]]) -> None:
    if not items:
        return
    decided = decisions_about(verbatim.pk for verbatim, _, _ in items)
    for (verbatim, row, mark), revision in zip(items, next_numbers("verbatims", len(items)), strict=True):
        said_otherwise = verbatim.fingerprint != mark
        former = _opened(verbatim) if said_otherwise else None
        same = not said_otherwise or (former is not None and _same_words(former, row))
        understood = verbatim.analysed_at is not None and same
        language = verbatim.language if understood else row.language
        _fill(verbatim, row, mark).revision = revision
        verbatim.language = language
        if not understood:
            verbatim.analysed_at = None
        if said_otherwise:
            sealed = _sealed(row)
            RawText.objects.update_or_create(verbatim=verbatim, defaults={"sealed": sealed})
            if former is not None and verbatim.pk in decided:
                carry(former, unseal(verbatim.pk, sealed), decided[verbatim.pk])
        verbatim.save()
        VerbatimService.objects.filter(verbatim=verbatim).delete()
    _attach([(verbatim, row) for verbatim, row, _ in items])
