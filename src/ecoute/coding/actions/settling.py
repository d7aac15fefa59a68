"""What is agreed in the end on a verbatim that coders read differently."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ecoute.coding.enums import State
from ecoute.coding.errors import CodingError, RoundClosedError
from ecoute.coding.models import Round, RoundItem
from ecoute.coding.queries.board import board_of
from ecoute.coding.rules import sight_of


@transaction.atomic
def settle(*, item: RoundItem, themes: Iterable[int], note: str = "", by: Any) -> None:
    """Says what was agreed, and why. Refuses somebody who does not manage the round or still codes it
    (PermissionDenied), a closed round (RoundClosedError), a theme of no coder that is not in the codebook, and a
    verbatim that not everybody has read (CodingError)."""
    board = board_of(_held(item.round_id, by))
    known = board.item(item.position)
    if known is None or known not in board.read_by_all:
        raise CodingError(_("Ce verbatim n’a pas encore été lu par tout le monde."))
    given = frozenset(themes)
    if not given <= board.book.ids.union(*(found.themes for found in known.readings.values())):
        raise CodingError(_("Un de ces thèmes n’est plus au plan de codage : choisissez-en un autre."))
    RoundItem.objects.filter(pk=item.pk).update(
        themes=sorted(given), note=note.strip(), settled_by=by, settled_at=timezone.now()
    )


@transaction.atomic
def unsettle(*, item: RoundItem, by: Any) -> None:
    """Opens the question again; the note stays. Refuses like ``settle``."""
    _held(item.round_id, by)
    RoundItem.objects.filter(pk=item.pk).update(themes=None, settled_by=None, settled_at=None)


def _held(pk: int, by: Any) -> Round:
    held = Round.objects.select_for_update().get(pk=pk)
    sight = sight_of(by, held)
    if sight is None or not sight.manager or sight.unfinished:
        raise PermissionDenied
    if held.state == State.CLOSED:
        raise RoundClosedError(_("Cette séance est terminée : rouvrez-la pour y changer quelque chose."))
    return held
