"""Words and meaning in one list: reciprocal rank fusion (Cormack, Clarke, Büttcher, SIGIR 2009).

A text's score is the sum, over the two lists, of 1 / (60 + its rank there). Ranks are those among the texts that every
other filter keeps: a filter narrows what is ranked, not a list already cut.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

K = 60
Mask = npt.NDArray[np.bool_]
Scores = npt.NDArray[Any]


def fused(rows: Mask, near: Scores, words: Scores) -> npt.NDArray[np.float64]:
    """One score a text, 0 outside ``rows``. ``near``: cosines; ``words``: 0 where no word was met."""
    chosen = np.flatnonzero(rows)
    scores = np.zeros(len(rows))
    scores[chosen] = _shares(near[chosen], np.ones(len(chosen), bool)) + _shares(words[chosen], words[chosen] > 0)
    return scores


def _shares(values: Scores, listed: Mask) -> npt.NDArray[np.float64]:
    """1 / (60 + rank), the best being 1; equals share the better rank; 0 where not listed."""
    order = np.argsort(-values[listed], kind="stable")
    ranked = values[listed][order]
    first = np.concatenate([[True], ranked[1:] != ranked[:-1]]) if len(ranked) else np.zeros(0, bool)
    ranks = np.empty(len(ranked))
    ranks[order] = np.maximum.accumulate(np.where(first, np.arange(1, len(ranked) + 1), 0))
    shares = np.zeros(len(values))
    shares[listed] = 1 / (K + ranks)
    return shares
