"""Replies of services hide the words that people hid in the verbatim they answer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django.db import transaction

from ecoute.methods.text.documents import MaskedText
from ecoute.methods.text.engines.masking.decided import with_decisions
from ecoute.methods.text.engines.masking.thread import Thread
from ecoute.verbatims.actions.hidden_words import hidden_patterns, hidden_places
from ecoute.verbatims.actions.masked_bodies import fingerprint_of, fits, masked_text
from ecoute.verbatims.actions.raw_content import RawContent, unseal
from ecoute.verbatims.models import Masking, MaskingDecision, RawText, Reply, Verbatim

_PLACEHOLDER = re.compile(r"\[[^\[\]]*\]")


def masked_replies(
    content: RawContent, masked: MaskedText, language: str, said: Sequence[MaskingDecision], pipeline: Any
) -> list[str]:
    """The replies of ``content`` as everybody may read them, with the placeholders of its body ``masked``. What
    ``said`` (decisions about that very body) hides there is hidden in them."""
    thread, found = Thread().begin(content.body, masked), []
    for reply in content.replies:
        hidden = pipeline.mask(reply.text, language)
        if said:
            hidden = with_decisions(reply.text, hidden.spans, hidden_places(content.body, said, reply.text))
        found.append(thread.follow(reply.text, hidden).text)
    return found


def hide_in_replies(verbatim: Verbatim, raw: str, new: MaskedText, decisions: Sequence[MaskingDecision]) -> None:
    """At once, without any engine: the words that ``decisions`` hide in ``raw`` give way, in the replies, to the
    placeholders that ``new`` has for them. Within the caller's transaction."""
    replies = list(Reply.objects.filter(verbatim=verbatim).order_by("position"))
    patterns = hidden_patterns(raw, decisions) if replies else {}
    instead = {}
    for pattern, said in patterns.items():
        spans = [span for span in new.spans if span.raw.start < said.end and span.raw.end > said.start]
        instead[pattern] = new.text[spans[0].masked.start : spans[0].masked.end] if spans else "[…]"
    for reply in replies:
        text = reply.text
        for pattern, placeholder in instead.items():
            text = _replaced(text, pattern, placeholder)
        if text != reply.text:
            Reply.objects.filter(pk=reply.pk).update(text=text)


def mask_replies_again(verbatim_id: int, pipeline: Any) -> None:
    """The replies masked anew with what people say now of the words they answer. Nothing where the verbatim waits for
    its analysis, which does the same. For a job: engines are slow."""
    verbatim = Verbatim.objects.filter(pk=verbatim_id, withdrawn_at=None).exclude(analysed_at=None).first()
    if verbatim is None or not Reply.objects.filter(verbatim=verbatim).exists():
        return
    sealed = RawText.objects.filter(verbatim=verbatim).first()
    masking = Masking.objects.filter(verbatim=verbatim, version=verbatim.masking_version).first()
    if sealed is None or masking is None:
        return
    content, masked = unseal(verbatim.pk, sealed.sealed), masked_text(verbatim, masking)
    if not fits(content.body, masked):
        return
    said = list(
        MaskingDecision.objects.filter(verbatim=verbatim, fingerprint=fingerprint_of(content.body)).order_by("pk")
    )
    texts = masked_replies(content, masked, verbatim.language, said, pipeline)
    with transaction.atomic():
        if Verbatim.objects.select_for_update().filter(pk=verbatim_id, revision=verbatim.revision).first():
            for position, text in enumerate(texts):
                Reply.objects.filter(verbatim_id=verbatim_id, position=position).update(text=text)


def _replaced(text: str, pattern: str, placeholder: str) -> str:
    """Outside what is hidden already."""
    parts, at = [], 0
    for hidden in _PLACEHOLDER.finditer(text):
        parts += [_put(text[at : hidden.start()], pattern, placeholder), hidden[0]]
        at = hidden.end()
    return "".join([*parts, _put(text[at:], pattern, placeholder)])


def _put(text: str, pattern: str, placeholder: str) -> str:
    return re.sub(pattern, lambda _: placeholder, text, flags=re.IGNORECASE)
