"""Opening a file as a table, whatever it is: its first bytes are believed rather than its name."""

from __future__ import annotations

import gzip
import zipfile
from pathlib import Path
from typing import IO, Any

from .delimited import SLICE, Opener, open_delimited
from .json_records import open_json
from .model import Table, TableError
from .parquet import open_parquet
from .workbooks import open_workbook

FORMATS = ("csv", "tsv", "txt", "xlsx", "xls", "ods", "jsonl", "ndjson", "json", "parquet", "gz", "zip")
_TEXT_CONTROLS = frozenset(range(32)) - {9, 10, 12, 13, 27, 0, 26, 11}


def open_table(
    path: Path | str, *, sheet: str | None = None, encoding: str | None = None, separator: str | None = None
) -> Table:
    """Opens ``path`` and finds out how it is written; what is given by name is not guessed.

    Raises ``TableError`` when it cannot be read as a table, ``OSError`` when it cannot be read at all.
    """
    file = Path(path)
    with file.open("rb") as stream:
        magic = stream.read(8)
    if not magic:
        raise TableError("empty")
    if magic.startswith(b"PAR1"):
        return open_parquet(file)
    if magic.startswith(b"PK"):
        return _open_zip(file, sheet, encoding, separator)
    if magic.startswith(b"\xd0\xcf\x11\xe0"):
        return open_workbook(file, "xls", sheet)
    if magic.startswith(b"\x1f\x8b"):
        return _open_text(lambda: _gunzip(file), file.stat().st_size, encoding, separator)
    return _open_text(lambda: file.open("rb"), file.stat().st_size, encoding, separator)


class _Compressed(gzip.GzipFile):
    """Tells its place in the compressed file, so that progress is a share of its size."""

    def tell(self) -> int:
        file: Any = self.fileobj
        return int(file.tell()) if file else 0


def _gunzip(file: Path) -> IO[bytes]:
    return _Compressed(file)  # type: ignore[return-value]


def _open_zip(file: Path, sheet: str | None, encoding: str | None, separator: str | None) -> Table:
    try:
        with zipfile.ZipFile(file) as archive:
            names = [
                info for info in archive.infolist() if not info.is_dir() and not info.filename.startswith("__MACOSX")
            ]
            listed = {info.filename for info in names}
            if "xl/workbook.xml" in listed or "xl/workbook.bin" in listed:
                return open_workbook(file, "xlsx", sheet)
            if "mimetype" in listed and b"opendocument.spreadsheet" in archive.open("mimetype").read(100):
                return open_workbook(file, "ods", sheet)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise TableError("unreadable", str(error)) from error
    if len(names) != 1:
        raise TableError("several_files", str(len(names)))
    if names[0].flag_bits & 1:
        raise TableError("encrypted")
    name = names[0].filename
    return _open_text(lambda: zipfile.ZipFile(file).open(name), names[0].file_size, encoding, separator)


def _open_text(opener: Opener, size: int, encoding: str | None, separator: str | None) -> Table:
    samples = _samples(opener, size)
    head = samples[0]
    if not head.strip(b"\x00\r\n\t \xef\xbb\xbf\xff\xfe"):
        raise TableError("empty")
    if _is_binary(head):
        raise TableError("binary")
    bare = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if bare[:1] in (b"{", b"[") and not separator:
        table = open_json(opener, size)
        if table is not None:
            return table
    return open_delimited(opener, size, encoding=encoding, separator=separator, samples=samples)


def _samples(opener: Opener, size: int) -> list[bytes]:
    """The beginning, and two slices further on: an accent may come late in a long file."""
    try:
        with opener() as stream:
            slices = [stream.read(SLICE)]
            if size > 4 * SLICE and stream.seekable() and not isinstance(stream, gzip.GzipFile | zipfile.ZipExtFile):
                for share in (0.4, 0.8):
                    stream.seek(int(size * share) // 2 * 2)
                    # UTF-8 letters cut at the edges are not errors of the file.
                    slices.append(stream.read(SLICE).lstrip(bytes(range(0x80, 0xC0)))[:-4])
            return slices
    except (OSError, EOFError, zipfile.BadZipFile) as error:
        raise TableError("unreadable", str(error)) from error


def _is_binary(head: bytes) -> bool:
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return False
    start = head[:4096]
    if start.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x7fELF")):
        return True
    return sum(1 for byte in start if byte in _TEXT_CONTROLS) > 0.05 * len(start)
