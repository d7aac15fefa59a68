from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from ecoute.core.jobs import Progress, Refused, cancel, enqueue, queue, run_all, run_next
from ecoute.core.jobs.progress import WRITE_EVERY, LeaseLost
from ecoute.core.models import Job
from ecoute.core.registry import RegistryError
from tests.factories.people import make_user

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def test_work_is_done_with_its_arguments_and_result(kind) -> None:
    user = make_user()

    def work(progress: Progress, number: int) -> dict[str, int]:
        progress.total(number)
        progress.advance(number)
        progress.say("Presque")
        assert progress.by == user
        return {"double": 2 * number}

    kind(work)
    queued = enqueue("test.work", by=user, number=3)
    assert (queued.state, queued.created_by) == (Job.State.QUEUED, user)

    [done] = run_all()

    assert (done.pk, done.state, done.result, done.message) == (queued.pk, Job.State.DONE, {"double": 6}, "Presque")
    assert (done.done, done.total, done.attempts, done.lease_until) == (3, 3, 1, None)
    assert done.finished_at >= done.started_at


def test_an_unknown_kind_is_refused_at_once() -> None:
    with pytest.raises(RegistryError, match=r"core\.sweep"):
        enqueue("test.unknown", by=None)


def test_a_kind_forgotten_since_fails_with_words(kind) -> None:
    Job.objects.create(kind="test.forgotten", run_after=timezone.now())

    assert run_all() == []
    assert "test.forgotten" in Job.objects.get().error


def test_enqueueing_belongs_to_the_callers_transaction(kind) -> None:
    kind(lambda progress: None)
    with transaction.atomic():
        enqueue("test.work", by=None)
        transaction.set_rollback(True)
    assert run_all() == []


def test_one_live_job_a_key_and_a_new_one_once_it_ended(kind) -> None:
    kind(lambda progress, n: None)
    first = enqueue("test.work", by=None, key="a", n=1)

    assert enqueue("test.work", by=None, key="a", n=2) == first
    assert enqueue("test.work", by=None, key="b", n=3) != first
    run_all()
    assert enqueue("test.work", by=None, key="a", n=4) != first


def test_work_asked_again_while_it_runs_runs_once_more(kind) -> None:
    runs: list[int] = []

    def work(progress: Progress) -> None:
        runs.append(1)
        if len(runs) == 1:
            enqueue("test.work", by=None, key="a", again=True)

    kind(work)
    enqueue("test.work", by=None, key="a")

    run_all()

    assert len(runs) == 2
    assert Job.objects.get().state == Job.State.DONE


def test_later_means_later(kind) -> None:
    kind(lambda progress: None)
    later = enqueue("test.work", by=None, run_after=timezone.now() + timedelta(hours=1))

    assert run_all() == []
    Job.objects.filter(pk=later.pk).update(run_after=timezone.now())
    assert run_all() == [later]


def test_the_oldest_goes_first(kind) -> None:
    order: list[str] = []
    kind(lambda progress, name: order.append(name))
    for name in "abc":
        enqueue("test.work", by=None, name=name)

    run_all()

    assert order == ["a", "b", "c"]


def test_a_failure_waits_longer_each_time_then_gives_up(kind) -> None:
    def work(progress: Progress) -> None:
        progress.advance()
        raise RuntimeError("secret words")

    kind(work, attempts=3, backoff=timedelta(seconds=10))
    enqueue("test.work", by=None)
    waits = []
    for _attempt in range(2):
        job = run_next(retries_wait=False)
        assert job is not None
        assert (job.state, job.error) == (Job.State.QUEUED, "RuntimeError")
        waits.append(round((job.run_after - timezone.now()).total_seconds()))
        assert run_next() is None  # not due yet

    last = run_next(retries_wait=False)

    assert waits == [10, 20]
    assert last is not None
    assert (last.state, last.error, last.attempts) == (Job.State.FAILED, "RuntimeError", 3)
    assert last.message
    assert "secret" not in f"{last.message}{last.error}"


def test_a_refusal_is_not_tried_again_and_is_shown(kind) -> None:
    def work(progress: Progress) -> None:
        raise Refused("Ce fichier est vide.")

    kind(work)
    enqueue("test.work", by=None)

    [job] = run_all()

    assert (job.state, job.message, job.attempts) == (Job.State.FAILED, "Ce fichier est vide.", 1)


def test_a_waiting_job_is_cancelled_at_once(kind) -> None:
    kind(lambda progress: None)
    job = enqueue("test.work", by=None)

    cancel(job, by=None)

    assert run_all() == []
    assert Job.objects.get().state == Job.State.CANCELLED


@pytest.mark.django_db(transaction=True)
def test_a_running_job_is_cancelled_at_its_next_sign(kind) -> None:
    def work(progress: Progress) -> None:
        progress.total(10)
        progress.advance(4)
        cancel(progress.job, by=None)
        progress.say("Suite")
        raise AssertionError("went on")

    kind(work)
    enqueue("test.work", by=None)

    [job] = run_all()

    assert (job.state, job.done) == (Job.State.CANCELLED, 4)


def test_what_has_ended_cannot_be_cancelled(kind) -> None:
    kind(lambda progress: None)
    enqueue("test.work", by=None)
    [job] = run_all()

    cancel(job, by=None)

    job.refresh_from_db()
    assert job.state == Job.State.DONE


@pytest.mark.django_db(transaction=True)
def test_progress_is_written_at_most_twice_a_second(kind, django_assert_max_num_queries) -> None:
    seen: list[int] = []

    def work(progress: Progress) -> None:
        progress.total(100_000)
        for _step in range(100_000):
            progress.advance()
        seen.append(Job.objects.get().done)

    kind(work)
    enqueue("test.work", by=None)
    with django_assert_max_num_queries(40):
        [job] = run_all()
    assert job.done == 100_000
    assert WRITE_EVERY == 0.5


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_lost_its_lease_writes_nothing_more(kind) -> None:
    heard: list[type[BaseException]] = []

    def work(progress: Progress) -> dict[str, bool]:
        Job.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
        assert queue.reap() == 1
        other = queue.claim()
        assert other is not None
        try:
            progress.say("Encore là")
        except LeaseLost as error:
            heard.append(type(error))
            raise
        return {"late": True}

    kind(work, attempts=3)
    enqueue("test.work", by=None)

    run_next()

    job = Job.objects.get()
    assert heard == [LeaseLost]
    assert (job.state, job.result, job.attempts) == (Job.State.RUNNING, {}, 2)


@pytest.mark.parametrize(("attempts", "state"), [(1, Job.State.QUEUED), (2, Job.State.FAILED)])
def test_an_expired_lease_is_freed_until_the_attempts_are_used(kind, attempts: int, state: str) -> None:
    kind(lambda progress: None, attempts=2)
    past = timezone.now() - timedelta(seconds=1)
    Job.objects.create(
        kind="test.work", run_after=past, state=Job.State.RUNNING, lease_until=past, lease_token="x", attempts=attempts
    )

    assert queue.reap() == 1
    assert Job.objects.get().state == state
    assert queue.reap() == 0


def test_a_worker_told_to_stop_gives_the_job_back_unspent(kind) -> None:
    kind(lambda progress: progress.advance())
    enqueue("test.work", by=None)

    job = run_next(stopping=lambda: True)

    assert job is not None
    assert (job.state, job.attempts) == (Job.State.QUEUED, 0)


def test_progress_inside_a_transaction_writes_nothing_before_the_end(kind) -> None:
    def work(progress: Progress) -> None:
        with transaction.atomic():
            progress.total(2)
            progress.advance(2)
            assert Job.objects.get().total is None

    kind(work)
    enqueue("test.work", by=None)

    [job] = run_all()

    assert (job.done, job.total) == (2, 2)
