"""What the machine learned: which coder serves, how good it is, and what people said since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ecoute.core.models import Job
from ecoute.methods.statistics import wilson
from ecoute.verbatims.models import Codebook, Correction, LearnedCoder, Segment
from ecoute.verbatims.queries.codebook_view import ThemeNode, active_codebook

ENOUGH = 10  # passages given by people below which a quality tells nothing: sentences of a codebook are easier


@dataclass(frozen=True, slots=True)
class Share:
    """``count`` of ``base``, with its 95 % interval (Wilson), all as shares 0–1 but the counts."""

    count: int
    base: int
    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class ThemeLearned:
    """One theme: its sentences in the codebook, what people taught, and the cross-validated quality; ``precision`` and
    ``recall`` are None where people gave it too rarely. ``error``: mean gap between probability and truth."""

    slug: str
    label: str
    sentences: int
    given: int
    refused: int
    precision: Share | None
    recall: Share | None
    error: float | None

    @property
    def taught(self) -> int:
        return self.given + self.refused


@dataclass(frozen=True, slots=True)
class Learned:
    """The coder that serves and what it learned."""

    number: int
    made_at: datetime
    ready_at: datetime | None
    seconds: float | None
    sentences: int
    corrections: int
    applied_at: datetime | None
    up_to_date: bool  # learned of the codebook at its present version
    themes: tuple[ThemeLearned, ...]

    @property
    def judged(self) -> int:
        """Themes with enough examples to say how good they are."""
        return sum(theme.precision is not None for theme in self.themes)


@dataclass(frozen=True, slots=True)
class Since:
    """What people said since the last learning, and the learning that is asked for (None: none)."""

    corrections: int
    checked: int
    job: Job | None

    @property
    def total(self) -> int:
        return self.corrections + self.checked


def serving_coder(codebook_id: int) -> LearnedCoder | None:
    """The newest coder that is ready; None before the first was."""
    ready = LearnedCoder.objects.filter(codebook_id=codebook_id, ready_at__isnull=False, weights__isnull=False)
    return ready.order_by("-number").first()


def since_last_learning() -> Since:
    """Corrections of themes and passages checked since the examples of the serving coder were read."""
    codebook = Codebook.objects.filter(is_active=True).order_by("pk").first()
    coder = serving_coder(codebook.pk) if codebook else None
    corrections = Correction.objects.filter(what=Correction.What.THEME, undone_at=None)
    checked = Segment.objects.filter(checked_at__isnull=False)
    if coder is not None:
        corrections, checked = (
            corrections.filter(made_at__gt=coder.made_at),
            checked.filter(checked_at__gt=coder.made_at),
        )
    jobs = Job.objects.filter(kind="verbatims.learn", state__in=[Job.State.QUEUED, Job.State.RUNNING])
    return Since(corrections.count(), checked.count(), jobs.order_by("run_after").first())


def what_was_learned() -> Learned | None:
    """The serving coder of the active codebook, theme by theme in reading order; None before the first."""
    codebook = Codebook.objects.filter(is_active=True).order_by("pk").first()
    coder = serving_coder(codebook.pk) if codebook else None
    if codebook is None or coder is None:
        return None
    return Learned(
        number=coder.number,
        made_at=coder.made_at,
        ready_at=coder.ready_at,
        seconds=coder.seconds,
        sentences=coder.examples,
        corrections=coder.corrections,
        applied_at=coder.applied_at,
        up_to_date=coder.codebook_version == codebook.version,
        themes=_themes(coder.report),
    )


def _themes(report: Mapping[str, Any]) -> tuple[ThemeLearned, ...]:
    book = active_codebook()
    known = [theme for theme in book.themes if theme.slug in report["themes"] and not theme.retired]
    return tuple(_theme(theme, report) for theme in known)


def _theme(theme: ThemeNode, report: Mapping[str, Any]) -> ThemeLearned:
    quality = report["themes"][theme.slug]
    given, refused = report["taught"].get(theme.slug, (0, 0))
    enough = given >= ENOUGH and "right" in quality
    return ThemeLearned(
        slug=theme.slug,
        label=theme.label,
        sentences=quality["examples"] - given,
        given=given,
        refused=refused,
        precision=_share(quality["right"], quality["said"]) if enough else None,
        recall=_share(quality["right"], quality["examples"]) if enough else None,
        error=quality["calibration_error"] if enough else None,
    )


def _share(count: int, base: int) -> Share | None:
    if not base:
        return None
    low, high = wilson(count, base)
    return Share(count, base, count / base, low, high)
