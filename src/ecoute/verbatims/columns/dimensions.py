"""The dimensions verbatims are counted along, made from the columns once and kept with them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from .lists import Lists, lists, rolled
from .snapshot import CLOSED, NO_DAY, Column
from .store import Prepared
from .trees import Tree, Vocabulary, read_places, tree

OF_SEGMENTS = ("theme", "nature", "polarity")
OF_VERBATIMS = ("service", "channel", "place", "speaker", "source", "satisfaction", "language", "tone")
CALENDAR = ("month", "quarter", "year")
DIMENSIONS = (*OF_VERBATIMS, *OF_SEGMENTS, *CALENDAR)


class Dimensions:
    """Lists and values of each dimension, for one snapshot read with one vocabulary."""

    def __init__(self, prepared: Prepared, vocabulary: Vocabulary) -> None:
        self._prepared = prepared
        self._snapshot = prepared.snapshot
        self.vocabulary = vocabulary
        self.places = prepared.once("place nodes", lambda: read_places(prepared.snapshot))
        self.place_tree: Tree = prepared.once(
            "place tree", lambda: tree((node.id, node.id, node.parent_id) for node in self.places)
        )

    def values(self, dimension: str) -> tuple[Any, ...]:
        """What each index of the lists stands for. Raises ``KeyError`` for an unknown dimension."""
        return self._VALUES[dimension](self, dimension)

    def lists(self, dimension: str) -> Lists:
        """The lists of a dimension, made at their first use."""
        make = self._LISTS[dimension]
        shape = self._tree(dimension).shape if dimension in {"service", "theme", "place"} else ()
        if dimension == "source":
            shape = tuple(source.pk for source in self.vocabulary.sources)
        found: Lists = self._prepared.once(("lists", dimension, shape), lambda: make(self, dimension))
        return found

    def _tree(self, dimension: str) -> Tree:
        if dimension == "place":
            return self.place_tree
        return self.vocabulary.services if dimension == "service" else self.vocabulary.themes

    def _closed(self, name: str) -> Lists:
        return lists(getattr(self._snapshot, name), self._all_rows(), len(CLOSED[name]))

    def _of_segments(self, name: str) -> Lists:
        s = self._snapshot
        at = np.arange(len(s.segment_row), dtype=np.int32)
        return lists(getattr(s, name), s.segment_row, len(CLOSED[name]), at)

    def _language(self, _: str) -> Lists:
        return lists(self._snapshot.language, self._all_rows(), len(self._snapshot.languages))

    def _source(self, _: str) -> Lists:
        known = tree((source.pk, source.slug, None) for source in self.vocabulary.sources)
        return rolled(known, self._snapshot.source, self._all_rows())

    def _service(self, _: str) -> Lists:
        return rolled(self.vocabulary.services, self._snapshot.concerned_service, self._snapshot.concerned_row)

    def _place(self, _: str) -> Lists:
        return rolled(self.place_tree, self._snapshot.place, self._all_rows())

    def _theme(self, _: str) -> Lists:
        s = self._snapshot
        return rolled(self.vocabulary.themes, s.code_theme, s.segment_row[s.code_segment], s.code_segment)

    def _calendar(self, dimension: str) -> Lists:
        period, _ = self._periods(dimension)
        return lists(period, self._all_rows(), len(self.values(dimension)))

    def _periods(self, dimension: str) -> tuple[Column, int]:
        """For each row the number of its period counted from the first one (-1: unknown day), and that first one."""

        def make() -> tuple[Column, int]:
            day = self._snapshot.day
            months = day.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
            period = months // {"month": 1, "quarter": 3, "year": 12}[dimension]
            known = day != NO_DAY
            first = int(period[known].min()) if known.any() else 0
            return np.where(known, period - first, -1), first

        found: tuple[Column, int] = self._prepared.once(("periods", dimension), make)
        return found

    def _calendar_values(self, dimension: str) -> tuple[str, ...]:
        period, first = self._periods(dimension)
        last = int(period.max()) if len(period) else -1
        return tuple(_WRITTEN[dimension](first + at) for at in range(last + 1))

    def _all_rows(self) -> Column:
        return np.arange(self._snapshot.size, dtype=np.int32)

    _LISTS: dict[str, Callable[[Any, str], Lists]] = {
        **dict.fromkeys(("channel", "speaker", "satisfaction", "tone"), _closed),
        **dict.fromkeys(("nature", "polarity"), _of_segments),
        **dict.fromkeys(CALENDAR, _calendar),
        "language": _language,
        "source": _source,
        "service": _service,
        "place": _place,
        "theme": _theme,
    }
    _VALUES: dict[str, Callable[[Any, str], tuple[Any, ...]]] = {
        **dict.fromkeys(CLOSED, lambda self, name: CLOSED[name]),
        **dict.fromkeys(CALENDAR, _calendar_values),
        "language": lambda self, _: self._snapshot.languages,
        "source": lambda self, _: tuple(source.slug for source in self.vocabulary.sources),
        **dict.fromkeys(("service", "place", "theme"), lambda self, name: self._tree(name).values),
    }


# Periods are counted from 1970.
_WRITTEN: dict[str, Callable[[int], str]] = {
    "month": lambda number: f"{1970 + number // 12}-{number % 12 + 1:02d}",
    "quarter": lambda number: f"{1970 + number // 4}-Q{number % 4 + 1}",
    "year": lambda number: f"{1970 + number}",
}
