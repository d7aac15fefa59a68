"""JSON Lines, and JSON arrays of objects: nested objects flattened with dots."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import Any

from .delimited import Opener
from .encodings import FALLBACK, detect_encoding
from .model import Reject, Row, Table
from .workbooks import to_text

SAMPLE = 2_000  # records read to learn the columns
MAX_ARRAY = 512 * 1024**2
LATE = "(autres)"  # values of keys first met after the sample, as JSON: nothing is dropped


def open_json(opener: Opener, size: int) -> Table | None:
    """None when the file only looks like JSON."""
    with opener() as stream:
        head = stream.read(262_144)
    encoding = detect_encoding([head]).encoding
    is_array = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"["
    if is_array or _is_one_document(head, encoding):
        if size > MAX_ARRAY:
            return None
        return _open_document(opener, size, encoding)
    first = next((item for _, item, _ in _lines(opener, encoding) if isinstance(item, dict)), None)
    if first is None:
        return None
    columns = _columns(item for _, item, _ in _lines(opener, encoding, SAMPLE) if isinstance(item, dict))

    def read(table: Table) -> Iterator[Row | Reject]:
        for line, item, raw in _lines(opener, encoding):
            table.position += len(raw)
            if isinstance(item, dict):
                yield Row(line, _row(item, table.columns))
            else:
                yield Reject(line, "broken_json", str(item) if isinstance(item, str) else "", raw[:4_000])
        table.position = table.size

    return Table("jsonl", columns, read, encoding=encoding, size=size)


def _lines(opener: Opener, encoding: str, limit: int | None = None) -> Iterator[tuple[int, Any, str]]:
    """Line number, object (or the error's words), line as it is."""
    with io.TextIOWrapper(opener(), encoding=encoding, errors=FALLBACK) as text:
        seen = 0
        for number, raw in enumerate(text, start=1):
            if not raw.strip():
                continue
            try:
                item: Any = json.loads(raw)
            except ValueError as error:
                item = str(error)
            yield number, item, raw.rstrip("\n")
            seen += 1
            if limit and seen >= limit:
                return


def _is_one_document(head: bytes, encoding: str) -> bool:
    """One object spread over lines, e.g. {"results": [...]}: its first line is no object by itself."""
    first = head.decode(encoding, "replace").strip("\ufeff \r\n\t").splitlines()
    if not first:
        return False
    try:
        item = json.loads(first[0])
    except ValueError:
        return first[0].strip() in ("{", "{}") or (len(first) > 1 and first[1].startswith((" ", "\t")))
    return len(first) == 1 and any(isinstance(part, dict) for part in _longest_list(item))


def _open_document(opener: Opener, size: int, encoding: str) -> Table | None:
    with opener() as stream:
        text = stream.read().decode(encoding, FALLBACK)
    try:
        document = json.loads(text.lstrip("\ufeff"))
    except ValueError:
        return None
    items = _longest_list(document)
    if not any(isinstance(item, dict) for item in items):
        return None
    columns = _columns(item for item in items[:SAMPLE] if isinstance(item, dict))

    def read(table: Table) -> Iterator[Row | Reject]:
        for number, item in enumerate(items, start=1):
            table.position = number
            if isinstance(item, dict):
                yield Row(number, _row(item, table.columns))
            else:
                yield Reject(number, "broken_json", "", json.dumps(item, ensure_ascii=False)[:4_000])

    return Table("json", columns, read, encoding=encoding, size=len(items))


def _longest_list(document: Any) -> list[Any]:
    if isinstance(document, list):
        return document
    if isinstance(document, dict):
        lists = [_longest_list(value) for value in document.values() if isinstance(value, list | dict)]
        return max(lists, key=len, default=[])
    return []


def _columns(items: Iterator[dict[str, Any]]) -> list[str]:
    """``LATE`` stands last: a column for keys that only come after the sample."""
    names = dict.fromkeys(name for item in items for name in flatten(item))
    return [*(name for name in names if name != LATE), LATE]


def _row(item: dict[str, Any], columns: list[str]) -> dict[str, str]:
    values = dict.fromkeys(columns, "")
    flat = flatten(item)
    late = {name: flat.pop(name) for name in list(flat) if name not in values}
    values.update(flat)
    if late:
        values[LATE] = json.dumps(late, ensure_ascii=False)
    return values


def flatten(item: dict[str, Any], prefix: str = "") -> dict[str, str]:
    """{"a": {"b": 1}, "c": [1, 2]} → {"a.b": "1", "c": "1|2"}; lists of objects are kept as JSON."""
    flat: dict[str, str] = {}
    for key, value in item.items():
        name = f"{prefix}{key}"
        if isinstance(value, dict):
            flat.update(flatten(value, f"{name}."))
        elif isinstance(value, list):
            simple = all(not isinstance(part, dict | list) for part in value)
            flat[name] = (
                _sound("|".join(to_text(part) for part in value)) if simple else json.dumps(value, ensure_ascii=False)
            )
        else:
            flat[name] = _sound(to_text(value))
    return flat


def _sound(text: str) -> str:
    """Without the signs that no database and no encoding can keep: NUL, halves of surrogate pairs."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode()
