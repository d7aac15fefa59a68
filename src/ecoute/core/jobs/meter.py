"""What long work says while it runs, whoever listens: a job's row, or a terminal."""

from __future__ import annotations

from types import TracebackType
from typing import Protocol, Self

from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar


class Meter(Protocol):
    """The part of ``Progress`` that work may rely on."""

    def total(self, count: int) -> None:
        """How many units there are."""

    def advance(self, count: int = 1) -> None:
        """``count`` more units are done."""

    def say(self, text: str) -> None:
        """A short sentence on what is being done."""


class TerminalMeter:
    """A progress bar with a count and the time left: ``with TerminalMeter("Analyse") as meter: work(meter)``."""

    def __init__(self, label: str) -> None:
        self._bar = Bar(
            TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(compact=True)
        )
        self._task = self._bar.add_task(label, total=None)

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()

    def total(self, count: int) -> None:
        self._bar.update(self._task, total=count)

    def advance(self, count: int = 1) -> None:
        self._bar.advance(self._task, count)

    def say(self, text: str) -> None:
        self._bar.update(self._task, description=text)
