"""Work for real worker processes; imported by the processes that a test starts."""

import os
import time
from datetime import timedelta
from typing import Any

from ecoute.core.jobs import Progress, job


@job("test.steps", lease=timedelta(seconds=2), attempts=3)
def steps(progress: Progress, path: str, count: int, pause: float) -> dict[str, Any]:
    """Writes one line a step, goes on where the file stops: idempotent, as every job must be."""
    progress.total(count)
    done = len(lines(path))
    progress.advance(done)
    for number in range(done, count):
        write(path, f"{number}")
        time.sleep(pause)
        progress.advance()
    return {"resumed_at": done}


@job("test.mark", lease=timedelta(seconds=30), attempts=1)
def mark(progress: Progress, path: str, name: str) -> None:
    write(path, name)
    time.sleep(0.01)


@job("test.silent", lease=timedelta(seconds=1), attempts=3)
def silent(progress: Progress, path: str) -> None:
    """Says nothing for longer than its lease: only the worker's own signs keep it."""
    write(path, "run")
    time.sleep(3.5)


def write(path: str, line: str) -> None:
    descriptor = os.open(path, os.O_CREAT | os.O_APPEND | os.O_WRONLY)
    os.write(descriptor, f"{line}\n".encode())
    os.close(descriptor)


def lines(path: str) -> list[str]:
    if not os.path.exists(path):  # noqa: PTH110
        return []
    with open(path) as file:  # noqa: PTH123
        return file.read().split()
