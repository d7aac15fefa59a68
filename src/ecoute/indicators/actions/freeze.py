"""Freezing a report."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from ecoute.core import audit
from ecoute.indicators.models import FrozenReport
from ecoute.indicators.queries.records import checksum, to_plain
from ecoute.indicators.queries.report import Report


def freeze_report(*, report: Report, title: str, quotes: dict[str, list[int]], by: Any) -> FrozenReport:
    """Keeps the figures of ``report`` as they are, with the identifiers of its quotes, and logs it.

    The caller has checked that ``by`` may export the words of the service.
    """
    figures = to_plain(report)
    with transaction.atomic():
        frozen = FrozenReport.objects.create(
            title=title,
            service_id=report.parameters.service,
            audience=report.parameters.audience,
            language=report.parameters.language,
            parameters=to_plain(report.parameters),
            figures=figures,
            quotes=quotes,
            checksum=checksum(figures),
            created_by=by,
        )
        audit.record("indicators.report_frozen", by=by, target=frozen, checksum=frozen.checksum)
    return frozen
