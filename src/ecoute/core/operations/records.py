"""Rows of every table as lines of JSON, the same for SQLite and PostgreSQL."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from typing import Any
from uuid import UUID

from django.apps.registry import Apps
from django.db import connection, models, transaction
from django.utils.duration import duration_string

from ecoute.core.manifest import derived_models

# Signs of life and open sessions are of one moment: a copy of a session would be a way in.
LEFT_OUT = {"sessions.session", "core.workersign"}
BATCH = 2000
PLAIN = {"TextField", "CharField", "IntegerField", "BigIntegerField", "FloatField", "BooleanField", "JSONField"}

Row = list[Any]
Convert = Callable[[Any], Any]


def kept_models(registry: Apps) -> list[type[models.Model]]:
    """Every model of ``registry`` that has a table here, the hidden ones of many-to-many relations included; without
    those that follow from other records."""
    tables = set(connection.introspection.table_names())
    left_out = LEFT_OUT | derived_models()
    found = registry.get_models(include_auto_created=True)
    return [m for m in found if m._meta.db_table in tables and m._meta.label_lower not in left_out]


def columns_of(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    """Fields that are stored and written by us (not those the database computes)."""
    return [field for field in model._meta.concrete_fields if not getattr(field, "generated", False)]


def read_rows(model: type[models.Model]) -> Iterator[Sequence[Any]]:
    """Every row, by primary key, in the order of ``columns_of``; memory does not grow with the table."""
    names = [field.attname for field in columns_of(model)]
    rows: Iterator[Sequence[Any]] = model._base_manager.order_by("pk").values_list(*names).iterator(chunk_size=BATCH)
    return rows


def line_of(row: Sequence[Any]) -> bytes:
    """A row as one line of JSON."""
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"), default=_as_json).encode() + b"\n"


def _as_json(value: Any) -> Any:
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode()
    if isinstance(value, Decimal | UUID):
        return str(value)
    if isinstance(value, timedelta):
        return duration_string(value)
    raise TypeError(f"a backup cannot hold a {type(value).__name__}")


def write_rows(model: type[models.Model], names: Sequence[str], rows: Iterable[Row]) -> int:
    """Inserts rows as they are: no default, no automatic date, no signal. ``names``: their columns."""
    fields = {field.attname: field for field in columns_of(model)}
    chosen = [fields[name] for name in names]
    quote = connection.ops.quote_name
    statement = "INSERT INTO {} ({}) VALUES ({})".format(  # noqa: S608 – names come from the models
        quote(model._meta.db_table),
        ", ".join(quote(str(field.column)) for field in chosen),
        ", ".join("%s" for _ in chosen),
    )
    converts = [_converter(field) for field in chosen]
    waiting, count = iter(rows), 0
    with connection.cursor() as cursor:
        while batch := list(islice(waiting, BATCH)):
            values = [[convert(value) for convert, value in zip(converts, row, strict=True)] for row in batch]
            cursor.executemany(statement, values)
            count += len(batch)
    return count


def _converter(field: models.Field[Any, Any]) -> Convert:
    target = field
    while isinstance(target, models.ForeignKey):
        target = target.target_field
    if target.get_internal_type() in PLAIN - {"JSONField"}:
        return lambda value: value
    return lambda value: field.get_db_prep_save(
        value if value is None or field.get_internal_type() == "JSONField" else target.to_python(value), connection
    )


def snapshot() -> AbstractContextManager[None]:
    """Everything read inside is of one moment; writers are not held up (WAL on SQLite, MVCC on PostgreSQL)."""
    if connection.in_atomic_block:
        return nullcontext()
    return _sqlite_snapshot() if connection.vendor == "sqlite" else _postgresql_snapshot()


@contextmanager
def _sqlite_snapshot() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


@contextmanager
def _postgresql_snapshot() -> Iterator[None]:
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield
