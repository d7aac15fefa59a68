"""Keeps a lease alive while the work is busy with something that tells nothing."""

import threading
from types import TracebackType

from django.db import DatabaseError, connections

from ecoute.core.jobs import queue
from ecoute.core.jobs.kinds import Kind
from ecoute.core.models import Job


class Heartbeat:
    """A thread that renews ``job``'s lease three times in its length. With ``alive=False`` it does nothing."""

    def __init__(self, job: Job, kind: Kind, *, alive: bool) -> None:
        self._job, self._kind, self._alive = job, kind, alive
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._beat, name=f"lease-{job.pk}", daemon=True)

    def __enter__(self) -> "Heartbeat":
        if self._alive:
            self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end.set()
        if self._alive:
            self._thread.join()

    def _beat(self) -> None:
        try:
            while not self._end.wait(self._kind.lease.total_seconds() / 3):
                if not self._renew():
                    return
        finally:
            connections.close_all()

    def _renew(self) -> bool:
        try:
            return queue.renew(self._job, self._kind)
        except DatabaseError:  # busy: the next beat comes well before the lease ends
            return True
