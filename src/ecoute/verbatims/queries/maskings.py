"""What is masked in a verbatim, by which engine or by whom. The words themselves are nowhere here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ecoute.verbatims.enums import MaskedKind
from ecoute.verbatims.models import Masking, MaskingDecision, Verbatim

BY_HAND = "person"


@dataclass(frozen=True, slots=True)
class MaskedElement:
    """``number`` counts from 0 in the order of the text. ``said_by``: who hid it, empty when the machine did."""

    number: int
    label: str
    placeholder: str
    start: int
    end: int
    raw_start: int
    raw_end: int
    said_by: str
    said_at: datetime | None


@dataclass(frozen=True, slots=True)
class MaskingView:
    """``engine``: the machine's last. ``undo``: the reader made the last change and may take it back."""

    version: int
    engine: str
    made_at: datetime
    elements: tuple[MaskedElement, ...]
    undo: bool


def masking_of(verbatim: Verbatim, reader: Any) -> MaskingView | None:
    """The present masking; None where there is no record of it. Two queries."""
    maskings = list(Masking.objects.filter(verbatim=verbatim).order_by("version"))
    last = next((one for one in maskings if one.version == verbatim.masking_version), None)
    if last is None:
        return None
    decisions = list(MaskingDecision.objects.filter(verbatim=verbatim).select_related("made_by").order_by("pk"))
    engine = next((one.engine for one in reversed(maskings) if one.engine != BY_HAND), "")
    before = next((one for one in maskings if one.version == last.version - 1), None)
    mine = [one for one in decisions if before and one.made_by_id == reader.pk and one.made_at >= before.made_at]
    return MaskingView(
        version=last.version,
        engine=engine,
        made_at=last.made_at,
        elements=tuple(_element(n, span, verbatim.body, decisions) for n, span in enumerate(last.spans)),
        undo=last.engine == BY_HAND and last.made_by_id == reader.pk and bool(mine),
    )


def _element(number: int, span: list[Any], body: str, decisions: list[MaskingDecision]) -> MaskedElement:
    kind, raw_start, raw_end, start, end = span
    by = next(
        (one for one in reversed(decisions) if one.kind == kind and one.start < raw_end and one.end > raw_start), None
    )
    return MaskedElement(
        number=number,
        label=str(MaskedKind(kind).label) if kind in MaskedKind.values else str(MaskedKind.OTHER.label),
        placeholder=body[start:end],
        start=start,
        end=end,
        raw_start=raw_start,
        raw_end=raw_end,
        said_by=str(by.made_by or "") if by else "",
        said_at=by.made_at if by else None,
    )
