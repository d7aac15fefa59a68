"""What recoding would change, in words and figures for readers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from ecoute.core.models import Job
from ecoute.methods.statistics import wilson
from ecoute.verbatims.models import Codebook, Segment, Theme
from ecoute.verbatims.queries.learning import serving_coder

KIND = "verbatims.preview_recoding"  # the job


@dataclass(frozen=True, slots=True)
class Estimate:
    """So many verbatims of the whole base; ``low`` and ``high`` hold the true number 95 times in 100. ``exact``: all
    were looked at."""

    value: int
    low: int
    high: int
    exact: bool


@dataclass(frozen=True, slots=True)
class SamplePassage:
    """Masked words of a segment, and where to read the whole."""

    text: str
    uid: UUID


@dataclass(frozen=True, slots=True)
class ThemeChange:
    """One theme: verbatims of the sample that carry it before and after, what the whole base would gain and lose."""

    label: str
    slug: str
    before: int
    after: int
    gained: Estimate | None
    lost: Estimate | None
    appeared: tuple[SamplePassage, ...]
    gone: tuple[SamplePassage, ...]


@dataclass(frozen=True)
class Preview:
    """``fresh``: computed with the codebook and the coder as they are."""

    sample: int
    base: int
    coder: int
    changed: Estimate
    unsure: int
    themes: tuple[ThemeChange, ...]
    unchanged: int
    seconds: float
    fresh: bool
    made_at: Any

    @property
    def exact(self) -> bool:
        return self.sample == self.base


def running_preview() -> Job | None:
    """The preview under way, if any."""
    return Job.objects.filter(kind=KIND, state__in=[Job.State.QUEUED, Job.State.RUNNING]).order_by("-pk").first()


def last_preview(codebook: Codebook) -> Preview | None:
    """The last one made of this codebook, as long as its job is kept."""
    job = Job.objects.filter(kind=KIND, state=Job.State.DONE).order_by("-finished_at").first()
    if job is None or not job.result or "themes" not in job.result:
        return None
    result = job.result
    themes = Theme.objects.filter(codebook=codebook).in_bulk(int(pk) for pk in result["themes"])
    changed = {pk: c for pk, c in result["themes"].items() if (c["gained"] or c["lost"]) and int(pk) in themes}
    passages = _passages({pk for c in changed.values() for pk in (*c["appeared"], *c["gone"])})
    rows = [_theme(themes[int(pk)], change, result, passages) for pk, change in changed.items()]
    coder = serving_coder(codebook.pk)
    return Preview(
        sample=result["sample"],
        base=result["base"],
        coder=result["coder"],
        changed=estimate(result["changed"], result["sample"], result["base"]),
        unsure=result["unsure"],
        themes=tuple(sorted(rows, key=lambda row: -_weight(row))),
        unchanged=len(result["themes"]) - len(changed),
        seconds=result["seconds"],
        fresh=(result["codebook_version"], result["coder"]) == (codebook.version, coder.number if coder else 0),
        made_at=job.finished_at,
    )


def estimate(count: int, sample: int, base: int) -> Estimate:
    """``count`` of a random ``sample``, brought to the ``base``: Wilson's 95 % interval with the
    correction for a finite base, never below what was seen."""
    if not sample or sample >= base:
        return Estimate(count, count, count, exact=True)
    low, high = wilson(count, sample, population=base)
    return Estimate(round(count / sample * base), max(count, round(low * base)), round(high * base), exact=False)


def _weight(row: ThemeChange) -> int:
    return (row.gained.value if row.gained else 0) + (row.lost.value if row.lost else 0)


def _theme(
    theme: Theme, change: dict[str, Any], result: dict[str, Any], passages: dict[int, SamplePassage]
) -> ThemeChange:
    def of_base(count: int) -> Estimate | None:
        return estimate(count, result["sample"], result["base"]) if count else None

    def read(ids: Iterable[int]) -> tuple[SamplePassage, ...]:
        return tuple(passages[pk] for pk in ids if pk in passages)

    return ThemeChange(
        label=theme.label,
        slug=theme.slug,
        before=change["before"],
        after=change["after"],
        gained=of_base(change["gained"]),
        lost=of_base(change["lost"]),
        appeared=read(change["appeared"]),
        gone=read(change["gone"]),
    )


def _passages(ids: set[int]) -> dict[int, SamplePassage]:
    """Those still there, in masked words."""
    rows = Segment.objects.filter(pk__in=ids, verbatim__withdrawn_at=None).select_related("verbatim")
    return {
        row.pk: SamplePassage(row.verbatim.body[row.start : row.end], row.verbatim.uid)
        for row in rows.only("start", "end", "verbatim__title", "verbatim__text", "verbatim__uid")
    }
