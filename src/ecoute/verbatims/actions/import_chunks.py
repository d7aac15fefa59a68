"""One chunk of an import: rows made into verbatims, stored, refused, counted, in a single transaction."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time
from types import TracebackType
from typing import Self

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from ecoute.core import vault
from ecoute.directory.facade import Permission, Scope, scope_of
from ecoute.methods.tables import Mapping, Record, RecordReader, Reject, Row, Table, as_line
from ecoute.verbatims.actions.clear_cells import open_columns
from ecoute.verbatims.actions.occurrences import Occurrences
from ecoute.verbatims.actions.raw_content import RawReply
from ecoute.verbatims.actions.receive import IncomingVerbatim, ReceiveResult, receive
from ecoute.verbatims.actions.resolving import (
    CREATE,
    ForeignServiceError,
    PlaceResolver,
    ServiceResolver,
    UnknownServiceError,
)
from ecoute.verbatims.models import ImportBatch, ImportReject

SAMPLE = 1_000  # rows on which columns are judged


class Rejected(Exception):  # noqa: N818
    """The whole file is refused; the text is a sentence for people."""


# Details of these reasons are written by us, or are dates: the others may quote somebody's words and are sealed.
_OPEN_DETAILS = frozenset(
    {
        "short_row",
        "long_row",
        "broken_quote",
        "impossible_date",
        "future_date",
        "too_old_date",
        "unknown_service",
        "foreign_service",
    }
)


class ChunkWriter:
    """Takes the rows of a table one by one; ``flush`` stores those taken since the last one."""

    def __init__(self, batch: ImportBatch, table: Table, mapping: Mapping) -> None:
        self.batch = batch
        self.reader = RecordReader(table, mapping, today=timezone.localdate())
        self.open_columns = open_columns(table.head(SAMPLE), mapping)
        self.occurrences = Occurrences()
        self.scope = scope_of(batch.created_by, Permission.IMPORT) if batch.created_by else Scope(everything=True)
        self.services = ServiceResolver(
            batch.service_choices,
            batch.default_service_id,
            batch.reading.get("unknown_services", CREATE),
            self.scope,
            batch.created_by,
        )
        self.places = PlaceResolver()
        self.seen = 0
        self._separator = table.separator
        self._records: list[tuple[Record, int, Row]] = []
        self._rejects: list[Reject] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.occurrences.close()

    def take(self, item: Row | Reject, *, again: bool) -> None:
        """``again``: stored before a crash; read only to know what the file repeats."""
        self.seen += 1
        for made in [item] if isinstance(item, Reject) else self.reader.read(item):
            if isinstance(made, Record):
                assert isinstance(item, Row), "records come from rows"
                rank = self.occurrences.rank(_identity(made))
                if again:
                    continue
                if rank and made.external_id:
                    self._rejects.append(self._refusal("duplicate_id", item))
                else:
                    self._records.append((made, rank, item))
            elif not again:
                self._rejects.append(made)

    def _refusal(self, reason: str, row: Row, detail: str = "") -> Reject:
        """With the whole row, so that it can be corrected and imported again."""
        return Reject(row.line, reason, detail, as_line(row.values.values(), self._separator))

    def flush(self, rows_read: int) -> None:
        """Stores what was taken and moves the checkpoint, all or nothing."""
        if rows_read <= self.batch.rows_read:
            return
        with transaction.atomic():
            self._store(rows_read)
        self.batch.rows_read = rows_read
        self._records, self._rejects = [], []

    def _store(self, rows_read: int) -> None:
        incoming = [made for item in self._records if (made := self._incoming(*item)) is not None]
        assert self.batch.source is not None, "map_columns gives the source"
        rows = [row for row, _ in incoming]
        result = receive(
            [made for _, made in incoming],
            source=self.batch.source,
            batch=self.batch,
            by=self.batch.created_by,
            scope=self.scope,
        )
        self._rejects += [self._refusal("foreign_service", rows[position]) for position in result.refused]
        ImportReject.objects.bulk_create([self._reject(item) for item in self._rejects], batch_size=100)
        self._count(result, rows_read)

    def _count(self, result: ReceiveResult, rows_read: int) -> None:
        ImportBatch.objects.filter(pk=self.batch.pk).update(
            rows_read=rows_read,
            created_count=F("created_count") + len(result.created),
            updated_count=F("updated_count") + len(result.updated),
            unchanged_count=F("unchanged_count") + result.unchanged,
            rejected_count=F("rejected_count") + len(self._rejects),
        )

    def _incoming(self, record: Record, rank: int, row: Row) -> tuple[Row, IncomingVerbatim] | None:
        """None when its service refuses it: it has then joined the rejects."""
        try:
            service_ids = self.services.ids(record.services)
            replies = tuple(self._reply(record, position) for position in range(len(record.replies)))
        except UnknownServiceError as error:
            self._rejects.append(self._refusal("unknown_service", row, str(error)))
            return None
        except ForeignServiceError as error:
            self._rejects.append(self._refusal("foreign_service", row, str(error)))
            return None
        if not self.scope.everything and not service_ids:
            self._rejects.append(self._refusal("no_service", row))
            return None
        made = _incoming(record, service_ids, replies, self.places.place_of(record))
        return row, replace(made, occurrence=rank, open_columns=self.open_columns)

    def _reply(self, record: Record, position: int) -> RawReply:
        reply = record.replies[position]
        service_id = self.services.one(reply.service) if reply.service else None
        replied_on = reply.replied_on.isoformat() if reply.replied_on else None
        return RawReply(reply.text, service_id, reply.status, replied_on)

    def _reject(self, item: Reject) -> ImportReject:
        detail = item.detail[:250] if item.reason in _OPEN_DETAILS else ""
        return ImportReject(
            batch=self.batch, line=item.line, reason=item.reason, detail=detail, row=vault.seal(item.raw[:20_000])
        )


def _identity(record: Record) -> str:
    if record.external_id:
        return f"id {record.external_id}"
    return f"fp {_incoming(record, (), (), None).fingerprint()}"


def _incoming(
    record: Record, service_ids: tuple[int, ...], replies: tuple[RawReply, ...], place_id: int | None
) -> IncomingVerbatim:
    received = record.received_on
    return IncomingVerbatim(
        text=record.text,
        title=record.title[:500],
        external_id=record.external_id,
        said_on=record.said_on,
        received_at=timezone.make_aware(datetime.combine(received, time())) if received else None,
        language=record.language,
        channel=record.channel,
        speaker=record.speaker,
        satisfaction=record.satisfaction,
        satisfaction_given=record.satisfaction_given,
        place_id=place_id,
        service_ids=service_ids,
        replies=replies,
        author=record.personal,
        extra=record.extra,
    )
