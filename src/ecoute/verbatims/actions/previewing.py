"""What recoding would change, before it does: on every verbatim of a small base, on a random sample of a large one."""

from __future__ import annotations

import random
import time
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from ecoute.core.jobs.meter import Meter
from ecoute.methods.text.documents import ThemeCode
from ecoute.verbatims.actions.analysers import Analyser, current_analyser
from ecoute.verbatims.actions.learning import ensure_learned
from ecoute.verbatims.actions.recode import Silent, codes_of, readable_verbatims, with_segments
from ecoute.verbatims.enums import Origin
from ecoute.verbatims.models import Codebook, Segment, SegmentTheme

SAMPLE = 500  # verbatims
BATCH = 100
SHOWN = 4  # passages kept for each theme and side


@dataclass
class _Change:
    """Verbatims of the sample that carry a theme before and after; those that would gain or lose it, some passages."""

    before: set[int] = field(default_factory=set)
    after: set[int] = field(default_factory=set)
    appeared: list[int] = field(default_factory=list)
    gone: list[int] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return {
            "before": len(self.before),
            "after": len(self.after),
            "gained": len(self.after - self.before),
            "lost": len(self.before - self.after),
            "appeared": self.appeared[:SHOWN],
            "gone": self.gone[:SHOWN],
        }


def preview_recoding(progress: Meter) -> dict[str, Any]:
    """Learns what changed, then codes a random sample anew without writing any code.

    Answers, as JSON: ``base`` and ``sample`` (verbatims), ``codebook_version``, ``coder``, ``changed`` (verbatims of
    the sample with at least one theme more or less), ``unsure`` (passages with a doubted theme after), ``seconds``, and
    by theme id what ``_Change`` holds (passages: segment ids).
    """
    began = time.monotonic()
    ensure_learned(Codebook.objects.filter(is_active=True).earliest("pk"), Silent())
    analyser = current_analyser()
    ids = list(readable_verbatims().values_list("pk", flat=True))
    sample = ids if len(ids) <= SAMPLE else sorted(random.SystemRandom().sample(ids, SAMPLE))
    progress.total(len(sample))
    changes: dict[int, _Change] = defaultdict(_Change)
    unsure = 0
    for at in range(0, len(sample), BATCH):
        unsure += _compare(sample[at : at + BATCH], analyser, changes)
        progress.advance(len(sample[at : at + BATCH]))
    touched = {pk for change in changes.values() for pk in change.before ^ change.after}
    return {
        "base": len(ids),
        "sample": len(sample),
        "codebook_version": analyser.codebook_version,
        "coder": analyser.coder,
        "changed": len(touched),
        "unsure": unsure,
        "seconds": round(time.monotonic() - began, 1),
        "themes": {str(pk): change.as_json() for pk, change in changes.items()},
    }


def _compare(ids: list[int], analyser: Analyser, changes: dict[int, _Change]) -> int:
    verbatims = list(with_segments(readable_verbatims().filter(pk__in=ids)))
    present = _present(ids)
    unsure = 0
    for segment, codes in codes_of(verbatims, analyser):
        rows = present.get(segment.pk, [])
        before, after = _before_and_after(segment, rows, codes, analyser)
        unsure += any(not code.sure for code in codes)
        for theme in before | after:
            change = changes[theme]
            if theme in before:
                change.before.add(segment.verbatim_id)
            if theme in after:
                change.after.add(segment.verbatim_id)
            if theme in after - before:
                change.appeared.append(segment.pk)
            if theme in before - after:
                change.gone.append(segment.pk)
    return unsure


def _present(ids: list[int]) -> dict[int, list[SegmentTheme]]:
    rows: dict[int, list[SegmentTheme]] = defaultdict(list)
    for row in SegmentTheme.objects.filter(segment__verbatim_id__in=ids).order_by("pk"):
        rows[row.segment_id].append(row)
    return rows


def _before_and_after(
    segment: Segment, rows: list[SegmentTheme], codes: list[ThemeCode], analyser: Analyser
) -> tuple[set[int], set[int]]:
    """Theme ids that count now, and that would: what people said stays, in a passage checked whole everything does."""
    before = {row.theme_id for row in rows if not row.rejected}
    if segment.checked_at is not None:
        return before, before
    said = {row.theme_id for row in rows if row.rejected or row.origin == Origin.PERSON or row.coded_by_id}
    machine = {analyser.theme_ids[code.theme] for code in codes if code.sure}
    return before, (before & said) | (machine - said)
