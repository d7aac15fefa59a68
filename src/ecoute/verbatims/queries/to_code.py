"""Which verbatims to code next, so that the machine learns most: those it hesitates on, and that differ.

Uncertain first: passages with a theme near its threshold, given or doubted, more so where people taught little of that
theme. Then varied: each choice is far in meaning from those already chosen and from those already coded (greedy
k-centre, weighed by the hesitation), so that ten alike are not shown. Never a verbatim kept for measuring.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from django.db.models import Count, Q, QuerySet

from ecoute.directory.facade import Scope
from ecoute.methods.text.vectors import from_bytes
from ecoute.verbatims.models import Embedding, Segment, SegmentTheme, Theme, Verbatim
from ecoute.verbatims.queries.teaching import SAID_BY_PEOPLE

POOL = 3_000  # hesitations looked at
VARIED = 400  # verbatims among which to choose
SEEN = 400  # coded verbatims to stay away from
FAR = 0.6  # distance (1 − cosine) above which two texts are of other things
HALF = 5  # passages taught at which a theme is half as urgent


@dataclass(frozen=True, slots=True)
class Doubt:
    """A theme that the machine hesitates on in a verbatim: probability, whether it was given, how many passages people
    taught of it."""

    theme_id: int
    probability: float
    given: bool
    taught: int
    weight: float  # how much it teaches, 0–1, an ordering


NOTHING_FOUND = Doubt(0, 0.0, False, 0, 0.1)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A verbatim to code, and why."""

    verbatim: Verbatim
    theme: str  # label; empty where no theme was found at all
    doubt: Doubt
    far: bool  # unlike what was coded so far


def next_to_code(scope: Scope, *, skip: Sequence[int] = (), limit: int = 10) -> list[Proposal]:
    """At most ``limit`` verbatims of the scope, best first. ``skip``: ids put off. Empty: nothing is left to code."""
    doubts = _doubts(scope, skip)
    if len(doubts) < limit:
        doubts |= dict.fromkeys(_silent(scope, [*skip, *doubts], limit - len(doubts)), NOTHING_FOUND)
    best = sorted(doubts, key=lambda pk: (-doubts[pk].weight, pk))[:VARIED]
    chosen, distances = _varied(best, [doubts[pk].weight for pk in best], limit)
    rows = Verbatim.objects.in_bulk(chosen)
    labels = {theme.pk: theme.label for theme in Theme.objects.filter(codebook__is_active=True)}
    return [
        Proposal(rows[pk], labels.get(doubts[pk].theme_id, ""), doubts[pk], distance > FAR)
        for pk, distance in zip(chosen, distances, strict=True)
    ]


def why(verbatim: Verbatim) -> Proposal:
    """The same for one verbatim, whatever has become of it since it was proposed."""
    labels = {theme.pk: theme.label for theme in Theme.objects.filter(codebook__is_active=True)}
    doubt = _doubts_among(Verbatim.objects.filter(pk=verbatim.pk)).get(verbatim.pk, NOTHING_FOUND)
    return Proposal(verbatim, labels.get(doubt.theme_id, ""), doubt, far=False)


def candidates(scope: Scope) -> QuerySet[Verbatim]:
    """Verbatims of the scope that may teach and that nobody has coded yet."""
    rows = Verbatim.objects.filter(
        withdrawn_at=None, masking_version__gt=0, kept_for_measuring=False, duplicate_of=None
    )
    if not scope.everything:
        rows = rows.filter(concerned__service_id__in=scope.service_ids)
    seen = Segment.objects.filter(Q(checked_at__isnull=False) | Q(codes__in=_said())).values("verbatim")
    return rows.exclude(pk__in=seen)


def _said() -> QuerySet[SegmentTheme]:
    return SegmentTheme.objects.filter(SAID_BY_PEOPLE)


def _doubts(scope: Scope, skip: Sequence[int]) -> dict[int, Doubt]:
    return _doubts_among(candidates(scope).exclude(pk__in=list(skip)))


def _doubts_among(verbatims: QuerySet[Verbatim]) -> dict[int, Doubt]:
    """By verbatim id, the theme that teaches most. Two reads of at most ``POOL`` rows."""
    open_ones = verbatims.values("pk")
    taught = _taught()
    active = set(Theme.objects.filter(codebook__is_active=True, retired_at=None).values_list("pk", flat=True))
    unsure = (
        Segment.objects.filter(verbatim__in=open_ones)
        .exclude(unsure_themes=[])
        .order_by("-pk")
        .values_list("verbatim_id", "unsure_themes")[:POOL]
    )
    found: dict[int, Doubt] = {}
    rows = [(pk, theme, share, False) for pk, themes in unsure for theme, share, _ in themes]
    given = (
        SegmentTheme.objects.filter(segment__verbatim__in=open_ones, origin="machine", coded_by=None, rejected=False)
        .order_by("confidence")
        .values_list("segment__verbatim_id", "theme_id", "confidence")[:POOL]
    )
    rows += [(pk, theme, share, True) for pk, theme, share in given]
    for pk, theme, share, is_given in rows:
        if theme not in active:
            continue
        count = taught.get(theme, 0)
        doubt = Doubt(theme, share, is_given, count, _hesitation(share) * (0.5 + 0.5 * HALF / (HALF + count)))
        known = found.get(pk)
        if known is None or doubt.weight > known.weight:
            found[pk] = doubt
    return found


def _hesitation(probability: float) -> float:
    """1 at a half, 0 where the machine is sure of yes or no."""
    return 1.0 - abs(2.0 * probability - 1.0)


def _taught() -> dict[int, int]:
    """By theme id, how many passages people coded with it."""
    counted = _said().values_list("theme_id").annotate(n=Count("pk")).order_by("theme_id")
    return dict(counted)


def _silent(scope: Scope, skip: Sequence[int], limit: int) -> list[int]:
    """Where nothing is doubted, verbatims without any theme: the machine may have missed something. The newest."""
    rows = candidates(scope).exclude(pk__in=list(skip)).exclude(segments__codes__isnull=False)
    return list(rows.order_by("-pk").values_list("pk", flat=True).distinct()[: limit * 5])


def _varied(ids: Sequence[int], weights: Sequence[float], limit: int) -> tuple[list[int], list[float]]:
    """Greedy k-centre: the most hesitant first, then each time the one for which hesitation × distance to everything
    chosen or coded is greatest. Answers ids and these distances (1 − cosine; 1 where there is no vector)."""
    if not ids:
        return [], []
    vectors, known = _vectors(ids)
    weight = np.array(weights)
    nearest = np.where(known, 1.0, 0.6)
    coded = list(Segment.objects.filter(codes__in=_said()).order_by("-pk").values_list("verbatim_id", flat=True)[:SEEN])
    if coded:
        others, have = _vectors(list(dict.fromkeys(coded)))
        if have.any() and others.shape[1] == vectors.shape[1]:
            nearest = np.where(known, np.minimum(nearest, 1.0 - (vectors @ others[have].T).max(axis=1)), nearest)
    chosen: list[int] = []
    distances: list[float] = []
    left = np.ones(len(ids), bool)
    while left.any() and len(chosen) < limit:
        at = int(np.argmax(np.where(left, weight * np.clip(nearest, 0.01, 1.0), -1.0)))
        chosen.append(ids[at])
        distances.append(float(nearest[at]))
        left[at] = False
        if known[at]:
            nearest = np.where(known, np.minimum(nearest, 1.0 - vectors @ vectors[at]), nearest)
    return chosen, distances


def _vectors(ids: Sequence[int]) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.bool_]]:
    """Unit vectors in the order of ``ids`` (zeros where there is none), and which have one."""
    stored = {pk: from_bytes(bytes(v)) for pk, v in Embedding.objects.filter(pk__in=ids).values_list("pk", "vector")}
    size = max((len(v) for v in stored.values()), default=1)
    out = np.zeros((len(ids), size), np.float32)
    known = np.zeros(len(ids), bool)
    for i, pk in enumerate(ids):
        vector = stored.get(pk)
        if vector is not None and len(vector) == size:
            out[i], known[i] = vector, True
    return out, known
