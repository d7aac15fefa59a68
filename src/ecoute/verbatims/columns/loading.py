"""Columns read from the database, without one model object: everything, or what changed after a revision."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import numpy as np
from django.db.models import QuerySet

from ecoute.verbatims.models import Segment, SegmentTheme, Verbatim, VerbatimService

from .snapshot import CLOSED, NO_DAY, NO_PLACE, Column, Snapshot

_EPOCH = date(1970, 1, 1).toordinal()
_CODES = {name: {value: code for code, value in enumerate(values)} for name, values in CLOSED.items()}


def load(number: int, *, after: int = 0, languages: tuple[str, ...] = ()) -> Snapshot:
    """The readable verbatims (masked, not withdrawn) whose revision is above ``after``.

    Four queries whatever the size. ``languages`` is the list of known codes, lengthened when a new one is met.
    """
    rows = _table(_changed(Verbatim.objects, "", after).filter(withdrawn_at=None, masking_version__gt=0).order_by("pk")
                  .values_list("pk", "channel", "speaker", "satisfaction", "polarity", "language", "source_id",
                               "place_id", "said_on"), 9)  # fmt: skip
    ids = np.array(rows[0], np.int64)
    known = {code: at for at, code in enumerate(languages)}
    language = np.array([known.setdefault(code, len(known)) for code in rows[5]], np.uint16)
    return Snapshot(
        number=number,
        ids=ids,
        channel=_closed("channel", rows[1]),
        speaker=_closed("speaker", rows[2]),
        satisfaction=_closed("satisfaction", rows[3]),
        tone=_closed("tone", rows[4]),
        language=language,
        source=np.array(rows[6], np.int32),
        place=np.array([pk or NO_PLACE for pk in rows[7]], np.int32),
        day=np.array([said.toordinal() - _EPOCH if said else NO_DAY for said in rows[8]], np.int32),
        **_concerned(ids, after),
        **_segments(ids, after),
        languages=tuple(known),
    )


def _changed(manager: Any, to_verbatim: str, after: int) -> QuerySet[Any]:
    return manager.filter(**{f"{to_verbatim}revision__gt": after}) if after else manager.all()  # type: ignore[no-any-return]


def _concerned(ids: Column, after: int) -> dict[str, Column]:
    rows = _changed(VerbatimService.objects, "verbatim__", after).order_by("verbatim_id", "position", "pk")
    verbatim, service = _table(rows.values_list("verbatim_id", "service_id"), 2)
    row, known = _positions(ids, np.array(verbatim, np.int64))
    return {"concerned_row": row, "concerned_service": np.array(service, np.int32)[known]}


def _segments(ids: Column, after: int) -> dict[str, Column]:
    rows = _changed(Segment.objects, "verbatim__", after).order_by("verbatim_id", "position")
    pk, verbatim, nature, polarity = _table(rows.values_list("pk", "verbatim_id", "nature", "polarity"), 4)
    row, known = _positions(ids, np.array(verbatim, np.int64))
    segment_id = np.array(pk, np.int64)[known]
    return {
        "segment_id": segment_id,
        "segment_row": row,
        "nature": _closed("nature", nature)[known],
        "polarity": _closed("polarity", polarity)[known],
        **_codes(segment_id, after),
    }


def _codes(segment_id: Column, after: int) -> dict[str, Column]:
    rows = (
        _changed(SegmentTheme.objects, "segment__verbatim__", after).filter(rejected=False).order_by("segment_id", "pk")
    )
    segment, theme, confidence = _table(rows.values_list("segment_id", "theme_id", "confidence"), 3)
    order = np.argsort(segment_id, kind="stable")
    at, known = _positions(segment_id[order], np.array(segment, np.int64))
    return {
        "code_segment": order[at].astype(np.int32),
        "code_theme": np.array(theme, np.int32)[known],
        "code_confidence": np.array(confidence, np.float32)[known],
    }


def _positions(ordered: Column, wanted: Column) -> tuple[Column, Column]:
    """Where each wanted id stands in ``ordered`` (the unknown left out), and which were known."""
    if not len(ordered):
        return np.empty(0, np.int32), np.zeros(len(wanted), bool)
    at = np.minimum(np.searchsorted(ordered, wanted), len(ordered) - 1)
    known = ordered[at] == wanted
    return at[known].astype(np.int32), known


def _closed(name: str, values: Iterable[str]) -> Column:
    codes = _CODES[name]
    return np.array([codes.get(value, len(codes)) for value in values], np.uint8)


def _table(rows: Any, width: int) -> list[tuple[Any, ...]]:
    columns = list(zip(*rows.iterator(chunk_size=20_000), strict=True))
    return columns or [()] * width
