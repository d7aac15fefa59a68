"""Guessing what each column is: by its name (French or English), then by what is in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from . import satisfaction
from .dates import looks_like_date
from .fields import NAMES, SEVERAL, WORDS, Field
from .model import Table
from .naming import fold
from .shapes import recognise, shape_fields
from .vocabulary import read_channel

SAMPLE = 400
_BY_NAME = {name: wanted for wanted, names in NAMES.items() for name in names}
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.\w{2,}")
_PHONE = re.compile(r"(?:\+33|0033|0)[\s.]?[1-9](?:[\s.-]?\d\d){4}")
_YOURS = re.compile(r"^(?:quel(?:le)? est )?(?:votre|vos|ma|mon|your|my) ")
_INTEGER = re.compile(r"\d+")
# Last parts of a nested name that say nothing without the part before: « service.nom » is a service.
_GENERIC = frozenset(("nom", "name", "label", "libelle", "intitule", "value", "valeur", "denomination"))
# Places where people are received: often a service, sometimes a mere place; the reader decides.
_DESKS = frozenset(
    [
        "mairie",
        "mairies",
        "agence",
        "guichet",
        "site",
        "centre",
        "bureau",
        "etablissement",
        "antenne",
        "office",
        "branch",
        "prefecture",
    ]
)
_CODES = frozenset(
    [
        "code",
        "numero",
        "no",
        "n",
        "id",
        "identifiant",
        "url",
        "web",
        "internet",
    ]
)

# How our own lists of rejected rows begin: once corrected, they are imported without these.
_REJECTS = (("ligne", "motif", "precision"), ("line", "reason", "detail"))


@dataclass(frozen=True)
class ColumnGuess:
    """``confidence`` 0–1; ``reason`` is a code: "shape", "name", "word", "content", "longest", "personal", "unsure"
    (perhaps words of somebody: to be shown, not passed over), "other"."""

    column: str
    field: Field
    confidence: float
    reason: str


@dataclass(frozen=True)
class Mapping:
    """Which columns make which field. ``shape``: the known file it was recognised as, or empty."""

    fields: dict[Field, tuple[str, ...]] = field(default_factory=dict)
    guesses: tuple[ColumnGuess, ...] = ()
    shape: str = ""

    def columns(self, wanted: Field) -> tuple[str, ...]:
        return self.fields.get(wanted, ())

    def field_of(self, column: str) -> Field:
        return next((name for name, columns in self.fields.items() if column in columns), Field.EXTRA)

    def with_column(self, column: str, wanted: Field) -> Mapping:
        """The column moved to another field; a field that takes one column gives up the former, which becomes extra."""
        fields = {name: tuple(c for c in columns if c != column) for name, columns in self.fields.items()}
        if wanted not in SEVERAL:
            fields[Field.EXTRA] = (*fields.get(Field.EXTRA, ()), *fields.get(wanted, ()))
            fields[wanted] = ()
        fields[wanted] = (*fields.get(wanted, ()), column)
        return Mapping({name: columns for name, columns in fields.items() if columns}, self.guesses, self.shape)

    def to_json(self) -> dict[str, list[str]]:
        return {str(name): list(columns) for name, columns in self.fields.items()}

    @classmethod
    def from_json(cls, data: dict[str, list[str]], *, shape: str = "") -> Mapping:
        return cls({Field(name): tuple(columns) for name, columns in data.items()}, (), shape)


@dataclass(frozen=True)
class _Content:
    filled: int
    share_filled: float
    length: float
    longest: int
    words: float
    distinct: float
    kinds: int
    dates: float
    integers: float
    personal: float
    marks: float
    channels: float


def guess_columns(table: Table) -> Mapping:
    """A known shape is taken as it is; otherwise each column is judged on its name and a sample of its cells."""
    if shape := recognise(table):
        return _of_shape(table, shape)
    rows = table.head(SAMPLE)
    contents = {column: _content([row.values[column] for row in rows], column) for column in table.columns}
    wishes = [_wish(column, contents[column]) for column in table.columns]
    if tuple(map(fold, table.columns[:3])) in _REJECTS:
        wishes[:3] = [ColumnGuess(column, Field.IGNORE, 0.9, "name") for column in table.columns[:3]]
    guesses = _one_each(_together(_with_text(wishes, contents)), contents)
    return _mapping(guesses)


def _of_shape(table: Table, shape: str) -> Mapping:
    known = shape_fields(table, shape)
    return _mapping([ColumnGuess(c, known.get(c, Field.EXTRA), 1.0, "shape") for c in table.columns], shape)


def _mapping(guesses: Sequence[ColumnGuess], shape: str = "") -> Mapping:
    fields: dict[Field, tuple[str, ...]] = {}
    for guess in guesses:
        fields[guess.field] = (*fields.get(guess.field, ()), guess.column)
    return Mapping(fields, tuple(guesses), shape)


def _share(values: Sequence[str], kept: Iterable[object]) -> float:
    return sum(1 for _ in kept) / len(values) if values else 0.0


def _content(cells: Sequence[str], name: str) -> _Content:
    values = [cell.strip() for cell in cells if cell.strip()]
    scale = satisfaction.Scale.deduce(values, name=name)
    return _Content(
        filled=len(values),
        share_filled=len(values) / len(cells) if cells else 0.0,
        length=sum(map(len, values)) / len(values) if values else 0.0,
        longest=max(map(len, values), default=0),
        words=sum(len(value.split()) for value in values) / len(values) if values else 0.0,
        distinct=len(set(values)) / len(values) if values else 0.0,
        kinds=len(set(values)),
        dates=_share(values, (v for v in values if looks_like_date(v))),
        integers=_share(values, (v for v in values if _INTEGER.fullmatch(v))),
        personal=_share(values, (v for v in values if _EMAIL.fullmatch(v) or _PHONE.fullmatch(v))),
        marks=satisfaction.understood(values, scale),
        channels=_share(values, (v for v in values if len(v) < 60 and read_channel(v))),
    )


def _names_of(column: str) -> list[str]:
    """The folded name; without its series number; its last part when it comes from a nested object; camelCase cut."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", column)
    parts = [part for part in re.split(r"[.:/>]", spaced) if fold(part)] or [""]
    forms = [fold(spaced), fold(column), fold(parts[-1])]
    if len(parts) > 1 and forms[-1] in _GENERIC:
        forms.insert(2, fold(parts[-2]))
    forms += [re.sub(r" ?\d+$", "", form) for form in forms]
    forms += [_YOURS.sub("", form) for form in forms]
    return [form for form in dict.fromkeys(forms) if form]


def _wish(column: str, content: _Content) -> ColumnGuess:
    if content.personal > 0.5:
        return ColumnGuess(column, Field.AUTHOR, 0.95, "personal")
    names = _names_of(column)
    for name in names:
        if name in _BY_NAME and _fits(_BY_NAME[name], content):
            if _BY_NAME[name] is Field.SERVICE and name in _DESKS:
                return ColumnGuess(column, Field.SERVICE, 0.7, "word")
            return ColumnGuess(column, _BY_NAME[name], 0.9 if content.filled else 0.6, "name")
    padded = f" {names[0]} " if names else " "
    for words, wanted in WORDS:
        if f" {words}" in padded and _fits(wanted, content) and (wanted is not Field.TEXT or content.length >= 20):
            return ColumnGuess(column, wanted, 0.7, "word")
    if _is_desk(names, content):
        return ColumnGuess(column, Field.SERVICE, 0.6, "word")
    return _by_content(column, content)


def _is_desk(names: Sequence[str], content: _Content) -> bool:
    """« Mairie annexe », « Centre de santé »: the name of a place that receives people, and few different ones."""
    words = set(names[0].split()) if names else set()
    few = 1 < content.kinds <= 100 and (content.distinct <= 0.5 or content.filled < 10)
    named = content.length < 60 and content.integers < 0.5 and content.dates < 0.5 and content.marks < 0.5
    return bool(words & _DESKS) and not words & _CODES and few and named


def _fits(wanted: Field, content: _Content) -> bool:
    """A name is believed only when the cells do not say otherwise; an empty column contradicts nothing."""
    if not content.filled:
        return wanted is not Field.TEXT
    if wanted in (Field.DATE, Field.RECEIVED, Field.REPLY_DATE):
        return content.dates + content.integers > 0.6
    if wanted is Field.SATISFACTION:
        return content.marks > 0.6 and content.length < 60
    if wanted is Field.EXTERNAL_ID:
        return content.distinct > 0.8 and content.length <= 120  # a few doubles are refused one by one
    if wanted is Field.TEXT:
        return (
            content.length >= 12 and content.integers < 0.5 and content.dates < 0.5 and content.kinds > 3
        ) or content.filled < 6
    if wanted is Field.TITLE:
        return content.length < 200 and content.integers < 0.5
    if wanted is Field.CHANNEL:
        return content.channels > 0.3
    if wanted is Field.SERVICE:
        return content.length < 200 and content.dates < 0.5
    if wanted is Field.REPLY:
        return content.length > 20
    return content.length < 200


def _is_prose(content: _Content) -> bool:
    """Sentences rather than labels or addresses of pages: several words, and some that go on."""
    return content.length >= 25 and content.words >= 4 and content.longest >= 40 and content.kinds > 3


def _by_content(column: str, content: _Content) -> ColumnGuess:
    question = column.rstrip().endswith("?") or len(column) > 40
    wordy = content.words >= 2 and content.kinds > 3
    long_and_varied = wordy and content.length >= 40 and content.distinct > 0.5
    if long_and_varied or (question and wordy and content.length >= 25 and content.distinct > 0.6):
        return ColumnGuess(column, Field.TEXT, 0.75 if question else 0.6, "content")
    if _is_prose(content) and (content.distinct > 0.6 or (question and content.longest >= 80)):
        return ColumnGuess(column, Field.TEXT, 0.5, "content")
    if content.dates > 0.8:
        return ColumnGuess(column, Field.DATE, 0.55, "content")
    if (
        content.marks > 0.9
        and content.integers < 0.5
        and 2 <= content.kinds <= 7
        and content.filled > 3
        and not question
    ):
        return ColumnGuess(column, Field.SATISFACTION, 0.5, "content")
    if content.channels > 0.9 and content.kinds <= 12 and content.filled > 3:
        return ColumnGuess(column, Field.CHANNEL, 0.5, "content")
    # Few different sentences: choices of a list, or answers that many gave in the same words.
    return ColumnGuess(column, Field.EXTRA, 0.5, "unsure" if _is_prose(content) else "other")


def _with_text(wishes: list[ColumnGuess], contents: dict[str, _Content]) -> list[ColumnGuess]:
    """Every column of prose is taken, beside those named so; with none, the longest column."""
    if any(w.field is Field.TEXT for w in wishes):
        return wishes
    open_to_it = [
        w for w in wishes if w.field in (Field.EXTRA, Field.TITLE, Field.SERVICE) and contents[w.column].integers < 0.5
    ]
    if not open_to_it:
        return wishes
    longest = max(open_to_it, key=lambda w: contents[w.column].length * contents[w.column].distinct)
    return [ColumnGuess(w.column, Field.TEXT, 0.5, "longest") if w is longest else w for w in wishes]


def _together(wishes: list[ColumnGuess]) -> list[ColumnGuess]:
    """What the columns say of one another: without any reply, a « date de réponse » is when the person answered; beside
    a column named as the service, a mere place is left to the reader."""
    replies = any(w.field in (Field.REPLY, Field.REPLY_STATUS) for w in wishes)
    sure = any(w.field is Field.SERVICE and w.reason == "name" for w in wishes)
    made = []
    for w in wishes:
        if w.field is Field.REPLY_DATE and not replies:
            made.append(ColumnGuess(w.column, Field.DATE, 0.6, "word"))
        elif w.field is Field.SERVICE and w.confidence < 0.7 and sure:
            made.append(ColumnGuess(w.column, Field.EXTRA, 0.5, "unsure"))
        else:
            made.append(w)
    return made


def _one_each(wishes: list[ColumnGuess], contents: dict[str, _Content]) -> list[ColumnGuess]:
    """A field that takes one column keeps the surest; a second date is when it was received, the rest is extra."""
    best: dict[Field, ColumnGuess] = {}
    for wish in wishes:
        if wish.field not in SEVERAL and wish.confidence > (best[wish.field].confidence if wish.field in best else 0):
            best[wish.field] = wish
    guesses = []
    for wish in wishes:
        if wish.field in SEVERAL or best[wish.field] is wish:
            guesses.append(wish)
        elif wish.field is Field.DATE and Field.RECEIVED not in best:
            best[Field.RECEIVED] = ColumnGuess(wish.column, Field.RECEIVED, 0.5, wish.reason)
            guesses.append(best[Field.RECEIVED])
        else:
            guesses.append(ColumnGuess(wish.column, Field.EXTRA, 0.5, "other"))
    return _with_number(guesses, contents, Field.EXTERNAL_ID in best)


def _with_number(guesses: list[ColumnGuess], contents: dict[str, _Content], known: bool) -> list[ColumnGuess]:
    """A first column of numbers that never repeat is the source's own number, whatever its name."""
    if known or not guesses or guesses[0].field is not Field.EXTRA:
        return guesses
    content = contents[guesses[0].column]
    if content.filled < 5 or content.share_filled < 1 or content.distinct < 1 or content.integers < 1:
        return guesses
    return [ColumnGuess(guesses[0].column, Field.EXTERNAL_ID, 0.6, "content"), *guesses[1:]]
