"""What a running job says of itself, and what it hears: cancelled, interrupted, replaced."""

import time
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.utils import timezone

from ecoute.core.jobs.kinds import Kind
from ecoute.core.models import Job

WRITE_EVERY = 0.5  # seconds


class Refused(Exception):  # noqa: N818
    """The work cannot be done, and trying again would not help. Its text is shown to people, in their language."""


class JobCancelled(Exception):  # noqa: N818
    """Somebody asked to stop the job."""


class JobInterrupted(Exception):  # noqa: N818
    """The worker is stopping: the job goes back to the queue."""


class LeaseLost(Exception):  # noqa: N818
    """The lease ran out and the job was given to another worker: this run must stop and write nothing more."""


class Progress:
    """Given to the work. ``advance`` may be called thousands of times a second: it writes at most twice a second.

    Nothing is written while a transaction is open (it would be seen only afterwards, and hold a lock meanwhile).
    Any call may raise JobCancelled, JobInterrupted or LeaseLost: let them through.
    """

    def __init__(self, job: Job, kind: Kind, stopping: Callable[[], bool] = lambda: False) -> None:
        self.job, self._kind, self._stopping = job, kind, stopping
        self.done, self._total, self._message = 0, job.total, ""
        self._written = 0.0

    @property
    def by(self) -> Any:
        """Who asked for the work; None when the system did."""
        return self.job.created_by

    def total(self, count: int) -> None:
        """How many units there are."""
        self._total = count
        self._tell(now=True)

    def advance(self, count: int = 1) -> None:
        """``count`` more units are done."""
        self.done += count
        self._tell()

    def say(self, text: str) -> None:
        """A short sentence on what is being done (200 characters at most)."""
        self._message = text[:200]
        self._tell(now=True)

    def state(self) -> dict[str, Any]:
        """The columns that hold the progress."""
        return {"done": self.done, "total": self._total, "message": self._message}

    def _tell(self, now: bool = False) -> None:
        if self._stopping():
            raise JobInterrupted
        if connection.in_atomic_block or (not now and time.monotonic() - self._written < WRITE_EVERY):
            return
        self._written = time.monotonic()
        held = Job.objects.filter(pk=self.job.pk, state=Job.State.RUNNING, lease_token=self.job.lease_token)
        if not held.update(lease_until=timezone.now() + self._kind.lease, **self.state()):
            raise LeaseLost
        if held.filter(cancel_asked=True).exists():
            raise JobCancelled
