"""The queue: putting work in, taking it out, and what becomes of it. Every step is one conditional UPDATE, so that two
workers on SQLite or PostgreSQL never hold the same job."""

import secrets
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from ecoute.core import audit
from ecoute.core.jobs.kinds import Kind, is_kind, kind_named
from ecoute.core.models import Job

QUEUED, RUNNING = Job.State.QUEUED, Job.State.RUNNING
_FREE: dict[str, Any] = {"lease_until": None, "lease_token": ""}


def enqueue(
    kind: str, *, by: Any, key: str = "", run_after: datetime | None = None, again: bool = False, **arguments: Any
) -> Job:
    """Puts work in the queue, as part of the caller's transaction: rolled back with it.

    ``by``: a user or None (the system). ``key``: when a job with this key is waiting or running, that one is given back
    instead of a second. With ``again``, if it is already running it runs once more afterwards, so that what the
    caller has just written is surely seen. ``arguments`` must be JSON. Raises RegistryError for an unknown kind.
    """
    kind_named(kind)
    while True:
        live = _live(key, again) if key else None
        if live:
            return live
        try:
            with transaction.atomic():
                return Job.objects.create(
                    kind=kind, key=key, arguments=arguments, created_by=by, run_after=run_after or timezone.now()
                )
        except IntegrityError:  # another process put the same key in between
            if not key:
                raise


def _live(key: str, again: bool) -> Job | None:
    if again:
        Job.objects.filter(key=key, state=RUNNING).update(run_again=True)
    return Job.objects.filter(key=key, state__in=[QUEUED, RUNNING]).first()


def claim(*, retries_wait: bool = True) -> Job | None:
    """Takes the oldest due job for this caller, or None. ``retries_wait=False``: a second attempt is due at once."""
    due = Q(run_after__lte=timezone.now()) | (Q() if retries_wait else Q(attempts__gt=0))
    for pk in Job.objects.filter(due, state=QUEUED).order_by("run_after", "pk").values_list("pk", flat=True)[:20]:
        if _take(pk):
            return Job.objects.get(pk=pk)
    return None


def _take(pk: int) -> bool:
    now = timezone.now()
    kind_name = Job.objects.values_list("kind", flat=True).get(pk=pk)
    if not is_kind(kind_name):
        failed = _("Ce travail est d’un genre inconnu de cette version : %(kind)s") % {"kind": kind_name}
        Job.objects.filter(pk=pk, state=QUEUED).update(state=Job.State.FAILED, error=failed, finished_at=now)
        return False
    taken = Job.objects.filter(pk=pk, state=QUEUED).update(
        state=RUNNING,
        lease_until=now + kind_named(kind_name).lease,
        lease_token=secrets.token_hex(16),
        attempts=F("attempts") + 1,
        started_at=now,
        run_again=False,
        error="",
    )
    return bool(taken)


def renew(job: Job, kind: Kind) -> bool:
    """Makes the lease last from now; False when it is no longer ours."""
    held = Job.objects.filter(pk=job.pk, state=RUNNING, lease_token=job.lease_token)
    return bool(held.update(lease_until=timezone.now() + kind.lease))


def settle(job: Job, state: Job.State, **columns: Any) -> bool:
    """Ends the run held by ``job``'s lease; one that was asked for again goes back to the queue. False: lease lost."""
    now = timezone.now()
    held = Job.objects.filter(pk=job.pk, state=RUNNING, lease_token=job.lease_token)
    if state == Job.State.DONE and held.filter(run_again=True).update(
        state=QUEUED, run_after=now, attempts=0, run_again=False, **_FREE
    ):
        return True
    return bool(held.update(state=state, finished_at=now, **_FREE, **columns))


def put_back(job: Job, *, run_after: datetime | None = None, used: bool = True, error: str = "") -> bool:
    """Gives the job back to the queue, for a new attempt; ``used=False``: this one does not count."""
    held = Job.objects.filter(pk=job.pk, state=RUNNING, lease_token=job.lease_token)
    attempts = F("attempts") if used else F("attempts") - 1
    return bool(
        held.update(state=QUEUED, run_after=run_after or timezone.now(), attempts=attempts, error=error, **_FREE)
    )


@transaction.atomic
def cancel(job: Job, *, by: Any) -> None:
    """Stops a waiting job now, and a running one at its next sign of progress. One that has ended stays as it is."""
    now = timezone.now()
    if not Job.objects.filter(pk=job.pk, state=QUEUED).update(state=Job.State.CANCELLED, finished_at=now):
        Job.objects.filter(pk=job.pk, state=RUNNING).update(cancel_asked=True)
    audit.record("core.job_cancelled", by=by, target=job, kind=job.kind)


def reap() -> int:
    """Frees the jobs whose worker vanished: queued again, or failed after the last attempt. Gives how many."""
    expired = Job.objects.filter(state=RUNNING, lease_until__lt=timezone.now())
    return sum(_free(job) for job in expired)


def _free(job: Job) -> bool:
    if job.cancel_asked:
        return settle(job, Job.State.CANCELLED)
    attempts = kind_named(job.kind).attempts if is_kind(job.kind) else 0
    if job.attempts < attempts:
        return put_back(job, error="the worker vanished")
    return settle(job, Job.State.FAILED, error=_("Le programme s’est arrêté pendant ce travail, à plusieurs reprises."))
