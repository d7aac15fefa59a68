"""From voices to one calibrated probability, and from probabilities to « yes », « not sure » and « no »."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

STEPS = 25
BINS = 10
GIVE = 0.5  # where too few examples tell better
ENOUGH = 10  # examples from which a threshold is looked for
LOW, HIGH = 0.2, 0.8  # bounds of a threshold looked for


def logistic(features: Floats, present: Flags, weights: Floats, prior: Floats, strength: float) -> Floats:
    """Logistic regression that stays near ``prior`` where the rows say little (Newton's method, Gaussian prior).

    ``features`` ``(n, d)`` hold their own constant column; ``strength`` is the precision of the prior.
    """
    theta = prior.copy()
    for _ in range(STEPS):
        p = sigmoid(features @ theta)
        slope = features.T @ (weights * (p - present)) + strength * (theta - prior)
        curve = (features * (weights * p * (1 - p))[:, None]).T @ features + strength * np.eye(len(theta))
        step = np.linalg.solve(curve, slope)
        theta = theta - step / max(1.0, float(np.abs(step).max()) / 3)
        if float(np.abs(step).max()) < 1e-6:
            break
    return theta


def sigmoid(values: Floats) -> Floats:
    """1 / (1 + e^-x), without overflow."""
    found: Floats = 0.5 * (1 + np.tanh(values / 2))
    return found


def calibration_error(probabilities: Floats, present: Flags) -> float:
    """Expected calibration error: mean distance, over ten bins of equal width weighted by their size, between the mean
    probability and the share that is present."""
    if not len(probabilities):
        return 0.0
    bins = np.minimum((probabilities * BINS).astype(int), BINS - 1)
    size = np.bincount(bins, minlength=BINS)
    gaps = np.bincount(bins, probabilities, BINS) - np.bincount(bins, present, BINS)
    return float(np.abs(gaps).sum() / max(1, size.sum()))


def thresholds(probabilities: Floats, present: Flags) -> tuple[float, float]:
    """``(give, doubt)``: give has the best mean F1 of « yes » and « no » that is to be expected; doubt reaches down to
    where nine present in ten are seen.

    Expected: every text counts as present as far as its probability says. The place that would have been best for the
    labels themselves depends more on luck (with some hundred texts of a theme, a good part of a point of F1). Drawn to
    ``GIVE`` while examples are few; doubt lies between a third of ``give`` and a tenth under it.
    """
    count, others = int(present.sum()), int((~present).sum())
    if count < ENOUGH or not others:
        return GIVE, GIVE / 2
    sorted_down = -np.sort(-probabilities)
    said, hits, total = np.arange(1, len(sorted_down) + 1), np.cumsum(sorted_down), float(probabilities.sum())
    for_it = 2 * hits / (said + total)
    against = 2 * (len(said) - total - said + hits) / (2 * len(said) - said - total)
    found = float(np.clip(sorted_down[int((for_it + against).argmax())], LOW, HIGH))
    give = (found * count + GIVE * ENOUGH) / (count + ENOUGH)
    nine = float(np.quantile(probabilities[present], 0.1))
    return round(give, 3), round(float(np.clip(nine, give / 3, 0.9 * give)), 3)
