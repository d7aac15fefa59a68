"""CSV and its cousins, line by line: what is broken is mended when it can be, told otherwise."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO

from .encodings import FALLBACK, Decoding, detect_encoding, mend
from .layout import ALONE, Layout, detect_layout
from .lines import Cut, cut_records
from .model import Reject, Row, Table, TableError

SAMPLE_LINES = 1_000
SLICE = 262_144
_NUMBER = re.compile(r"\s*\d+\s*")

Opener = Callable[[], IO[bytes]]


def open_delimited(
    opener: Opener, size: int, *, encoding: str | None, separator: str | None, samples: list[bytes]
) -> Table:
    """``opener`` gives the bytes from the start each time; ``samples`` are slices of them."""
    decoding = Decoding(encoding) if encoding else detect_encoding(samples)
    try:
        lines = _first_lines(opener, decoding.encoding)
    except (LookupError, UnicodeError) as error:
        raise TableError("unreadable", str(error)) from error
    if not any(line.strip() for line in lines):
        raise TableError("empty")
    layout = detect_layout(lines, separator)
    reading = _Reading(opener, decoding, layout)
    table = Table("tsv" if layout.separator == "\t" else "csv", layout.columns, reading.records, size=size)
    table.encoding, table.separator = decoding.encoding, layout.separator.replace(ALONE, "")
    table.notes = _notes(decoding, layout)
    return table


def _notes(decoding: Decoding, layout: Layout) -> list[str]:
    found = {"mojibake": decoding.mojibake, "preamble": layout.preamble > 0, "no_header": not layout.has_header}
    return [note for note, true in found.items() if true]


def _text(stream: IO[bytes], encoding: str) -> io.TextIOWrapper:
    return io.TextIOWrapper(stream, encoding=encoding, errors=FALLBACK, newline="")


def _first_lines(opener: Opener, encoding: str) -> list[str]:
    with _text(opener(), encoding) as text:
        lines: list[str] = []
        length = 0
        for line in text:
            lines.append(_without_nul(line))
            length += len(line)
            if len(lines) >= SAMPLE_LINES or length > 4 * SLICE:
                break
    return _without_hint(lines)


def _without_nul(line: str) -> str:
    return line.replace("\x00", "") if "\x00" in line else line


def _without_hint(lines: list[str]) -> list[str]:
    """Excel's own first line « sep=; » is no record."""
    return ["\n", *lines[1:]] if lines and re.fullmatch(r"sep=.\s*", lines[0].lower()) else lines


@dataclass(frozen=True)
class _Reading:
    opener: Opener
    decoding: Decoding
    layout: Layout

    def records(self, table: Table) -> Iterator[Row | Reject]:
        columns = self.layout.columns
        for cut in _assemble(self._cuts(table), self.layout):
            if isinstance(cut, Reject):
                yield cut
                continue
            cells = [mend(cell) for cell in cut.cells] if self.decoding.mojibake else cut.cells
            yield Row(cut.line, dict(zip(columns, cells, strict=True)))

    def _cuts(self, table: Table) -> Iterator[Cut]:
        stream = self.opener()
        with _text(stream, self.decoding.encoding) as text:
            skip = self.layout.preamble + (1 if self.layout.has_header else 0)
            for cut in cut_records(self._lines(text, stream, table), self.layout.separator):
                if not skip:
                    yield cut
                elif any(cell.strip() for cell in cut.cells):
                    skip -= 1

    def _lines(self, text: io.TextIOWrapper, stream: IO[bytes], table: Table) -> Iterator[str]:
        first = next(iter(_without_hint([_without_nul(text.readline())])))
        yield first
        for number, line in enumerate(text):
            if not number & 1023:
                table.position = stream.tell()
            yield _without_nul(line)
        table.position = table.size


def _assemble(cuts: Iterator[Cut], layout: Layout) -> Iterator[Cut | Reject]:
    """Puts records together from their pieces: an end of line that nobody quoted cuts a record in two."""
    pending: Cut | None = None
    width = len(layout.columns)
    for cut in cuts:
        blank = not cut.raw.strip()
        if blank and not (pending is not None and len(pending.cells) < width and layout.numbered):
            continue
        if pending is not None and (blank or _continues(pending, cut, layout)):
            pending = _join(pending, cut)
            continue
        if pending is not None:
            yield _finish(pending, width, layout.pads)
        pending = cut
    if pending is not None:
        yield _finish(pending, width, layout.pads)


def _continues(pending: Cut, cut: Cut, layout: Layout) -> bool:
    width, joined = len(layout.columns), len(pending.cells) + len(cut.cells) - 1
    if width == 1 or pending.open_quote or len(cut.cells) == width:
        return False
    if layout.numbered and not (_NUMBER.fullmatch(cut.cells[0]) and len(cut.cells) > 1):
        return True  # beyond the width too: the record is then refused whole rather than cut in the wrong place
    return not layout.pads and len(pending.cells) < width and joined <= width


def _join(pending: Cut, cut: Cut) -> Cut:
    cells = [*pending.cells[:-1], f"{pending.cells[-1]}\n{cut.cells[0]}", *cut.cells[1:]]
    return Cut(pending.line, cells, pending.raw + cut.raw, cut.open_quote)


def _finish(cut: Cut, width: int, pads: bool) -> Cut | Reject:
    cells = cut.cells
    if len(cells) == width:
        if cut.open_quote:  # a stray quote, yet the right shape: the words are kept as typed
            return Cut(cut.line, cells, cut.raw)
        return cut
    if len(cells) > width and not any(cell.strip() for cell in cells[width:]):
        return Cut(cut.line, cells[:width], cut.raw)
    if len(cells) < width and pads and not cut.open_quote:
        return Cut(cut.line, cells + [""] * (width - len(cells)), cut.raw)
    reason = "broken_quote" if cut.open_quote else "short_row" if len(cells) < width else "long_row"
    return Reject(cut.line, reason, f"{len(cells)}/{width}", cut.raw.rstrip("\r\n"))
