"""Looking at every series, and ringing where the last period is out of its ordinary range."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from ecoute.core.jobs import enqueue
from ecoute.core.jobs.meter import Meter
from ecoute.core.models import Job
from ecoute.directory.facade import Scope
from ecoute.indicators.facade import TREND_BASE, span_of_key
from ecoute.methods.statistics import holm
from ecoute.methods.statistics.alarms import Alarm
from ecoute.methods.statistics.disclosure import NEVER
from ecoute.verbatims.facade import corpus_of
from ecoute.watch.models import Alert
from ecoute.watch.queries.series import Watched, all_series

# Corrected over all series; chosen by simulation so that fewer than one run in twenty rings without cause (README).
ALPHA = 0.02
USEFUL = 0.03


@dataclass(frozen=True, slots=True)
class Judged:
    """A series with its alarm and its p corrected over the family."""

    series: Watched
    alarm: Alarm
    p: float


def enqueue_look(*, by: Any) -> Job:
    """Asks for every series to be looked at; asked while that runs, it runs once more afterwards."""
    return enqueue("watch.look", by=by, key="watch.look", again=True)


def look(progress: Meter) -> dict[str, Any]:
    """Judges every series and writes the alerts; run again on the same words, it changes nothing but the time of the
    last look. What people decided on an alert stays. Returns counts as JSON for the job's result."""
    judged = judge(list(all_series(corpus_of(Scope(everything=True)))))
    ringing = [one for one in judged if _rings(one)]
    progress.total(len(ringing))
    with transaction.atomic():
        raised = sum(_write(one, len(judged)) for one in ringing)
        gone = _mark_gone(judged, ringing)
    progress.advance(len(ringing))
    return {"series": len(judged), "ringing": len(ringing), "raised": raised, "gone": gone}


def judge(series: Sequence[Watched]) -> list[Judged]:
    """All the series that can be judged, their p values corrected together (Holm)."""
    known = [(one, alarm) for one in series if (alarm := one.alarm) is not None]
    corrected = holm([alarm.p for _, alarm in known])
    return [Judged(one, alarm, p) for (one, alarm), p in zip(known, corrected, strict=True)]


def _rings(one: Judged) -> bool:
    last = one.alarm.last
    told = one.series.service is None or not 0 < last.count < NEVER  # theme and service cross: small groups stay hidden
    return told and one.p < ALPHA and abs(one.alarm.difference) >= USEFUL and last.base >= TREND_BASE


def _write(one: Judged, family: int) -> bool:
    series, alarm = one.series, one.alarm
    figures: dict[str, Any] = {
        "sources": list(series.sources),
        "count": alarm.last.count,
        "base": alarm.last.base,
        "earlier_count": alarm.earlier.count,
        "earlier_base": alarm.earlier.base,
        "earlier_since": series.keys[0],
        "low": alarm.low,
        "high": alarm.high,
        "dispersion": alarm.dispersion,
        "p": one.p,
        "family": family,
        "confirmed_at": timezone.now(),
        "gone_at": None,
    }
    known: dict[str, Any] = {"theme": series.theme, "service_id": series.service, "period": series.keys[-1]}
    return Alert.objects.update_or_create(**known, defaults=figures)[1]


def _mark_gone(judged: Sequence[Judged], ringing: Sequence[Judged]) -> int:
    """Alerts of the periods just judged that no longer ring. Alerts of former periods are history: they stay, even when
    nothing rings now. A series that can no longer be judged is as old as the newest of the others."""
    now = {(one.series.theme, one.series.service, one.series.keys[-1]) for one in ringing}
    ends = {(one.series.theme, one.series.service): span_of_key(one.series.keys[-1]).until for one in judged}
    newest = max(ends.values(), default=None)
    gone = []
    for alert in Alert.objects.filter(gone_at=None).order_by("pk"):
        end = ends.get((alert.theme, alert.service_id), newest)
        present = end is None or span_of_key(alert.period).until >= end
        if present and (alert.theme, alert.service_id, alert.period) not in now:
            gone.append(alert.pk)
    return Alert.objects.filter(pk__in=gone).update(gone_at=timezone.now())
