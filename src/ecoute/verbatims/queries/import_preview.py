"""What a file would give with its columns read this way: examples, first verbatims, and what to beware of."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from ecoute.methods.tables import Field, Mapping, Record, RecordReader, Reject, Row, Table
from ecoute.methods.tables.vocabulary import read_channel
from ecoute.verbatims.enums import Channel, Satisfaction
from ecoute.verbatims.import_rules import reject_words

SAMPLE = 300
SAMPLE_CHANNELS = 1_000  # rows whose words for channels are looked at
SHOWN = 5
CELL = 90  # characters of an example


@dataclass(frozen=True, slots=True)
class FirstVerbatim:
    """One of the first verbatims, as it would be read."""

    line: int
    said_on: date | None
    title: str
    text: str
    satisfaction: str
    channel: str
    services: str


@dataclass(frozen=True, slots=True)
class Preview:
    """``warnings``: sentences, gravest first. ``rejected``: reasons with counts, among the ``sample`` first rows."""

    sample: int
    kept: int
    rejected: list[tuple[str, int]]
    warnings: list[str]
    first: list[FirstVerbatim]


def preview_of(table: Table, mapping: Mapping, *, has_service: bool = False) -> Preview:
    """Reads the first rows through ``mapping``. ``has_service``: one is chosen for rows that name none."""
    reader = RecordReader(table, mapping, today=timezone.localdate())
    items = _first_items(table, reader) if mapping.columns(Field.TEXT) else []
    records = [item for item in items if isinstance(item, Record)]
    refused = Counter(reject_words(item.reason) for item in items if isinstance(item, Reject))
    return Preview(
        sample=len(items),
        kept=len(records),
        rejected=refused.most_common(),
        warnings=_warnings(table, mapping, reader, records, has_service),
        first=[_first(record) for record in records[:SHOWN]],
    )


def _first_items(table: Table, reader: RecordReader) -> list[Record | Reject]:
    items: list[Record | Reject] = []
    for number, item in enumerate(table.records()):
        items += [item] if isinstance(item, Reject) else reader.read(item)
        if number + 1 >= SAMPLE:
            break
    return items


def _first(record: Record) -> FirstVerbatim:
    return FirstVerbatim(
        record.line,
        record.said_on,
        _short(record.title, 120),
        _short(record.text, 220),
        str(Satisfaction(record.satisfaction or Satisfaction.UNKNOWN).label),
        str(Channel(record.channel or Channel.UNKNOWN).label),
        ", ".join(record.services),
    )


def _warnings(
    table: Table, mapping: Mapping, reader: RecordReader, records: list[Record], has_service: bool
) -> list[str]:
    found = [
        (not mapping.columns(Field.TEXT), _("Indiquez la colonne qui contient ce que les personnes ont écrit.")),
        (
            not mapping.columns(Field.DATE),
            _("Aucune date : ces verbatims n’apparaîtront pas dans les évolutions dans le temps."),
        ),
        (
            not mapping.columns(Field.SERVICE) and not has_service,
            _("Aucun service : choisissez plus haut, sous la source, celui que ces verbatims concernent."),
        ),
        (
            len(mapping.columns(Field.TEXT)) > 1,
            _("Plusieurs colonnes de texte : chaque réponse fera un verbatim, avec la question pour titre."),
        ),
        (reader.month_first, _("Les dates sont lues dans l’ordre mois/jour/année.")),
        ("mojibake" in table.notes, _("Des accents étaient abîmés (« Ã© ») : ils sont rétablis.")),
        ("preamble" in table.notes, _("Les lignes placées avant le titre des colonnes sont laissées de côté.")),
        ("no_header" in table.notes, _("Ce fichier ne nomme pas ses colonnes : elles sont numérotées.")),
    ]
    told = [sentence for true, sentence in found if true]
    return told + _not_understood(mapping, records) + _unknown_channels(table, mapping)


def _not_understood(mapping: Mapping, records: list[Record]) -> list[str]:
    odd = Counter(r.satisfaction_given for r in records if r.satisfaction_given and not r.satisfaction)
    if not odd or not mapping.columns(Field.SATISFACTION):
        return []
    examples = ", ".join(f"« {_short(value, 30)} »" for value, _count in odd.most_common(3))
    return [_("Satisfaction non comprise, gardée telle quelle : %(values)s.") % {"values": examples}]


def _unknown_channels(table: Table, mapping: Mapping) -> list[str]:
    """The words for a channel that nobody knows: better told now than found « Non précisé » afterwards."""
    columns = mapping.columns(Field.CHANNEL)
    cells = (row.values[column].strip() for row in table.head(SAMPLE_CHANNELS) for column in columns)
    odd = Counter(cell for cell in cells if cell and not read_channel(cell))
    if not odd:
        return []
    words = ", ".join(f"« {_short(word, 30)} »" for word, _count in odd.most_common(8))
    return [_("Canal inconnu, qui deviendra « Non précisé » : %(words)s.") % {"words": words}]


def examples_of(rows: list[Row], column: str) -> list[str]:
    """The first different filled cells of a column, shortened."""
    cells = dict.fromkeys(row.values[column].strip() for row in rows if row.values[column].strip())
    return [_short(cell, CELL) for cell in list(cells)[:3]]


def _short(text: str, length: int) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= length else f"{flat[: length - 1].rstrip()}…"
