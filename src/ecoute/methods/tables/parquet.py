"""Parquet through DuckDB, by batches, without any extension fetched from outside."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb

from .json_records import flatten
from .model import Reject, Row, Table, TableError
from .naming import name_columns

BATCH = 2_000


def open_parquet(file: Path) -> Table:
    """Structures are flattened with dots, like JSON objects."""
    try:
        with _connect() as connection:
            size = connection.execute("SELECT count(*) FROM read_parquet(?)", [str(file)]).fetchone()
            names = [
                name
                for name, *_ in connection.execute("DESCRIBE SELECT * FROM read_parquet(?)", [str(file)]).fetchall()
            ]
            sample = connection.execute("SELECT * FROM read_parquet(?) LIMIT 500", [str(file)]).fetchall()
    except duckdb.Error as error:
        raise TableError("unreadable", str(error).splitlines()[0]) from error
    flat = dict.fromkeys(name for values in sample for name in _flat(names, values)) or dict.fromkeys(names)
    columns = name_columns(list(flat))

    def read(table: Table) -> Iterator[Row | Reject]:
        with _connect() as connection:
            result = connection.execute("SELECT * FROM read_parquet(?)", [str(file)])
            while batch := result.fetchmany(BATCH):
                for values in batch:
                    table.position += 1
                    yield Row(table.position, _row(_flat(names, values), columns))

    return Table("parquet", columns, read, size=int(size[0]) if size else 0)


def _connect() -> Any:
    return duckdb.connect(
        config={
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "memory_limit": "256MB",
            "threads": 1,
        }
    )


def _flat(names: list[str], values: tuple[Any, ...]) -> dict[str, str]:
    return flatten(dict(zip(names, (_plain(value) for value in values), strict=True)))


def _plain(value: Any) -> Any:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else value


def _row(flat: dict[str, str], columns: list[str]) -> dict[str, str]:
    row = dict.fromkeys(columns, "")
    row.update({name: value for name, value in flat.items() if name in row})
    late = {name: value for name, value in flat.items() if name not in row and value}
    if late and columns:
        row[columns[-1]] = json.dumps({columns[-1]: row[columns[-1]], **late}, ensure_ascii=False)
    return row
