"""A verbatim's masking as the pure methods want it, and what people decided of it."""

from __future__ import annotations

import hmac
import logging
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.conf import settings

from ecoute.methods.text.documents import AnalysedDocument, Document, MaskedSpan, MaskedText, Span
from ecoute.methods.text.engines.masking.decided import with_decisions
from ecoute.methods.text.ports import EngineUnavailableError
from ecoute.verbatims.actions.raw_content import RawContent
from ecoute.verbatims.models import Masking, MaskingDecision, Verbatim

logger = logging.getLogger(__name__)


def fingerprint_of(body: str) -> str:
    """Tells whether a raw body is the one that a decision was about. Keyed: nobody can try words against it."""
    return hmac.digest(bytes.fromhex(settings.FINGERPRINT_KEY), body.encode(), "sha256").hex()


def masked_text(verbatim: Verbatim, masking: Masking) -> MaskedText:
    """The masked body of a verbatim with the spans of its present masking."""
    return MaskedText(verbatim.body, spans_of(masking.spans))


def spans_of(rows: Sequence[Sequence[Any]]) -> tuple[MaskedSpan, ...]:
    """``Masking.spans`` as records."""
    return tuple(MaskedSpan(kind, Span(a, b), Span(start, end)) for kind, a, b, start, end in rows)


def rows_of(spans: Sequence[MaskedSpan]) -> list[list[Any]]:
    """The contrary of ``spans_of``."""
    return [[s.kind, s.raw.start, s.raw.end, s.masked.start, s.masked.end] for s in spans]


def fits(raw: str, masked: MaskedText) -> bool:
    """Whether ``masked`` is a masking of these raw words: outside its placeholders both say the same."""
    at = there = 0
    for span in masked.spans:
        if raw[at : span.raw.start] != masked.text[there : span.masked.start]:
            return False
        at, there = span.raw.end, span.masked.end
    return raw[at:] == masked.text[there:]


def hides_more(new: Sequence[MaskedSpan], old: Sequence[MaskedSpan]) -> bool:
    """Whether ``new`` hides a character of the raw text that ``old`` showed. Of other raw words nobody can tell: true
    wherever the places differ."""
    shown = {(s.raw.start, s.raw.end) for s in new} - {(s.raw.start, s.raw.end) for s in old}
    return any(not any(o.raw.start <= start and end <= o.raw.end for o in old) for start, end in shown)


Said = dict[int, list[MaskingDecision]]


def decisions_in_force(contents: Sequence[RawContent]) -> Said:
    """By verbatim id, what people decided to hide or show in these very words, in order. One query."""
    decided: Said = {}
    for decision in MaskingDecision.objects.filter(verbatim_id__in=[c.verbatim_id for c in contents]).order_by("pk"):
        decided.setdefault(decision.verbatim_id, []).append(decision)
    said: Said = {}
    for content in contents:
        if content.verbatim_id in decided:
            mark = fingerprint_of(content.body)
            about = [one for one in decided[content.verbatim_id] if hmac.compare_digest(one.fingerprint, mark)]
            said |= {content.verbatim_id: about} if about else {}
    return said


def follow_decisions(
    contents: Sequence[RawContent], found: dict[str, AnalysedDocument], said: Said, pipeline: Any
) -> dict[str, AnalysedDocument]:
    """``found`` (by key, the verbatim's id) with what people said (``decisions_in_force``); texts that are thereby
    others are analysed again."""
    for content in contents:
        key = str(content.verbatim_id)
        if content.verbatim_id in said and key in found:
            _follow(found, key, content.body, said[content.verbatim_id], pipeline)
    return found


def _follow(found: dict[str, AnalysedDocument], key: str, raw: str, said: list[MaskingDecision], pipeline: Any) -> None:
    """A text that breaks an engine leaves ``found``: it is marked failed, the others go on."""
    try:
        found[key] = _followed(raw, found[key], said, pipeline)
    except EngineUnavailableError:
        raise  # the words wait
    except Exception:
        logger.exception("verbatim %s could not be analysed as people masked it", key)
        del found[key]


def _followed(raw: str, found: AnalysedDocument, said: list[MaskingDecision], pipeline: Any) -> AnalysedDocument:
    masked = with_decisions(raw, found.masked.spans, said)
    if masked.text == found.masked.text:
        return replace(found, masked=masked)
    again: AnalysedDocument = next(
        pipeline.code_masked([Document(key=found.key, text=masked.text, language=found.language)])
    )
    return replace(again, masked=masked, language_confidence=found.language_confidence, notes=found.notes)
