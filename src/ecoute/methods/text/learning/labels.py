"""Examples as a table of labels, and their division into folds."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from ..words import fold
from .examples import Example
from .words import Floats

UNKNOWN = -0.3  # said neither present nor absent: counts three tenths of an absence
KNOWN = -1.0


def table(examples: Sequence[Example], themes: Sequence[str]) -> Floats:
    """1 present, -1 absent, ``UNKNOWN`` otherwise; shape ``(len(examples), len(themes))``. Other slugs are ignored."""
    places = {theme: k for k, theme in enumerate(themes)}
    out = np.full((len(examples), len(themes)), UNKNOWN, np.float32)
    for row, example in zip(out, examples, strict=True):
        if example.absent is None:
            row[:] = KNOWN
        else:
            row[[places[t] for t in example.absent if t in places]] = KNOWN
        row[[places[t] for t in example.themes if t in places]] = 1.0
    return out


def folds_of(examples: Sequence[Example], labels: Floats, count: int) -> npt.NDArray[np.intp]:
    """The fold of each example: rare themes spread first, the same words always together, nothing left to chance."""
    frequency = (labels > 0).sum(axis=0)
    rarest = [
        min(((int(frequency[k]), int(k)) for k in np.flatnonzero(row > 0)), default=(len(labels) + 1, -1))
        for row in labels
    ]
    texts = [fold(" ".join(e.text.split())) for e in examples]
    first: dict[str, int] = {}
    for i, text in enumerate(texts):
        first.setdefault(text, i)
    marks = {text: hashlib.blake2b(text.encode(), digest_size=8).digest() for text in first}
    order = sorted(first.values(), key=lambda i: (rarest[i], marks[texts[i]]))
    place = {texts[i]: at % count for at, i in enumerate(order)}
    return np.array([place[t] for t in texts], np.intp)
