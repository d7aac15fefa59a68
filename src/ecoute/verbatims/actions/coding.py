"""What a person says of a segment prevails over the machine, at once, and is kept: it teaches."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from ecoute.core.counters import next_numbers
from ecoute.directory.facade import Permission
from ecoute.verbatims.enums import NatureChoice, Origin, PolarityChoice
from ecoute.verbatims.models import Segment, SegmentTheme, Theme, Verbatim
from ecoute.verbatims.rules import holds


@transaction.atomic
def add_theme(*, segment: Segment, theme: Theme, by: Any) -> SegmentTheme:
    """Says that the theme is in the segment. The evidence is the machine's if it had found it, else the whole segment.

    Takes a new revision. Refuses (PermissionDenied) somebody who may not code the verbatim.
    """
    _check(segment, by)
    code, _ = SegmentTheme.objects.update_or_create(
        segment=segment,
        theme=theme,
        defaults=_said_by(by) | {"confidence": 1.0, "origin": Origin.PERSON, "rejected": False},
        create_defaults=_said_by(by)
        | {"confidence": 1.0, "origin": Origin.PERSON, "evidence": [[segment.start, segment.end]]},
    )
    _touch(segment)
    return code


@transaction.atomic
def reject_theme(*, segment: Segment, theme: Theme, by: Any) -> None:
    """Says that the theme is not in the segment: the code is no longer shown or counted, and stays as a lesson.

    Takes a new revision. Refuses (PermissionDenied) somebody who may not code the verbatim.
    """
    _check(segment, by)
    SegmentTheme.objects.filter(segment=segment, theme=theme).update(rejected=True, **_said_by(by))
    _touch(segment)


@transaction.atomic
def set_nature(*, segment: Segment, nature: str, by: Any) -> None:
    """Corrects the nature of a segment. ``nature`` is a ``NatureChoice`` value; ValueError otherwise."""
    _check(segment, by)
    Segment.objects.filter(pk=segment.pk).update(
        nature=NatureChoice(nature),
        nature_confidence=1.0,
        nature_origin=Origin.PERSON,
        nature_engine="",
        corrected_by=by,
        corrected_at=timezone.now(),
    )
    _touch(segment)


@transaction.atomic
def set_polarity(*, segment: Segment, polarity: str, by: Any) -> None:
    """Corrects the polarity of a segment. ``polarity`` is a ``PolarityChoice`` value; ValueError otherwise."""
    _check(segment, by)
    Segment.objects.filter(pk=segment.pk).update(
        polarity=PolarityChoice(polarity),
        polarity_confidence=1.0,
        polarity_origin=Origin.PERSON,
        polarity_engine="",
        corrected_by=by,
        corrected_at=timezone.now(),
    )
    _touch(segment)


def _check(segment: Segment, by: Any) -> None:
    """Refuses; then holds the verbatim, before the counter of revisions, as every other writer does."""
    if not holds(by, Permission.CODE, segment.verbatim):
        raise PermissionDenied
    Verbatim.objects.select_for_update().filter(pk=segment.verbatim_id).first()


def _said_by(by: Any) -> dict[str, Any]:
    return {"coded_by": by, "coded_at": timezone.now()}


def _touch(segment: Segment) -> None:
    Verbatim.objects.filter(pk=segment.verbatim_id).update(revision=next_numbers("verbatims")[0])
