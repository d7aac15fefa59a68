"""The pipeline that codes with the active codebook and what was learned of it, kept ready in this process."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.conf import settings

from ecoute.methods.text import codebooks as pure
from ecoute.methods.text.learning import LearnedThemes, StaleWeightsError
from ecoute.methods.text.pipeline import Pipeline
from ecoute.methods.text.ports import Embedder
from ecoute.verbatims.models import Codebook, LearnedCoder
from ecoute.verbatims.pipelines import make_pipeline, profile
from ecoute.verbatims.queries.codebooks import codebook_for_methods
from ecoute.verbatims.queries.learning import serving_coder

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Analyser:
    """A pipeline with what must be written beside everything it says. ``coder``: the number of the learned coder that
    finds the themes, 0 where cues and examples alone do."""

    pipeline: Pipeline
    codebook_id: int
    codebook_version: int
    theme_ids: dict[str, int]  # slug → id
    engines: dict[str, str]  # step → "engine version"
    coder: int = 0


def current_analyser() -> Analyser:
    """The analyser of the active codebook at its present version, with the newest coder that is ready.

    Raises ``Codebook.DoesNotExist`` without an active codebook.
    """
    codebook = Codebook.objects.filter(is_active=True).order_by("pk").first()
    if codebook is None:
        raise Codebook.DoesNotExist("no active codebook: run « ecoute init » or load the default one")
    coder = serving_coder(codebook.pk)
    return _analyser(codebook.pk, codebook.version, codebook.updated_at, coder.pk if coder else None, _chosen())


def current_embedder() -> Embedder:
    """The encoder of segments, the same as the analyser's."""
    return _base(_chosen()).embedder


def _chosen() -> tuple[str, str]:
    """The settings that decide which engines there are."""
    return profile(), settings.ENGINES


@lru_cache(maxsize=2)
def _analyser(
    codebook_id: int, version: int, changed_at: datetime, coder_id: int | None, chosen: tuple[str, str]
) -> Analyser:
    codebook = Codebook.objects.get(pk=codebook_id)
    book = codebook_for_methods(codebook)
    coder = LearnedCoder.objects.filter(pk=coder_id).first() if coder_id is not None else None
    learned = _learned(coder)
    # Weights of the other engines do not depend on the codebook: they are loaded once a process.
    pipeline = replace(_base(chosen), themes=make_pipeline(book, learned).themes)
    return Analyser(
        pipeline=pipeline,
        codebook_id=codebook_id,
        codebook_version=version,
        theme_ids=dict(codebook.themes.values_list("slug", "pk")),
        engines=pipeline.engines_used(),
        coder=coder.number if coder is not None and learned is not None else 0,
    )


@lru_cache(maxsize=1)
def _base(chosen: tuple[str, str]) -> Pipeline:
    return make_pipeline(pure.Codebook(slug="none", version="0", themes=()))


def _learned(coder: LearnedCoder | None) -> dict[str, Any] | None:
    """What the engine « learned » takes; None without a coder, or when its weights are of another encoder or format:
    cues and examples code until the machine has learned again."""
    if coder is None or coder.weights is None:
        return None
    try:
        learned = LearnedThemes.from_bytes(bytes(coder.weights))
        learned.check(current_embedder())
    except StaleWeightsError as stale:
        logger.warning("coder %s is set aside: %s", coder.number, stale)
        return None
    taught = {slug: given + refused for slug, (given, refused) in coder.report["taught"].items()}
    return {"learned": learned, "number": coder.number, "taught": taught}
