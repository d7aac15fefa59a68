"""How near is near: each encoder spreads its cosines otherwise, so that every threshold belongs to one of them.

The thresholds were set for the multilingual Universal Sentence Encoder (``USE``). Those of another encoder are the
cosines that as many pairs of sentences exceed: on pairs of the same sentences, the same shares lie above.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, dataclass

import numpy as np

from .ports import Embedder, Vectors


@dataclass(frozen=True, slots=True)
class Likeness:
    """Cosines of one encoder. Two sentences of one theme mostly lie above ``near``, unrelated ones below ``far``."""

    far: float = 0.30
    near: float = 0.60
    alone: float = 0.62  # suffices to code a theme without any other sign
    question: float = 0.30  # between a question in a few words and a verbatim that answers it
    alike: float = 0.50  # between two verbatims that say much the same


USE = Likeness()
E5 = Likeness(far=0.23, near=0.50, alone=0.52, question=0.23, alike=0.42)  # as ``transferred`` on 2,500 short titles
USE_AND_E5 = Likeness(far=0.25, near=0.53, alone=0.55, question=0.25, alike=0.44)  # likewise


def likeness_of(embedder: Embedder) -> Likeness:
    """The thresholds that the encoder gives for itself, else those of ``USE``."""
    found: Likeness = getattr(embedder, "likeness", USE)
    return found


def transferred(known: Vectors, other: Vectors, thresholds: Likeness = USE) -> Likeness:
    """Thresholds for ``other`` from those of ``known``: rows of both are unit vectors of the same sentences."""
    reference, wanted = _cosines(known), _cosines(other)
    shares = [(reference < value).mean() for value in astuple(thresholds)]
    return Likeness(*(round(float(np.quantile(wanted, share)), 3) for share in shares))


def fitted(known: Embedder, other: Embedder, sentences: Sequence[str]) -> Likeness:
    """``transferred`` on sentences that both encoders read now; some two hundred do."""
    return transferred(known.embed(sentences), other.embed(sentences))


def _cosines(vectors: Vectors) -> Vectors:
    pairs: Vectors = (vectors @ vectors.T)[np.triu_indices(len(vectors), 1)]
    return pairs
