"""From rows to what a person said: typed values, or the reason why not."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from .dates import DateReader, UnusableDateError
from .fields import Field
from .guessing import Mapping
from .lines import as_line
from .model import Reject, Row, Table
from .naming import fold, names_in
from .satisfaction import Scale
from .vocabulary import read_channel, read_speaker

SAMPLE = 1_000
_LETTER = re.compile(r"[^\W\d_]")
# Fields whose cells are kept whole in the record; the others stay in ``extra`` too, as written.
_KEPT_ELSEWHERE = frozenset(
    {
        Field.EXTERNAL_ID,
        Field.TITLE,
        Field.TEXT,
        Field.DATE,
        Field.RECEIVED,
        Field.SATISFACTION,
        Field.REPLY,
        Field.REPLY_DATE,
        Field.REPLY_STATUS,
        Field.AUTHOR,
        Field.IGNORE,
    }
)
# A cell like these is personal wherever it stands: an e-mail address, a telephone, a social security or bank number.
_PERSONAL = re.compile(
    r"[^@\s]+@[^@\s]+\.\w{2,}|(?:\+33|0033|\b0)[\s.]?[1-9](?:[\s.-]?\d\d){4}\b|\b[12]\d{12}\b|\bFR\d{2}[\dA-Z ]{20,}"
)
MAX_EXTRA = 250  # characters; longer cells are somebody's words, which nobody reads unmasked
# Cells that machines write when nobody answered. « RAS » or « None » are answers and stay.
NO_ANSWER = frozenset(
    (
        "did not answer",
        "no answer",
        "not answered",
        "sans reponse",
        "non repondu",
        "pas de reponse",
        "n a",
        "na",
        "nan",
        "null",
        "vide",
        "non renseigne",
        "nr",
    )
)

_LONGEST_NO_ANSWER = 30  # characters


@dataclass(frozen=True, slots=True)
class ReplyRecord:
    text: str
    status: str = ""
    replied_on: date | None = None
    service: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """One verbatim as the file gives it. ``channel``, ``speaker``, ``satisfaction``: values of closed lists, or "".

    ``services``: names as written, in order. ``personal``: cells to keep sealed. ``extra``: every other cell that is
    not empty, and those that could not be read as what they should be.
    """

    line: int
    external_id: str
    title: str
    text: str
    said_on: date | None = None
    received_on: date | None = None
    satisfaction: str = ""
    satisfaction_given: str = ""
    channel: str = ""
    services: tuple[str, ...] = ()
    region: str = ""
    departement: str = ""
    commune: str = ""
    postcode: str = ""
    country: str = ""
    speaker: str = ""
    language: str = ""
    replies: tuple[ReplyRecord, ...] = ()
    personal: dict[str, str] = field(default_factory=dict)
    extra: dict[str, str] = field(default_factory=dict)


class RecordReader:
    """Reads a table through a mapping. Order of dates and scale of satisfaction are decided on the first rows."""

    def __init__(self, table: Table, mapping: Mapping, *, today: date | None = None) -> None:
        self.table = table
        self.mapping = mapping
        self.today = today
        rows = table.head(SAMPLE)
        self._dates = {
            name: DateReader.deduce(row.values.get(name, "") for row in rows)
            for wanted in (Field.DATE, Field.RECEIVED, Field.REPLY_DATE)
            for name in mapping.columns(wanted)
        }
        marks = next(iter(mapping.columns(Field.SATISFACTION)), "")
        self.scale = Scale.deduce((row.values.get(marks, "") for row in rows), name=marks)
        used = {c for name, columns in mapping.fields.items() if name in _KEPT_ELSEWHERE for c in columns}
        self._extra = [column for column in table.columns if column not in used]

    @property
    def month_first(self) -> bool:
        """Whether some column of dates puts the month before the day."""
        return any(reader.month_first for reader in self._dates.values())

    def records(self) -> Iterator[Record | Reject]:
        """Every verbatim and every refusal, in the order of the file."""
        for item in self.table.records():
            if isinstance(item, Reject):
                yield item
            else:
                yield from self.read(item)

    def read(self, row: Row) -> list[Record] | list[Reject]:
        """One record for each text that is filled: several free questions make several verbatims."""
        texts = [
            (n, c, row.values[c].strip())
            for n, c in enumerate(self.mapping.columns(Field.TEXT))
            if row.values.get(c, "").strip()
        ]
        said = [(n, c, text) for n, c, text in texts if is_said(text)]
        title = self._one(row, Field.TITLE)
        if not said and not is_said(title):
            return [self._refusal(row, "empty_text", texts[0][2] if texts else "")]
        try:
            base = self._base(row)
        except UnusableDateError as problem:
            return [self._refusal(row, problem.code, problem.written)]
        if not said:
            return [replace(base, title="", text=title)]
        return [self._with_words(base, n, c, text) for n, c, text in said]

    def _with_words(self, base: Record, rank: int, column: str, text: str) -> Record:
        if len(self.mapping.columns(Field.TEXT)) == 1:
            return replace(base, text=text)
        identity = f"{base.external_id}:{rank}" if rank and base.external_id else base.external_id
        heading = " – ".join(part for part in (base.title, column) if part)
        return replace(base, external_id=identity, title=heading, text=text)

    def _refusal(self, row: Row, reason: str, detail: str) -> Reject:
        return Reject(row.line, reason, detail[:200], as_line(row.values.values(), self.table.separator))

    def _base(self, row: Row) -> Record:
        others = {column: row.values[column] for column in self._extra if row.values[column].strip()}
        extra = {column: cell for column, cell in others.items() if not _is_private(cell)}
        personal = {column: cell for column, cell in others.items() if column not in extra}
        marks = self._one(row, Field.SATISFACTION)
        return Record(
            line=row.line,
            external_id=self._one(row, Field.EXTERNAL_ID)[:110],
            title=self._one(row, Field.TITLE),
            text="",
            said_on=self._date(row, Field.DATE),
            received_on=self._lenient_date(row, Field.RECEIVED, extra),
            satisfaction=self.scale.read(marks),
            satisfaction_given=marks,
            channel=self._word(row, Field.CHANNEL, read_channel),
            services=tuple(dict.fromkeys(n for cell in self._all(row, Field.SERVICE) for n in names_in(cell))),
            region=self._one(row, Field.PLACE_REGION),
            departement=self._one(row, Field.PLACE_DEPARTEMENT),
            commune=self._one(row, Field.PLACE_COMMUNE),
            postcode=self._one(row, Field.POSTCODE),
            country=self._one(row, Field.COUNTRY),
            speaker=self._word(row, Field.SPEAKER, read_speaker),
            language=self._one(row, Field.LANGUAGE)[:2].lower(),
            replies=self._replies(row, extra),
            personal=personal
            | {c: row.values[c] for c in self.mapping.columns(Field.AUTHOR) if row.values.get(c, "").strip()},
            extra=extra,
        )

    def _all(self, row: Row, wanted: Field) -> list[str]:
        return [row.values[c].strip() for c in self.mapping.columns(wanted) if row.values.get(c, "").strip()]

    def _one(self, row: Row, wanted: Field) -> str:
        return next(iter(self._all(row, wanted)), "")

    def _date(self, row: Row, wanted: Field) -> date | None:
        column = next(iter(self.mapping.columns(wanted)), "")
        written = row.values.get(column, "").strip()
        return self._dates[column].read(written, today=self.today) if written else None

    def _lenient_date(self, row: Row, wanted: Field, extra: dict[str, str]) -> date | None:
        try:
            return self._date(row, wanted)
        except UnusableDateError as problem:
            extra[self.mapping.columns(wanted)[0]] = problem.written
            return None

    def _word(self, row: Row, wanted: Field, read: Callable[[str], str]) -> str:
        """The first word known in the columns of ``wanted``."""
        return next((value for cell in self._all(row, wanted) if (value := read(cell))), "")

    def _replies(self, row: Row, extra: dict[str, str]) -> tuple[ReplyRecord, ...]:
        """Replies, statuses and dates go together by their rank, each for the service of the same rank."""
        ranked = [
            [row.values.get(c, "").strip() for c in self.mapping.columns(wanted)]
            for wanted in (Field.REPLY, Field.REPLY_STATUS, Field.REPLY_DATE, Field.SERVICE)
        ]
        replies = []
        for rank, text in enumerate(ranked[0]):
            status, written, service = (cells[rank] if rank < len(cells) else "" for cells in ranked[1:])
            if text:
                first = next(iter(names_in(service)), "")
                replies.append(ReplyRecord(text, status, self._reply_date(rank, written, extra), first))
            elif status:
                extra[self.mapping.columns(Field.REPLY_STATUS)[rank]] = status
        return tuple(replies)

    def _reply_date(self, rank: int, written: str, extra: dict[str, str]) -> date | None:
        if not written:
            return None
        column = self.mapping.columns(Field.REPLY_DATE)[rank]
        try:
            return self._dates[column].read(written, today=self.today)
        except UnusableDateError:
            extra[column] = written
            return None


def is_said(text: str) -> bool:
    """Words, not a mark left by a machine when nobody answered. A lone smiley is words too."""
    short = len(text) <= _LONGEST_NO_ANSWER
    return not (short and fold(text) in NO_ANSWER) and bool(
        _LETTER.search(text) or any(ord(sign) > 0x2600 for sign in text)
    )


def _is_private(cell: str) -> bool:
    return len(cell) > MAX_EXTRA or bool(_PERSONAL.search(cell))
