"""Who may do what in the coding room.

A manager edits the codebook on the whole tree: draws, settles, closes. A coder is named in the round and holds CODE
somewhere. A reader reads the whole tree: sees the results of closed rounds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ecoute.coding.enums import State
from ecoute.coding.models import Round, RoundCoder
from ecoute.directory.facade import Permission, can, can_everywhere

ENOUGH = 0.61  # substantial agreement (Landis and Koch, Biometrics 33, 1977)
TARGET = 0.70  # what a codebook should reach before its figures are published
LARGEST = 2000  # verbatims in a round: beyond, nobody finishes


@dataclass(frozen=True, slots=True)
class Sight:
    """What somebody is to one round. ``unfinished``: a coder whose own readings are not complete, so codes blind."""

    manager: bool
    coder: bool
    reader: bool
    unfinished: bool

    def sees_readings(self, state: str) -> bool:
        """Whether what the coders found may be seen: never by somebody who still codes."""
        if state == State.CLOSED:
            return self.manager or self.coder or self.reader
        if self.unfinished:
            return False
        return self.manager or (self.coder and state == State.DISCUSSED)


def manages(user: Any) -> bool:
    """Whether ``user`` draws, settles and closes rounds."""
    return can_everywhere(user, Permission.EDIT_CODEBOOK) and can_everywhere(user, Permission.READ)


def sees_every_round(user: Any) -> bool:
    return can_everywhere(user, Permission.READ)


def sight_of(user: Any, round_: Round) -> Sight | None:
    """None for somebody to whom the round does not exist. One query beside the user's rights."""
    part = RoundCoder.objects.filter(round=round_, coder_id=user.pk).first() if can(user, Permission.CODE) else None
    reader = sees_every_round(user)
    if part is None and not reader:
        return None
    unfinished = part is not None and part.finished_at is None and round_.state == State.OPEN
    return Sight(manager=manages(user), coder=part is not None, reader=reader, unfinished=unfinished)
