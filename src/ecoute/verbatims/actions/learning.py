"""The machine learns the themes anew from what people said. The former coder serves until the new one is ready.

A crash leaves the former coder: the new row is written whole or not at all.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max, Q
from django.utils import timezone

from ecoute.core import switches
from ecoute.core.jobs.meter import Meter
from ecoute.methods.text.learning import LearnedThemes, learn
from ecoute.methods.text.learning.learned import embedder_id
from ecoute.methods.text.ports import Embedder
from ecoute.verbatims.actions.analysers import current_embedder
from ecoute.verbatims.actions.ask_learning import RECODE_AFTER
from ecoute.verbatims.models import Codebook, LearnedCoder, MaskingDecision, Verbatim
from ecoute.verbatims.queries.codebooks import codebook_for_methods
from ecoute.verbatims.queries.learning import serving_coder
from ecoute.verbatims.queries.teaching import Teaching, teaching_of, vectors_of

KEPT = 3  # coders that keep their weights


def learn_active(progress: Meter) -> dict[str, Any]:
    """Learns the active codebook anew, unless nothing changed since; answers the coder's number as JSON.

    Reads the examples (masked words), learns, and writes a new ``LearnedCoder`` with its weights in one transaction;
    weights of all but the last three are dropped, and of those learned before words were last hidden or withdrawn: they
    may hold these words. Raises ``Codebook.DoesNotExist`` without an active codebook.
    """
    from ecoute.verbatims.actions.themes import enqueue_recoding

    codebook = Codebook.objects.filter(is_active=True).earliest("pk")
    coder, fresh = ensure_learned(codebook, progress)
    if fresh and coder.corrections and switches.is_on(RECODE_AFTER):
        enqueue_recoding(by=None)
    return {"coder": coder.number, "new": fresh, "examples": coder.examples, "corrections": coder.corrections}


def learn_first(progress: Meter) -> None:
    """Before the very first analysis: what the codebook's sentences teach, so that the first words are coded with
    calibrated confidence and « not sure » already. Nothing where a coder serves or there is no active codebook."""
    codebook = Codebook.objects.filter(is_active=True).order_by("pk").first()
    if codebook is None or serving_coder(codebook.pk) is not None:
        return
    coder, _fresh = ensure_learned(codebook, progress)
    if not Verbatim.objects.exclude(analysed_at=None).exists():
        LearnedCoder.objects.filter(pk=coder.pk).update(applied_at=timezone.now())


def ensure_learned(codebook: Codebook, progress: Meter) -> tuple[LearnedCoder, bool]:
    """The coder of the codebook as it is and of everything people said, and whether it was learned now."""
    began, moment = time.monotonic(), timezone.now()
    book = codebook_for_methods(codebook)
    teaching = teaching_of(book)
    embedder = current_embedder()
    known = serving_coder(codebook.pk)
    if known is not None and _is_up_to_date(known, codebook, teaching, embedder):
        return known, False
    progress.total(len(teaching.examples))
    learned = learn(
        teaching.examples,
        [theme.slug for theme in book.leaves()],
        embedder,
        vectors=vectors_of(teaching, embedder),
        cues={theme.slug: theme.cues for theme in book.leaves()},
    )
    progress.advance(len(teaching.examples))
    return _write(codebook, teaching, learned, moment, time.monotonic() - began), True


def _is_up_to_date(coder: LearnedCoder, codebook: Codebook, teaching: Teaching, embedder: Embedder) -> bool:
    return (
        coder.codebook_version == codebook.version
        and coder.report.get("mark") == teaching.mark
        and coder.report.get("embedder") == embedder_id(embedder)
    )


def _last_erased() -> datetime:
    """When words were last hidden by a person, or a verbatim withdrawn."""
    hidden = MaskingDecision.objects.exclude(kind="").aggregate(last=Max("made_at"))["last"]
    gone = Verbatim.objects.aggregate(last=Max("withdrawn_at"))["last"]
    return max((moment for moment in (hidden, gone) if moment), default=datetime.min.replace(tzinfo=UTC))


def _write(
    codebook: Codebook, teaching: Teaching, learned: LearnedThemes, moment: datetime, seconds: float
) -> LearnedCoder:
    """Two processes may learn at once: each takes a number of its own, and the higher serves."""
    fields = {
        "codebook_version": codebook.version,
        "examples": teaching.sentences,
        "corrections": len(teaching.places),
        "report": {
            "themes": learned.report,
            "taught": teaching.taught,
            "mark": teaching.mark,
            "embedder": learned.embedder,
        },
        "weights": learned.to_bytes(),
        "seconds": round(seconds, 2),
        "ready_at": timezone.now(),
    }
    while True:
        last = LearnedCoder.objects.filter(codebook=codebook).order_by("-number").first()
        try:
            with transaction.atomic():
                coder = LearnedCoder.objects.create(codebook=codebook, number=last.number + 1 if last else 1, **fields)
                LearnedCoder.objects.filter(pk=coder.pk).update(made_at=moment)  # when the examples were read
                former = LearnedCoder.objects.filter(codebook=codebook, number__lt=coder.number)
                former.filter(Q(number__lte=coder.number - KEPT) | Q(made_at__lt=_last_erased())).update(weights=None)
        except IntegrityError:
            continue
        coder.made_at = moment
        return coder
