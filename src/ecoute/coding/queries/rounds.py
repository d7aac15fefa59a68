"""The rounds somebody may see, with their progress and the next step for the reader."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from ecoute.coding.enums import State
from ecoute.coding.models import Reading, Round, RoundCoder, RoundItem
from ecoute.coding.queries.board import EVERYTHING
from ecoute.coding.rules import manages, sees_every_round
from ecoute.directory.facade import Permission, can
from ecoute.verbatims.facade import readable_among


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one coder is."""

    coder_id: int
    name: str
    done: int
    finished: bool


@dataclass(frozen=True, slots=True)
class Step:
    """What the reader does next in a round."""

    label: str
    href: str


@dataclass(frozen=True, slots=True)
class RoundLine:
    """A round in the list. ``total``: verbatims that can still be read; ``step`` is None when nothing is asked."""

    round: Round
    coders: tuple[Progress, ...]
    total: int
    step: Step | None
    href: str

    @property
    def finished(self) -> int:
        return sum(coder.finished for coder in self.coders)

    def progress_of(self, user_id: int) -> Progress | None:
        return next((coder for coder in self.coders if coder.coder_id == user_id), None)


def rounds_in_sight(user: Any) -> QuerySet[Round]:
    """All of them for those who read the whole tree; the own ones for a coder."""
    rounds = Round.objects.order_by("-id")
    if sees_every_round(user):
        return rounds
    return rounds.filter(coders__coder_id=user.pk) if can(user, Permission.CODE) else rounds.none()


def round_lines(user: Any, rounds: QuerySet[Round] | None = None) -> list[RoundLine]:
    """Five queries whatever the number of rounds, beside those of the reader's rights."""
    coders = RoundCoder.objects.select_related("coder").order_by("pk")
    shown = list(
        (rounds_in_sight(user) if rounds is None else rounds).prefetch_related(Prefetch("coders", queryset=coders))
    )
    read, totals, manager = _read(shown), _totals(shown), manages(user)
    return [_line(one, read, totals.get(one.pk, 0), user, manager) for one in shown]


def waiting_for(user: Any) -> list[RoundLine]:
    """Rounds that ask something of ``user`` now: verbatims to code, or disagreements to settle. One query when none."""
    mine = RoundCoder.objects.filter(coder_id=user.pk, finished_at=None).values("round_id")
    waiting = Q(state=State.OPEN, pk__in=mine)
    if manages(user):
        waiting |= Q(state=State.DISCUSSED)
    ids = list(rounds_in_sight(user).filter(waiting).values_list("pk", flat=True))
    return round_lines(user, Round.objects.filter(pk__in=ids).order_by("-id")) if ids else []


def _line(one: Round, read: dict[tuple[int, int], int], total: int, user: Any, manager: bool) -> RoundLine:
    coders = tuple(
        Progress(part.coder_id, str(part.coder), read.get((one.pk, part.coder_id), 0), part.finished_at is not None)
        for part in one.coders.all()
    )
    href = reverse("coding:round", args=[one.pk])
    return RoundLine(one, coders, total, _step(one, coders, user, manager), href)


def _step(one: Round, coders: Iterable[Progress], user: Any, manager: bool) -> Step | None:
    mine = next((coder for coder in coders if coder.coder_id == user.pk), None)
    if one.state == State.OPEN and mine and not mine.finished:
        label = _("Continuer à coder") if mine.done else _("Commencer à coder")
        return Step(label, reverse("coding:code", args=[one.pk]))
    if one.state == State.DISCUSSED and (manager or mine):
        label = _("Régler les désaccords") if manager else _("Lire les désaccords")
        return Step(label, reverse("coding:disagreements", args=[one.pk]))
    if one.state == State.CLOSED:
        return Step(_("Lire l’accord"), reverse("coding:agreement", args=[one.pk]))
    return None


def _read(rounds: list[Round]) -> dict[tuple[int, int], int]:
    rows = (
        Reading.objects.filter(item__round__in=rounds)
        .order_by()
        .values_list("item__round_id", "coder_id")
        .annotate(n=Count("pk"))
    )
    return {(round_id, coder_id): n for round_id, coder_id, n in rows}


def _totals(rounds: list[Round]) -> dict[int, int]:
    pairs = list(RoundItem.objects.filter(round__in=rounds).order_by("pk").values_list("round_id", "verbatim_id"))
    readable = readable_among({verbatim_id for _, verbatim_id in pairs}, EVERYTHING)
    totals: dict[int, int] = {}
    for round_id, verbatim_id in pairs:
        totals[round_id] = totals.get(round_id, 0) + (verbatim_id in readable)
    return totals
