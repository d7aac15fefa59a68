"""What a coder finds in a verbatim, blind; and saying that one has finished."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ecoute.coding.enums import State
from ecoute.coding.errors import CodingError, RoundClosedError
from ecoute.coding.models import Reading, Round, RoundCoder, RoundItem
from ecoute.coding.queries.desk import desk_of
from ecoute.core import audit
from ecoute.directory.facade import Permission, scope_of
from ecoute.verbatims.facade import coding_themes, readable_among


@transaction.atomic
def save_reading(*, item: RoundItem, themes: Iterable[int], unsure: bool = False, note: str = "", by: Any) -> Reading:
    """Keeps what ``by`` found; an empty list says « none of these themes ». The last saved wins, never two.

    Refuses somebody who does not code this verbatim (PermissionDenied), a theme that cannot be given (CodingError), a
    round or a part that is finished (RoundClosedError).
    """
    _part(_open(item.round_id), by)
    if item.verbatim_id not in readable_among([item.verbatim_id], scope_of(by, Permission.CODE)):
        raise PermissionDenied
    given = sorted(set(themes))
    book = coding_themes(item.round.codebook_id)
    if book is None or not book.ids.issuperset(given):
        raise CodingError(_("Un de ces thèmes n’est plus au plan de codage : choisissez-en un autre."))
    reading, _made = Reading.objects.update_or_create(
        item=item, coder=by, defaults={"themes": given, "unsure": unsure, "note": note.strip()}
    )
    return reading


@transaction.atomic
def finish(*, round_: Round, by: Any) -> None:
    """Says that ``by`` has read everything they can: the own readings no longer change. Once all have, the round
    passes on to its disagreements. Writes an audit entry. Refuses (CodingError) while verbatims remain."""
    part = _part(_open(round_.pk), by)
    remaining = desk_of(round_, by)
    if not remaining.complete:
        raise CodingError(_("Il reste des verbatims à coder."))
    part.finished_at = timezone.now()
    part.save(update_fields=["finished_at"])
    audit.record("coding.coder_finished", by=by, target=round_, verbatims=remaining.done)
    if not RoundCoder.objects.filter(round=round_, finished_at=None).exists():
        Round.objects.filter(pk=round_.pk).update(state=State.DISCUSSED)


def _open(pk: int) -> Round:
    """The round, held so that nobody closes it meanwhile."""
    held = Round.objects.select_for_update().get(pk=pk)
    if held.state != State.OPEN:
        raise RoundClosedError(_("Le codage de cette séance est terminé : plus rien n’y change."))
    return held


def _part(round_: Round, by: Any) -> RoundCoder:
    part = RoundCoder.objects.filter(round=round_, coder_id=by.pk).first()
    if part is None:
        raise PermissionDenied
    if part.finished_at is not None:
        raise RoundClosedError(_("Vous avez terminé cette séance : vos réponses ne changent plus."))
    return part
