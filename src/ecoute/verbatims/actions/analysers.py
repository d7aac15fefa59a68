"""The pipeline that codes with the active codebook, kept ready in this process."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from ecoute.methods.text.pipeline import Pipeline, default_pipeline
from ecoute.verbatims.models import Codebook
from ecoute.verbatims.queries.codebooks import codebook_for_methods


@dataclass(frozen=True)
class Analyser:
    """A pipeline with what must be written beside everything it says."""

    pipeline: Pipeline
    codebook_id: int
    codebook_version: int
    theme_ids: dict[str, int]  # slug → id
    engines: dict[str, str]  # step → "engine version"


def current_analyser() -> Analyser:
    """The analyser of the active codebook at its present version. Raises ``Codebook.DoesNotExist`` without one."""
    codebook = Codebook.objects.filter(is_active=True).order_by("pk").first()
    if codebook is None:
        raise Codebook.DoesNotExist("no active codebook: run « ecoute init » or load the default one")
    return _analyser(codebook.pk, codebook.version, codebook.updated_at)


@lru_cache(maxsize=2)
def _analyser(codebook_id: int, version: int, changed_at: datetime) -> Analyser:
    codebook = Codebook.objects.get(pk=codebook_id)
    pipeline = default_pipeline(codebook_for_methods(codebook))
    return Analyser(
        pipeline=pipeline,
        codebook_id=codebook_id,
        codebook_version=version,
        theme_ids=dict(codebook.themes.values_list("slug", "pk")),
        engines=pipeline.engines_used(),
    )
