from datetime import timedelta

import pytest
from django.utils import timezone

from ecoute.core.jobs import schedules
from ecoute.core.manifest import Schedule
from ecoute.core.models import Job, ScheduleTurn

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture(autouse=True)
def _one_schedule(monkeypatch, kind) -> None:
    kind(lambda progress, n: None)
    hourly = Schedule(name="test.hourly", kind="test.work", every=timedelta(hours=1), arguments=(("n", 3),))
    monkeypatch.setattr(schedules, "schedules", lambda: [hourly])


def test_a_schedule_is_enqueued_once_a_period() -> None:
    assert schedules.enqueue_due() == 1
    assert schedules.enqueue_due() == 0
    job = Job.objects.get()
    assert (job.kind, job.arguments, job.created_by) == ("test.work", {"n": 3}, None)


def test_its_turn_comes_back() -> None:
    schedules.enqueue_due()
    Job.objects.update(state=Job.State.DONE)
    ScheduleTurn.objects.update(next_at=timezone.now() - timedelta(days=3))

    assert schedules.enqueue_due() == 1  # three days late: once, not seventy-two times
    assert schedules.enqueue_due() == 0
    assert Job.objects.count() == 2
