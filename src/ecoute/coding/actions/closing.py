"""Closing a round freezes it; reopening goes back to its disagreements; deleting gives its verbatims back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ecoute.coding.enums import Purpose, State
from ecoute.coding.errors import CodingError, RoundClosedError
from ecoute.coding.models import Round, RoundItem
from ecoute.coding.queries.board import Board, board_of
from ecoute.coding.rules import manages
from ecoute.core import audit
from ecoute.verbatims.facade import release


@transaction.atomic
def close_round(*, round_: Round, by: Any) -> None:
    """Freezes the round. What all found alike is settled so; what not everybody read stays out of the measure.

    Refuses (CodingError) while disagreements remain or fewer than two people have coded the same verbatims; a second
    closing changes nothing. Writes an audit entry.
    """
    held = _managed(round_, by)
    if held.state == State.CLOSED:
        return
    board = board_of(held)
    if not board.read_by_all:
        raise CodingError(_("Aucun verbatim n’a encore été codé par deux personnes : la séance ne mesurerait rien."))
    if board.unsettled:
        raise CodingError(_("Il reste des désaccords à régler avant de clore."))
    _settle_alike(board)
    RoundItem.objects.filter(round=held).exclude(pk__in=[item.id for item in board.read_by_all]).update(themes=None)
    Round.objects.filter(pk=held.pk).update(state=State.CLOSED, closed_at=timezone.now())
    left_out = len(board.items) - len(board.read_by_all) + board.lost
    audit.record("coding.round_closed", by=by, target=held, verbatims=len(board.read_by_all), left_out=left_out)


def _settle_alike(board: Board) -> None:
    alike: dict[frozenset[int], list[int]] = {}
    for item in board.read_by_all:
        if item.agreed:
            alike.setdefault(next(iter(item.readings.values())).themes, []).append(item.id)
    for themes, ids in alike.items():
        RoundItem.objects.filter(pk__in=ids).update(themes=sorted(themes), settled_by=None, settled_at=None)


@transaction.atomic
def reopen_round(*, round_: Round, by: Any) -> None:
    """Back to the disagreements: it no longer measures, and its verbatims stay kept apart. Writes an audit entry."""
    held = _managed(round_, by)
    if held.state != State.CLOSED:
        raise RoundClosedError(_("Cette séance n’est pas terminée : il n’y a rien à rouvrir."))
    Round.objects.filter(pk=held.pk).update(state=State.DISCUSSED, closed_at=None)
    audit.record("coding.round_reopened", by=by, target=held)


@transaction.atomic
def delete_round(*, round_: Round, by: Any) -> None:
    """Erases the round with its readings; the machine may learn again from verbatims that no other round keeps.
    Writes an audit entry."""
    held = _managed(round_, by)
    ids = set(held.items.values_list("verbatim_id", flat=True))
    audit.record("coding.round_deleted", by=by, target=held, verbatims=len(ids))
    held.delete()
    if round_.purpose == Purpose.MEASURING:
        release(sorted(ids - _kept_by_others(ids)))


def _kept_by_others(ids: Iterable[int]) -> set[int]:
    others = RoundItem.objects.filter(round__purpose=Purpose.MEASURING, verbatim_id__in=list(ids))
    return set(others.values_list("verbatim_id", flat=True))


def _managed(round_: Round, by: Any) -> Round:
    if not manages(by):
        raise PermissionDenied
    return Round.objects.select_for_update().get(pk=round_.pk)
