"""Drawing a round: a simple random sample without replacement, which anybody can draw again from its seed."""

from __future__ import annotations

import random
import secrets
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from ecoute.coding.enums import Purpose
from ecoute.coding.errors import CodingError
from ecoute.coding.models import Round, RoundCoder, RoundItem
from ecoute.coding.queries.frame import Frame
from ecoute.coding.rules import LARGEST, manages
from ecoute.core import audit
from ecoute.core.counters import current_number
from ecoute.ui.typography import number
from ecoute.verbatims.facade import coding_themes, keep_for_measuring

SEEDS = 2**53  # what any spreadsheet still writes exactly


@transaction.atomic
def draw_round(
    *,
    name: str,
    purpose: str,
    frame: Frame,
    size: int,
    coders: Sequence[int],
    guidance: str = "",
    seed: int | None = None,
    by: Any,
) -> Round:
    """A round of ``size`` verbatims drawn from ``frame``, in the order all coders read them.

    Refuses (``CodingError``, with the field) an empty or too small frame, fewer than two coders, a coder who may not
    code the whole frame, and a missing codebook; ``PermissionDenied`` to somebody who manages no rounds. With the
    purpose of measuring, its verbatims are kept apart from training in the same transaction. One audit entry.
    """
    if not manages(by):
        raise PermissionDenied
    book = coding_themes()
    if book is None or not book.themes:
        raise CodingError(_("Il n’y a pas encore de plan de codage. Chargez-en un, puis revenez."))
    _check(frame, size, coders)
    seed = secrets.randbelow(SEEDS) if seed is None else seed
    ids = sample(frame.ids, size, seed)
    drawn = Round.objects.create(
        name=name,
        purpose=Purpose(purpose),
        query=frame.query,
        frame=frame.size,
        last_verbatim=max(frame.ids),
        seed=seed,
        revision=current_number("verbatims"),
        codebook_id=book.codebook_id,
        codebook_version=book.version,
        guidance=guidance,
        created_by=by,
    )
    RoundCoder.objects.bulk_create(RoundCoder(round=drawn, coder_id=coder) for coder in coders)
    RoundItem.objects.bulk_create(
        RoundItem(round=drawn, verbatim_id=pk, position=position) for position, pk in enumerate(ids, 1)
    )
    if purpose == Purpose.MEASURING:
        keep_for_measuring(ids)
    audit.record(
        "coding.round_drawn", by=by, target=drawn, verbatims=size, frame=frame.size, seed=seed, coders=len(coders)
    )
    return drawn


def sample(ids: Sequence[int], size: int, seed: int) -> list[int]:
    """``size`` of ``ids`` without replacement, each subset as likely, in random order; the same for the same seed."""
    return random.Random(seed).sample(sorted(ids), size)  # noqa: S311 – repeatable on purpose


def _check(frame: Frame, size: int, coders: Sequence[int]) -> None:
    if not frame.size:
        raise CodingError(_("Aucun verbatim ne répond à ces filtres : retirez-en un, puis tirez de nouveau."), "size")
    if size > frame.size:
        raise CodingError(
            _("Il n’y a que %(n)s verbatims à tirer : demandez-en moins, ou retirez un filtre.")
            % {"n": number(frame.size)},
            "size",
        )
    if not 0 < size <= LARGEST:
        raise CodingError(_("Demandez entre 1 et %(n)s verbatims.") % {"n": number(LARGEST)}, "size")
    if len(set(coders)) < 2:
        raise CodingError(_("Choisissez au moins deux personnes : l’accord se mesure à plusieurs."), "coders")
    if not set(coders) <= {holder.id for holder in frame.coders}:
        raise CodingError(
            _("Une de ces personnes ne peut pas coder tous ces verbatims : retirez-la, ou restreignez le tirage."),
            "coders",
        )
