"""The pipeline that the settings ask for: profile, engines of one's own choice, engines that connectors offer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings

from ecoute.methods.text.codebooks import Codebook
from ecoute.methods.text.pipeline import Pipeline, default_pipeline
from ecoute.methods.text.ports import Embedder
from ecoute.methods.text.profiles import Chosen, embedder_of, read_choices


def profile() -> str:
    """``fast`` or ``fine`` (``ECOUTE_PROFILE``)."""
    found: str = settings.PROFILE
    return found


def choices() -> dict[str, Chosen]:
    """Engines chosen for single steps (``ECOUTE_ENGINES``). Raises ``ChoiceError`` when it cannot be read."""
    return read_choices(settings.ENGINES)


def make_pipeline(codebook: Codebook, learned: Mapping[str, Any] | None = None) -> Pipeline:
    """A fresh pipeline; ``learned`` as in ``methods.text.pipeline.default_pipeline``, whose errors it raises."""
    return default_pipeline(codebook, profile(), choices=choices(), learned=learned)


def make_embedder() -> Embedder:
    """The encoder of that pipeline alone."""
    return embedder_of(profile(), choices=choices())


def label_of(embedder: Embedder) -> str:
    """How the encoder is written beside each vector: vectors of two labels are never compared."""
    return f"{embedder.name} {embedder.version}"
