"""What a person says of a segment prevails over the machine, at once, and is kept: it teaches.

Each function answers the ``Correction`` that undoes it. A verbatim kept for measuring is refused (KeptForMeasuring):
what is said of it belongs to the coding room.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from ecoute.core.counters import next_numbers
from ecoute.directory.facade import Permission
from ecoute.verbatims.actions.ask_learning import enqueue_learning
from ecoute.verbatims.actions.corrections import remember
from ecoute.verbatims.enums import NatureChoice, Origin, PolarityChoice
from ecoute.verbatims.models import Correction, Segment, SegmentTheme, Theme, Verbatim
from ecoute.verbatims.rules import holds


class KeptForMeasuring(PermissionDenied):
    """The verbatim serves to measure the machine: it is coded blind, in the coding room."""


@transaction.atomic
def add_theme(*, segment: Segment, theme: Theme, by: Any) -> Correction:
    """Says that the theme is in the segment: adds it, or agrees with the machine (sure or not), or takes a rejection
    back. The evidence is the machine's if it had found it, else the whole segment.

    Takes a new revision. Refuses (PermissionDenied) somebody who may not code the verbatim.
    """
    hold(segment, by)
    correction = remember(segment=segment, what=Correction.What.THEME, theme=theme, by=by)
    said = _said_by(by) | {"confidence": 1.0, "origin": Origin.PERSON, "rejected": False}
    added = said | {"evidence": [[segment.start, segment.end]], "codebook_version": theme.codebook.version}
    SegmentTheme.objects.update_or_create(segment=segment, theme=theme, defaults=said, create_defaults=added)
    touch(segment)
    enqueue_learning(by=by)
    return correction


@transaction.atomic
def reject_theme(*, segment: Segment, theme: Theme, by: Any) -> Correction:
    """Says that the theme is not in the segment: the code is no longer shown or counted, and stays as a lesson. A theme
    that the machine was not sure of is rejected in the same way.

    Takes a new revision. Refuses (PermissionDenied) somebody who may not code the verbatim.
    """
    hold(segment, by)
    correction = remember(segment=segment, what=Correction.What.THEME, theme=theme, by=by)
    said = _said_by(by) | {"rejected": True}
    if not SegmentTheme.objects.filter(segment=segment, theme=theme).update(**said):
        SegmentTheme.objects.create(
            segment=segment,
            theme=theme,
            confidence=_doubt(segment, theme),
            codebook_version=theme.codebook.version,
            **said,
        )
    touch(segment)
    enqueue_learning(by=by)
    return correction


@transaction.atomic
def set_nature(*, segment: Segment, nature: str, by: Any) -> Correction:
    """Corrects the nature of a segment. ``nature`` is a ``NatureChoice`` value; ValueError otherwise."""
    return _judge(segment, "nature", NatureChoice(nature), by)


@transaction.atomic
def set_polarity(*, segment: Segment, polarity: str, by: Any) -> Correction:
    """Corrects the polarity of a segment. ``polarity`` is a ``PolarityChoice`` value; ValueError otherwise."""
    return _judge(segment, "polarity", PolarityChoice(polarity), by)


def hold(segment: Segment, by: Any) -> None:
    """Refuses; then holds the verbatim, before the counter of revisions, as every other writer does."""
    if not holds(by, Permission.CODE, segment.verbatim):
        raise PermissionDenied
    verbatim = Verbatim.objects.select_for_update().filter(pk=segment.verbatim_id).first()
    if verbatim is not None and verbatim.kept_for_measuring:
        raise KeptForMeasuring


def touch(segment: Segment) -> None:
    """A new revision: columns and pages see the change."""
    Verbatim.objects.filter(pk=segment.verbatim_id).update(revision=next_numbers("verbatims")[0])


def _judge(segment: Segment, what: str, value: str, by: Any) -> Correction:
    hold(segment, by)
    correction = remember(segment=segment, what=what, by=by)
    Segment.objects.filter(pk=segment.pk).update(
        **{
            what: value,
            f"{what}_confidence": 1.0,
            f"{what}_origin": Origin.PERSON,
            f"{what}_engine": "",
            f"{what}_evidence": [],
        },
        corrected_by=by,
        corrected_at=timezone.now(),
    )
    touch(segment)
    return correction


def _doubt(segment: Segment, theme: Theme) -> float:
    """The probability of a theme that the machine saw and did not give; 0 when it saw nothing.

    Only that: a code names an engine when the engine gave it, which is what the machine is measured on.
    """
    return next((float(share) for pk, share, _engine in segment.unsure_themes if pk == theme.pk), 0.0)


def _said_by(by: Any) -> dict[str, Any]:
    return {"coded_by": by, "coded_at": timezone.now()}
