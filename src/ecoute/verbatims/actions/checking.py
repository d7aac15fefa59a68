"""A person read a passage whole and says that its themes are all right: those given are there, the others are not."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from ecoute.verbatims.actions.ask_learning import enqueue_learning
from ecoute.verbatims.actions.coding import add_theme, hold, touch
from ecoute.verbatims.models import Segment, Verbatim


@transaction.atomic
def check_passage(*, segment: Segment, by: Any) -> None:
    """Agrees with every theme that the passage carries and notes that it was read whole: recoding leaves it as it is,
    and the machine learns that no other theme is in it. Doubts of the machine are answered by no.

    Takes a new revision, asks for learning. Refuses (PermissionDenied) somebody who may not code the verbatim, or a
    verbatim kept for measuring.
    """
    hold(segment, by)
    for code in segment.codes.filter(rejected=False).exclude(origin="person").select_related("theme__codebook"):
        add_theme(segment=segment, theme=code.theme, by=by)
    Segment.objects.filter(pk=segment.pk).update(checked_by=by, checked_at=timezone.now())
    touch(segment)
    enqueue_learning(by=by)


@transaction.atomic
def uncheck_passage(*, segment: Segment, by: Any) -> None:
    """Takes that back; the themes agreed with stay. The same refusals."""
    hold(segment, by)
    Segment.objects.filter(pk=segment.pk).update(checked_by=None, checked_at=None)
    touch(segment)
    enqueue_learning(by=by)


@transaction.atomic
def check_all(*, verbatim: Verbatim, by: Any) -> int:
    """Checks every passage not yet checked; answers how many."""
    passages = list(verbatim.segments.filter(checked_at=None).order_by("position"))
    for segment in passages:
        check_passage(segment=segment, by=by)
    return len(passages)
