"""Work that comes back: what the manifests declare, enqueued when its turn comes."""

from django.db import transaction
from django.utils import timezone

from ecoute.core.jobs.queue import enqueue
from ecoute.core.manifest import Schedule, schedules
from ecoute.core.models import ScheduleTurn


def enqueue_due() -> int:
    """Enqueues every schedule whose turn has come, once whatever the number of workers. Gives how many."""
    return sum(_enqueue_if_due(schedule) for schedule in schedules())


def _enqueue_if_due(schedule: Schedule) -> bool:
    now = timezone.now()
    ScheduleTurn.objects.get_or_create(name=schedule.name, defaults={"next_at": now})
    with transaction.atomic():
        turn = ScheduleTurn.objects.filter(name=schedule.name, next_at__lte=now)
        if not turn.update(next_at=now + schedule.every):
            return False
        enqueue(schedule.kind, by=None, key=f"schedule:{schedule.name}", **dict(schedule.arguments))
    return True
