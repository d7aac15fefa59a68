"""For each dimension, which verbatims (and which of their segments) hold each value; counted without counting twice."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from .snapshot import Column, Mask
from .trees import Tree


@dataclass(frozen=True, eq=False)
class Lists:
    """Lines (value, row, segment) in order of value then row. ``segment`` None: the value is of the whole verbatim.

    ``width``: number of values. Negative or foreign values were left out when made.
    """

    value: Column
    row: Column
    segment: Column | None
    width: int

    def count(self, rows: Mask, segments: Mask | None = None) -> Column:
        """Verbatims of ``rows`` holding each value, in one of ``segments`` where the value belongs to segments."""
        value, _ = self.pairs(rows, segments)
        return np.bincount(value, minlength=self.width)

    def pairs(self, rows: Mask, segments: Mask | None = None) -> tuple[Column, Column]:
        """The distinct (value, row) of ``rows``."""
        if self.segment is None or segments is None:
            value, row = self._distinct
            keep = rows[row]
            return value[keep], row[keep]
        keep = rows[self.row] & segments[self.segment]
        return _distinct(self.value[keep], self.row[keep])

    def segments_with(self, values: list[int], size: int) -> Mask:
        """Which of the ``size`` segments hold one of ``values``."""
        assert self.segment is not None
        mask = np.zeros(size, bool)
        for value in values:
            mask[self.segment[self._slice(value)]] = True
        return mask

    def rows_with(self, values: list[int], size: int) -> Mask:
        """Which of the ``size`` rows hold one of ``values``."""
        mask = np.zeros(size, bool)
        for value in values:
            mask[self.row[self._slice(value)]] = True
        return mask

    def _slice(self, value: int) -> slice:
        start, end = np.searchsorted(self.value, [value, value + 1])
        return slice(start, end)

    @cached_property
    def _distinct(self) -> tuple[Column, Column]:
        return _distinct(self.value, self.row)


def _distinct(value: Column, row: Column) -> tuple[Column, Column]:
    first = np.ones(len(value), bool)
    first[1:] = (value[1:] != value[:-1]) | (row[1:] != row[:-1])
    return (value, row) if first.all() else (value[first], row[first])


def lists(value: Column, row: Column, width: int, segment: Column | None = None) -> Lists:
    """Lists of a plain dimension: ``value`` in ``[0, width)``; anything else is left out."""
    keep = (value >= 0) & (value < width)
    value, row = value[keep].astype(np.int32), row[keep].astype(np.int32)
    order = np.lexsort((row, value))
    kept = None if segment is None else segment[keep][order].astype(np.int32)
    return Lists(value[order], row[order], kept, width)


def rolled(tree: Tree, keys: Column, row: Column, segment: Column | None = None) -> Lists:
    """Lists of a tree: each line stands under its own value and under every one above it."""
    parents = np.array([*tree.parents, -1], np.int32)  # the last one serves index -1
    value, lines = tree.indexes(keys), np.arange(len(keys), dtype=np.int32)
    values, at = [], []
    while len(lines):
        known = value >= 0
        value, lines = value[known], lines[known]
        values.append(value)
        at.append(lines)
        value = parents[value]
    value, lines = np.concatenate([*values, np.empty(0, np.int32)]), np.concatenate([*at, np.empty(0, np.int32)])
    lines = lines.astype(np.int64)
    return lists(value, row[lines], len(tree.keys), None if segment is None else segment[lines])
