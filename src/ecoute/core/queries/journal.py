"""Reading the audit trail: filtered, newest first."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from ecoute.core.models import AuditEntry


@dataclass(frozen=True)
class JournalFilters:
    """``person`` is looked for in the name kept with each entry; ``since`` and ``until`` are both included."""

    verb: str = ""
    person: str = ""
    since: date | None = None
    until: date | None = None


def journal(filters: JournalFilters) -> QuerySet[AuditEntry]:
    """Entries that fit, newest first."""
    entries = AuditEntry.objects.all()
    if filters.verb:
        entries = entries.filter(verb=filters.verb)
    if filters.person:
        entries = entries.filter(actor_label__icontains=filters.person)
    if filters.since:
        entries = entries.filter(at__date__gte=filters.since)
    if filters.until:
        entries = entries.filter(at__date__lte=filters.until)
    return entries


def verbs_in_use() -> list[str]:
    """Verbs that the trail holds."""
    return list(AuditEntry.objects.order_by("verb").values_list("verb", flat=True).distinct())
