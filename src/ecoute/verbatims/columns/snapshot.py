"""The columns: what is counted about every readable verbatim, its segments and their codes. Immutable."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import numpy.typing as npt

from ecoute.verbatims.enums import Channel, NatureChoice, PolarityChoice, Satisfaction, Speaker

Column = npt.NDArray[Any]
Mask = npt.NDArray[np.bool_]

NO_DAY = np.iinfo(np.int32).min  # said on an unknown day
NO_PLACE = 0

# Code of a value = its place in its closed list; a value out of the list takes the last code, never shown nor counted.
CLOSED: dict[str, tuple[str, ...]] = {
    "channel": tuple(Channel.values),
    "speaker": tuple(Speaker.values),
    "satisfaction": tuple(Satisfaction.values),
    "tone": tuple(PolarityChoice.values),
    "nature": tuple(NatureChoice.values),
    "polarity": tuple(PolarityChoice.values),
}


@dataclass(frozen=True, eq=False)
class Snapshot:
    """Columns as they stood when the counter « verbatims » was at ``number``.

    Verbatims are rows in ascending id. Segments are in order of row and position, and codes name their segment by its
    index. About 60 bytes a verbatim, 14 a segment, 12 a code: 100,000 verbatims take some 15 MB, twice that with the
    lists made from them (``lists.py``).
    """

    number: int
    ids: Column  # int64
    channel: Column  # uint8, as speaker, satisfaction, tone (polarity of the whole)
    speaker: Column
    satisfaction: Column
    tone: Column
    language: Column  # uint16, into ``languages``
    source: Column  # int32, id
    place: Column  # int32, id or NO_PLACE
    day: Column  # int32, days since 1970-01-01 or NO_DAY
    concerned_row: Column  # int32, with concerned_service (int32, id): first named first
    concerned_service: Column
    segment_id: Column  # int64
    segment_row: Column  # int32
    nature: Column  # uint8, of the segment
    polarity: Column  # uint8, of the segment
    code_segment: Column  # int32, index of the segment; codes that people rejected are left out
    code_theme: Column  # int32, id
    code_confidence: Column  # float32
    languages: tuple[str, ...]

    @property
    def size(self) -> int:
        return len(self.ids)

    @property
    def bytes(self) -> int:
        """Memory of the columns."""
        return sum(value.nbytes for value in vars(self).values() if isinstance(value, np.ndarray))

    def rows_of(self, ids: Column) -> Column:
        """Row numbers of these verbatim ids, those that are not here left out. ``ids`` need no order."""
        if not self.size or not len(ids):
            return np.empty(0, np.int64)
        at = np.minimum(np.searchsorted(self.ids, ids), self.size - 1)
        found: Column = at[self.ids[at] == ids]
        return found


COLUMNS = tuple(field.name for field in fields(Snapshot) if field.name not in {"number", "languages"})
