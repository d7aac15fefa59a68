"""What the themes say of each other: some are mostly said together, some hardly ever.

Each theme's log-odds are moved by those of the others, as far as texts coded whole show it; elsewhere they stay. A
text of which only one theme is known says nothing of what goes together, and is not learnt from here.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .stacking import logistic
from .words import Floats

HEARD = 12  # themes listened to at most: those with the most examples (keeps large codebooks quick)
ENOUGH = 200  # texts coded whole from which anything is moved
HOLD = 30.0  # precision of the prior « nothing moves »
FAR = 4.6  # log-odds are heard up to here (probabilities between 0.01 and 0.99)
Wide = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Together:
    """``moves`` ``(themes heard, themes moved)`` and ``bias``, both 0 where nothing moves."""

    moves: Floats
    bias: Floats

    @classmethod
    def still(cls, themes: int) -> Together:
        """Nothing moves."""
        return cls(np.zeros((themes, themes), np.float32), np.zeros(themes, np.float32))

    @classmethod
    def of(cls, odds: Wide, labels: Floats, weights: Floats) -> Together:
        """Learnt from log-odds ``(n, themes)`` that were said without having seen the labels of their rows."""
        whole = (np.abs(labels) >= 1).all(axis=1)
        out = cls.still(labels.shape[1])
        if int(whole.sum()) < ENOUGH:
            return out
        near, present, weight = _near(odds[whole]), labels[whole] > 0, weights[whole].astype(np.float64)
        sizes = present.sum(axis=0)
        taught = [int(k) for k in np.argsort(-sizes, kind="stable") if sizes[k]]
        for k in taught:
            heard = [k, *(j for j in taught[:HEARD] if j != k)]
            features = np.hstack([near[:, heard], np.ones((len(near), 1))])
            prior = np.eye(1, len(heard) + 1)[0]  # its own odds as they are
            found = logistic(features, present[:, k], weight, prior, HOLD) - prior
            out.moves[heard, k], out.bias[k] = found[:-1], found[-1]
        return out

    def moved(self, odds: Wide) -> Wide:
        """Log-odds after the themes have heard each other."""
        found: Wide = odds + _near(odds) @ self.moves + self.bias
        return found


def _near(odds: Wide) -> Wide:
    return np.clip(odds, -FAR, FAR)
