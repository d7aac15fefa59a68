"""What people said of a passage is kept when its verbatim is analysed again, as long as the passage's words are there.

A passage is recognised by its words: a corrected title or one more sentence does not undo what somebody coded. What was
said of words that are gone goes with them. When an analysis fails its passages go, and what was said of them is set
aside (``SetAsideDecisions``) for the next analysis that succeeds.

A decision is a JSON object: ``words`` (keyed fingerprint), ``start``, ``nature`` and ``polarity`` ([value, confidence]
where a person said so, else null), ``corrected`` and ``checked`` ([user id, moment] or null), ``codes`` (rows of
``SegmentTheme`` that a person gave, confirmed or rejected).
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import Prefetch, Q

from ecoute.verbatims.enums import Origin
from ecoute.verbatims.models import Segment, SegmentTheme, SetAsideDecisions, Theme, Verbatim

Decision = dict[str, Any]
_CODE = ("theme_id", "confidence", "evidence", "origin", "engine", "rejected", "coded_by_id", "codebook_version")


def decisions_of(verbatims: Sequence[Verbatim]) -> dict[int, list[Decision]]:
    """By verbatim id, what people said of its segments, and what was set aside; ``verbatims`` still hold their former
    words. Three queries."""
    bodies = {verbatim.pk: verbatim.body for verbatim in verbatims}
    said = SegmentTheme.objects.exclude(origin=Origin.MACHINE, coded_by=None, rejected=False)
    corrected = (
        Segment.objects.filter(verbatim_id__in=bodies)
        .filter(
            Q(nature_origin=Origin.PERSON)
            | Q(polarity_origin=Origin.PERSON)
            | Q(checked_at__isnull=False)
            | Q(codes__in=said)
        )
        .distinct()
        .order_by("pk")
        .prefetch_related(Prefetch("codes", queryset=said.order_by("pk"), to_attr="said"))
    )
    rows = SetAsideDecisions.objects.filter(verbatim_id__in=bodies).values_list("verbatim_id", "decisions")
    kept: dict[int, list[Decision]] = {pk: list(decisions) for pk, decisions in rows}
    for segment in corrected:
        kept.setdefault(segment.verbatim_id, []).append(_decision(segment, bodies[segment.verbatim_id]))
    return kept


def set_aside(verbatims: Sequence[Verbatim]) -> None:
    """Keeps what people said of passages about to be erased. Within the caller's transaction."""
    for verbatim_id, decisions in decisions_of(verbatims).items():
        SetAsideDecisions.objects.update_or_create(verbatim_id=verbatim_id, defaults={"decisions": decisions})


def keep(decisions: dict[int, list[Decision]], verbatims: Iterable[Verbatim]) -> None:
    """Applies them to the new segments that hold the same words. Called inside the transaction that made those."""
    if not decisions:
        return
    people, merged = _people(decisions), _merged_themes()
    for verbatim in verbatims:
        known = {decision["words"]: decision for decision in decisions.get(verbatim.pk, ())}
        for segment in verbatim.segments.order_by("position") if known else ():
            decision = known.pop(_mark(verbatim.body[segment.start : segment.end]), None)
            if decision is not None:
                _apply(decision, segment, people, merged)
    SetAsideDecisions.objects.filter(verbatim_id__in=decisions).delete()


def _mark(words: str) -> str:
    return hmac.digest(bytes.fromhex(settings.FINGERPRINT_KEY), words.encode(), "sha256").hex()


def _decision(segment: Segment, body: str) -> Decision:
    return {
        "words": _mark(body[segment.start : segment.end]),
        "start": segment.start,
        "nature": _judged(segment, "nature"),
        "polarity": _judged(segment, "polarity"),
        "corrected": _when(segment.corrected_by_id, segment.corrected_at),
        "checked": _when(segment.checked_by_id, segment.checked_at),
        "codes": [
            {name: getattr(code, name) for name in _CODE} | {"coded_at": code.coded_at.isoformat()}
            for code in segment.said  # type: ignore[attr-defined]
        ],
    }


def _judged(segment: Segment, name: str) -> list[Any] | None:
    if getattr(segment, f"{name}_origin") != Origin.PERSON:
        return None
    return [getattr(segment, name), getattr(segment, f"{name}_confidence")]


def _when(user_id: int | None, moment: datetime | None) -> list[Any] | None:
    return [user_id, moment.isoformat()] if moment else None


def _people(decisions: dict[int, list[Decision]]) -> set[int]:
    """Who of those that said something still has an account."""
    ids: set[int] = set()
    for decision in (one for found in decisions.values() for one in found):
        ids.update(code["coded_by_id"] or 0 for code in decision["codes"])
        ids.update(said[0] or 0 for said in (decision["corrected"], decision["checked"]) if said)
    return set(get_user_model().objects.filter(pk__in=ids).values_list("pk", flat=True)) if ids else set()


def _merged_themes() -> dict[int, int]:
    """Themes merged since, with the theme that holds their codes now: the last one, where that was merged in turn."""
    into = dict(Theme.objects.exclude(merged_into=None).values_list("pk", "merged_into_id"))
    found: dict[int, int] = {}
    for theme in into:
        seen, at = {theme}, into[theme]
        while at in into and at not in seen:
            seen.add(at)
            at = into[at]
        found[theme] = at
    return found


def _apply(decision: Decision, segment: Segment, people: set[int], merged: dict[int, int]) -> None:
    for name in ("nature", "polarity"):
        if decision[name]:
            value, confidence = decision[name]
            setattr(segment, name, value)
            setattr(segment, f"{name}_confidence", confidence)
            setattr(segment, f"{name}_origin", Origin.PERSON)
            setattr(segment, f"{name}_engine", "")
            setattr(segment, f"{name}_evidence", [])
    for name in ("corrected", "checked"):
        if decision[name]:
            user_id, moment = decision[name]
            setattr(segment, f"{name}_by_id", user_id if user_id in people else None)
            setattr(segment, f"{name}_at", datetime.fromisoformat(moment))
    if decision["checked"]:  # somebody said that these were all its themes
        segment.codes.filter(origin=Origin.MACHINE, coded_by=None).delete()
        segment.unsure_themes = []
    segment.save()
    moved = segment.start - decision["start"]
    for code in decision["codes"]:
        _give(segment, code, moved, people, merged)


def _give(segment: Segment, code: dict[str, Any], moved: int, people: set[int], merged: dict[int, int]) -> None:
    given = {name: code[name] for name in _CODE if name not in {"theme_id", "evidence", "coded_by_id"}}
    given["evidence"] = [[start + moved, end + moved] for start, end in code["evidence"]]
    given["coded_by_id"] = code["coded_by_id"] if code["coded_by_id"] in people else None
    theme_id = merged.get(code["theme_id"], code["theme_id"])
    row, _ = SegmentTheme.objects.update_or_create(segment=segment, theme_id=theme_id, defaults=given)
    SegmentTheme.objects.filter(pk=row.pk).update(coded_at=datetime.fromisoformat(code["coded_at"]))
