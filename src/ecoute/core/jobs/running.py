"""Running one job: what its work returns or raises becomes its state."""

import logging
from collections.abc import Callable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from ecoute.core.jobs import queue
from ecoute.core.jobs.heartbeat import Heartbeat
from ecoute.core.jobs.kinds import Kind, kind_named
from ecoute.core.jobs.progress import JobCancelled, JobInterrupted, LeaseLost, Progress, Refused
from ecoute.core.models import Job

log = logging.getLogger("ecoute.jobs")


def run_next(
    *, retries_wait: bool = True, heartbeat: bool = False, stopping: Callable[[], bool] = lambda: False
) -> Job | None:
    """Takes the next due job and runs it here. Gives the job as it ended, or None when nothing was due.

    ``heartbeat``: keeps the lease alive from a thread with its own connection (the worker does; not inside a test's
    transaction).
    """
    job = queue.claim(retries_wait=retries_wait)
    if job is None:
        return None
    kind = kind_named(job.kind)
    progress = Progress(job, kind, stopping)
    with Heartbeat(job, kind, alive=heartbeat):
        _run(job, kind, progress)
    return Job.objects.get(pk=job.pk)


def run_all() -> list[Job]:
    """Runs every due job until none is left, those enqueued meanwhile included; retries do not wait."""
    ended: list[Job] = []
    while job := run_next(retries_wait=False):
        ended.append(job)
    return ended


def _run(job: Job, kind: Kind, progress: Progress) -> None:
    try:
        returned = kind.work(progress, **job.arguments)
    except JobCancelled:
        queue.settle(job, Job.State.CANCELLED, **progress.state())
    except JobInterrupted:
        queue.put_back(job, used=False)
    except LeaseLost:
        log.warning("%s: the lease was lost, another worker has it", job)
    except Refused as refusal:
        queue.settle(job, Job.State.FAILED, **{**progress.state(), "message": str(refusal)[:200]})
    except Exception as error:
        log.exception("%s failed", job)
        _try_again(job, kind, error)
    else:
        _done(job, progress, returned)


def _done(job: Job, progress: Progress, returned: Any) -> None:
    state = progress.state()
    if state["total"] is not None:
        state["done"] = max(state["done"], state["total"])
    queue.settle(job, Job.State.DONE, result=returned if isinstance(returned, dict) else {}, **state)


def _try_again(job: Job, kind: Kind, error: Exception) -> None:
    """Only the error's type goes to the record: its text may quote somebody's words."""
    name = type(error).__name__
    if job.attempts < kind.attempts:
        wait = kind.backoff * 2 ** (job.attempts - 1)
        queue.put_back(job, run_after=timezone.now() + wait, error=name)
    else:
        message = _("Ce travail n’a pas abouti. Vos données sont intactes.")
        queue.settle(job, Job.State.FAILED, error=name, message=message)
