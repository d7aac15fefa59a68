"""Work done outside the request. Why a table of our own: ``docs/adr/0005-jobs.md``.

``@job("room.verb")`` on ``def work(progress, **arguments)``; ``enqueue("room.verb", by=user, …)`` in the transaction
that needs the work; ``run_all()`` in tests and commands; a worker process otherwise. A job may run more than once: it
must be idempotent. ``Refused`` ends it at once with a sentence for people.
"""

from ecoute.core.jobs.kinds import KINDS, Kind, job, kind_named
from ecoute.core.jobs.progress import JobCancelled, JobInterrupted, LeaseLost, Progress, Refused
from ecoute.core.jobs.queue import cancel, enqueue
from ecoute.core.jobs.running import run_all, run_next

__all__ = [
    "KINDS",
    "JobCancelled",
    "JobInterrupted",
    "Kind",
    "LeaseLost",
    "Progress",
    "Refused",
    "cancel",
    "enqueue",
    "job",
    "kind_named",
    "run_all",
    "run_next",
]
