"""What may be shown without telling on anybody: thresholds, and the second cells to hide so that the first stay hidden.

Thresholds: a base under 5 is never shown where two criteria cross, under 11 it is not published, under 30 it is
published with « effectif faible ». Complementary suppression follows the shortest-path heuristic for two-way tables
with published margins (Gusfield, SIAM Journal on Computing 17, 1988): a hidden cell is safe when hidden cells form a
cycle through it in the graph whose nodes are rows and columns.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from heapq import heappop, heappush

Cell = tuple[int, int]

NEVER, UNPUBLISHED, FEW = 5, 11, 30


class Visibility(StrEnum):
    """``NOTHING``: nobody to show (base 0)."""

    NOTHING = "nothing"
    HIDDEN = "hidden"
    FEW = "few"
    SHOWN = "shown"


@dataclass(frozen=True, slots=True)
class Suppression:
    """Cells to hide (small ones and those that protect them), and those that stay open to subtraction.

    If ``exposed`` is not empty, the totals of their rows and columns may not be published either.
    """

    hidden: frozenset[Cell]
    exposed: frozenset[Cell]


def visibility(base: int, *, published: bool = True, crossed: bool = False) -> Visibility:
    """How to show a figure of this base. Inside the administration (``published=False``) only crossings are hidden."""
    limit = UNPUBLISHED if published else NEVER if crossed else 1
    if base <= 0:
        return Visibility.NOTHING
    if base < limit:
        return Visibility.HIDDEN
    return Visibility.FEW if base < FEW else Visibility.SHOWN


def suppress_list(bases: Sequence[int], *, threshold: int = UNPUBLISHED) -> frozenset[int]:
    """Places to hide in a list whose total is known: the small ones, then the smallest others until the hidden
    ones are two at least and together reach the threshold. Zeros stay: there is nobody behind them."""
    hidden = {i for i, base in enumerate(bases) if 0 < base < threshold}
    others = sorted((base, i) for i, base in enumerate(bases) if base >= threshold)
    while hidden and others and (len(hidden) < 2 or sum(bases[i] for i in hidden) < threshold):
        hidden.add(others.pop(0)[1])
    return frozenset(hidden)


def suppress_table(table: Sequence[Sequence[int]], *, threshold: int = UNPUBLISHED) -> Suppression:
    """Cells to hide in a table of bases whose row and column totals are known (rows equally long)."""
    cells = {(r, c): n for r, row in enumerate(table) for c, n in enumerate(row) if n > 0}
    hidden = {cell for cell, n in cells.items() if n < threshold}
    exposed: set[Cell] = set()
    todo = sorted(hidden, key=lambda cell: (-cells[cell], cell))
    while todo:
        for cell in todo:
            path = _cheapest_detour(cells, hidden, cell)
            hidden.update(path)
            if not path:
                exposed.add(cell)
        todo = sorted(_too_light(cells, hidden, threshold))
        hidden.update(todo)
    return Suppression(frozenset(hidden), frozenset(exposed))


def _too_light(cells: dict[Cell, int], hidden: set[Cell], threshold: int) -> set[Cell]:
    """The smallest open cell of each row and column whose hidden cells together stay under the threshold."""
    more: set[Cell] = set()
    for axis in (0, 1):
        for place in {cell[axis] for cell in hidden}:
            line = [cell for cell in cells if cell[axis] == place]
            open_cells = [cell for cell in line if cell not in hidden]
            if open_cells and sum(cells[cell] for cell in line if cell in hidden) < threshold:
                more.add(min(open_cells, key=lambda cell: (cells[cell], cell)))
    return more


def _cheapest_detour(cells: dict[Cell, int], hidden: set[Cell], target: Cell) -> list[Cell]:
    """Cells of the path from the row of ``target`` to its column, without it, that hides the fewest people."""
    start, goal = ("row", target[0]), ("column", target[1])
    queue: list[tuple[int, int, tuple[str, int], list[Cell]]] = [(0, 0, start, [])]
    done: set[tuple[str, int]] = set()
    tie = 0
    while queue:
        cost, _, node, path = heappop(queue)
        if node == goal:
            return path
        if node in done:
            continue
        done.add(node)
        axis = 0 if node[0] == "row" else 1
        for cell, n in cells.items():
            if cell[axis] == node[1] and cell != target:
                tie += 1
                step = ("column", cell[1]) if axis == 0 else ("row", cell[0])
                heappush(queue, (cost + (0 if cell in hidden else n), tie, step, [*path, cell]))
    return []
