"""How far coders agree, and the machine with what was settled: per theme and on the whole. The unit is the verbatim."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from ecoute.coding.queries.board import Board
from ecoute.coding.queries.disputes import ordered
from ecoute.methods.statistics import Proportion, proportion
from ecoute.methods.statistics.agreement import Agreement, alpha, cohen, of_sets, table_of
from ecoute.methods.statistics.ratios import Ratio, ratio
from ecoute.verbatims.facade import machine_themes

Sets = Sequence[frozenset[int]]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two coders on the same verbatims. ``share``: how often they found the same."""

    first: str
    second: str
    share: Proportion
    kappa: Agreement


@dataclass(frozen=True, slots=True)
class Line:
    """The agreement of all coders on one theme, or on whole verbatims. ``given``: by coder, how many verbatims."""

    label: str
    given: tuple[int, ...]
    share: Proportion
    pairs: tuple[Pair, ...]
    alpha: Agreement


@dataclass(frozen=True, slots=True)
class MachineLine:
    """The machine against what was settled. ``people`` and ``machine``: verbatims to which each gave the theme."""

    label: str
    people: int
    machine: int
    precision: Ratio
    recall: Ratio
    f1: Ratio
    kappa: Agreement


@dataclass(frozen=True, slots=True)
class AgreementPage:
    """``base`` verbatims read by all of ``coders``. ``never``: themes that nobody gave."""

    coders: tuple[str, ...]
    base: int
    whole: Line
    themes: tuple[Line, ...]
    never: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MachinePage:
    """``base`` settled verbatims."""

    base: int
    whole: MachineLine
    themes: tuple[MachineLine, ...]


def agreement_of(board: Board) -> AgreementPage | None:
    """Between coders; None when nothing was read by two of them. No query."""
    items = board.read_by_all
    if not items:
        return None
    names = tuple(coder.name for coder in board.active)
    read: list[Sets] = [[item.readings[coder.id].themes for item in items] for coder in board.active]
    given = frozenset().union(*(themes for sets in read for themes in sets))
    return AgreementPage(
        coders=names,
        base=len(items),
        whole=_whole(names, read),
        themes=tuple(_theme(board.label(theme), theme, names, read) for theme in ordered(board, given)),
        never=tuple(theme.node.label for theme in board.book.themes if theme.id not in given),
    )


def machine_of(board: Board) -> MachinePage | None:
    """The machine against the settled codes; None when nothing is settled. One query."""
    items = board.settled
    if not items:
        return None
    found = machine_themes([item.verbatim_id for item in items])
    machine = [board.book.now(found[item.verbatim_id]) & _leaves(board) for item in items]
    people = [item.settled or frozenset() for item in items]
    given = frozenset().union(*machine, *people)
    lines = tuple(_machine_theme(board.label(theme), theme, people, machine) for theme in ordered(board, given))
    return MachinePage(len(items), _machine_whole(people, machine), lines)


def _leaves(board: Board) -> frozenset[int]:
    """What coders could give: a theme that holds others, found by the machine, has no counterpart."""
    said = (found.themes for item in board.items for found in item.readings.values())
    return board.book.ids.union(*said)


def _whole(names: tuple[str, ...], read: Sequence[Sets]) -> Line:
    """Whole verbatims: the same set of themes, or not. Alpha gives credit to sets that share some (MASI)."""
    units = list(zip(*read, strict=True))
    pairs = tuple(_pair(names[a], names[b], read[a], read[b]) for a, b in combinations(range(len(names)), 2))
    given = tuple(sum(map(bool, sets)) for sets in read)
    return Line("", given, _alike(units), pairs, alpha(units, distance=of_sets))


def _theme(label: str, theme: int, names: tuple[str, ...], read: Sequence[Sets]) -> Line:
    held = [[theme in themes for themes in sets] for sets in read]
    units = list(zip(*held, strict=True))
    pairs = tuple(_pair(names[a], names[b], held[a], held[b]) for a, b in combinations(range(len(names)), 2))
    return Line(label, tuple(map(sum, held)), _alike(units), pairs, alpha(units))


def _alike(units: Sequence[tuple[object, ...]]) -> Proportion:
    return proportion(sum(len(set(unit)) == 1 for unit in units), len(units))


def _pair(first: str, second: str, one: Sequence[object], other: Sequence[object]) -> Pair:
    units = list(zip(one, other, strict=True))
    return Pair(first, second, _alike(units), cohen(table_of(one, other)))


def _machine_theme(label: str, theme: int, people: Sets, machine: Sets) -> MachineLine:
    only = frozenset({theme})
    one, other = [themes & only for themes in people], [themes & only for themes in machine]
    return _machine_line(label, one, other)


def _machine_whole(people: Sets, machine: Sets) -> MachineLine:
    return _machine_line("", people, machine)


def _machine_line(label: str, people: Sets, machine: Sets) -> MachineLine:
    both = [len(one & other) for one, other in zip(people, machine, strict=True)]
    said, found = [len(themes) for themes in people], [len(themes) for themes in machine]
    return MachineLine(
        label=label,
        people=sum(map(bool, people)),
        machine=sum(map(bool, machine)),
        precision=ratio(both, found),
        recall=ratio(both, said),
        f1=ratio([2 * n for n in both], [a + b for a, b in zip(said, found, strict=True)]),
        kappa=cohen(table_of(people, machine)),
    )
