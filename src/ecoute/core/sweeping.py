"""Deleting what has been kept long enough."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from ecoute.core.models import AuditEntry, Job


def sweep() -> dict[str, int]:
    """Deletes audit entries older than ``AUDIT_DAYS`` and ended jobs older than ``JOB_DAYS``. Gives counts."""
    now = timezone.now()
    entries, _ = AuditEntry.objects.filter(at__lt=now - timedelta(days=settings.AUDIT_DAYS)).delete()
    jobs, _ = Job.objects.filter(finished_at__lt=now - timedelta(days=settings.JOB_DAYS)).delete()
    return {"audit_entries": entries, "jobs": jobs}
