"""Each thing that a person says of a passage is remembered with what stood there before, so that it can be undone.

``Correction.before`` of a theme: the fields of the code that stood there, empty when there was none;
``with`` is the correction that goes with it (a passage sorted from a theme into a finer one). Of a nature or a
polarity: those fields of the segment. Offsets of evidence in it follow the masking (``following``).
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from ecoute.verbatims.actions.ask_learning import enqueue_learning
from ecoute.verbatims.models import Correction, Segment, SegmentTheme, Theme

_CODE = ("confidence", "evidence", "origin", "engine", "codebook_version", "rejected", "coded_by_id")
_JUDGEMENT = ("", "_confidence", "_origin", "_engine", "_evidence")


class CannotUndo(ValueError):  # noqa: N818
    """Something else was said since, or this was undone already."""


def remember(*, segment: Segment, what: str, by: Any, theme: Theme | None = None) -> Correction:
    """Notes what stands there now. Call it in the transaction of the change, before the change."""
    before = _code_before(segment, theme) if theme is not None else _judgement_before(segment.pk, what)
    return Correction.objects.create(segment=segment, what=what, theme=theme, before=before, made_by=by)


@transaction.atomic
def undo_correction(*, correction: Correction, by: Any) -> None:
    """Puts back what stood there before. Only the last of those not undone about the same thing can be, by whom made
    it; CannotUndo otherwise. The caller has checked the right to code."""
    from ecoute.verbatims.actions.coding import hold, touch

    segment = correction.segment
    hold(segment, by)
    same = Correction.objects.filter(segment=segment, what=correction.what, theme=correction.theme, undone_at=None)
    last = same.order_by("pk").last()
    if last is None or last.pk != correction.pk or correction.made_by_id != by.pk:
        raise CannotUndo
    if correction.theme is not None and correction.theme.merged_into_id is not None:
        raise CannotUndo  # its code is another theme's now
    parts = [correction, *Correction.objects.filter(pk=correction.before.get("with"), segment=segment)]
    for part in parts:
        (_put_code_back if part.what == Correction.What.THEME else _put_judgement_back)(part)
    Correction.objects.filter(pk__in=[part.pk for part in parts]).update(undone_at=timezone.now())
    touch(segment)
    enqueue_learning(by=by)


def _code_before(segment: Segment, theme: Theme) -> dict[str, Any]:
    code = SegmentTheme.objects.filter(segment=segment, theme=theme).first()
    if code is None:
        return {}
    return {name: getattr(code, name) for name in _CODE} | {"coded_at": code.coded_at.isoformat()}


def _judgement_before(segment_id: int, what: str) -> dict[str, Any]:
    segment = Segment.objects.get(pk=segment_id)
    corrected_at = segment.corrected_at.isoformat() if segment.corrected_at else None
    return {
        **{name.removeprefix("_") or "value": getattr(segment, f"{what}{name}") for name in _JUDGEMENT},
        "corrected_by_id": segment.corrected_by_id,
        "corrected_at": corrected_at,
    }


def _put_code_back(correction: Correction) -> None:
    key: dict[str, Any] = {"segment_id": correction.segment_id, "theme_id": correction.theme_id}
    codes = SegmentTheme.objects.filter(**key)
    if "origin" not in correction.before:
        codes.delete()
        return
    given = {name: correction.before[name] for name in _CODE}
    given["coded_by_id"] = _still_here(given["coded_by_id"])
    SegmentTheme.objects.update_or_create(**key, defaults=given)
    codes.update(coded_at=datetime.fromisoformat(correction.before["coded_at"]))


def _put_judgement_back(correction: Correction) -> None:
    before, what = correction.before, correction.what
    at = before["corrected_at"]
    Segment.objects.filter(pk=correction.segment_id).update(
        **{f"{what}{name}": before[name.removeprefix("_") or "value"] for name in _JUDGEMENT},
        corrected_by_id=_still_here(before["corrected_by_id"]),
        corrected_at=datetime.fromisoformat(at) if at else None,
    )


def _still_here(user_id: int | None) -> int | None:
    """None for somebody whose account is no more: the database would refuse the row."""
    return user_id if user_id and get_user_model().objects.filter(pk=user_id).exists() else None
