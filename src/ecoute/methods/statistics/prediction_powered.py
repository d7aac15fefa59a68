"""A share that the machine counted, corrected by a random sample that people coded: prediction-powered inference.

Let f be what the machine says of a verbatim (1, 0, or a probability), y what people say, N the verbatims of the frame,
all of them seen by the machine, and S the n of them drawn at random and coded by people. The share corrected is

    θ̂(λ) = λ·mean over the frame of f + mean over S of (y − λ·f)

(Angelopoulos, Bates, Fannjiang, Jordan and Zrnic, « Prediction-powered inference », Science 382, 2023, with λ = 1;
« PPI++ », Angelopoulos, Duchi and Zrnic, 2023, with the λ that makes the variance smallest, cov(y, f) / var(f)). It is
right on average whatever the machine is worth: a good one makes the interval narrow, a poor one leaves that of the
sample. In survey sampling it is the difference estimator (Cassel, Särndal and Wretman, Biometrika 63, 1976).

*Cross-fitted*: λ is computed on nine tenths of S and used on the last tenth, in turn, so that no verbatim corrects
with a λ it had a part in (the folds of Zrnic and Candès, « Cross-prediction-powered inference », PNAS 121, 2024). The
machine itself must never have learned from S.

*Interval*. θ̂ ± 1.96 standard errors covers too rarely where a theme is rare or n small. Wilson's interval is taken
instead, with n replaced by the number n′ of verbatims of a plain sample that would tell as much:

    n′ = n·(N − 1)/(N − n) / q        q = var(y − λ·f) / var(y), from the residuals of the folds

where two imaginary verbatims with the theme and two without, of which the machine knows nothing, are added to both
variances (Agresti and Coull, The American Statistician 52, 1998, for the same purpose): three verbatims on which the
machine was right do not prove that it always is. With one to three verbatims on the rarer side of the sample, the end
of the interval on that side goes as far as the modified Wilson interval of the sample (Brown, Cai and DasGupta,
Statistical Science 16, 2001). ``beyond`` adds the chance of who spoke (variance p(1 − p)/N): for what is compared with
other periods or services, and for all that is not a census of these very words.

``python -m benchmarks.honesty`` measures how often these intervals hold the true share.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from .proportions import wilson

MINIMUM: Final = 30  # below, a sample corrects nothing and is only what it is
FOLDS: Final = 10
LARGEST_TUNING: Final = 2.0  # probabilities too timid are stretched, a chance fit on two verbatims is not followed
IMAGINED: Final = 4.0  # half with the theme, half without
# Half the 5 % quantile of χ² with 2, 4, 6 degrees of freedom: from 1, 2, 3 verbatims seen.
_FEW_SEEN: Final = (0.0, 0.0512932944, 0.3553615107, 0.8176914475)


class Basis(StrEnum):
    """What a figure stands on: the machine corrected, or the sample alone and why."""

    CORRECTED = "corrected"
    FEW = "few"  # fewer than MINIMUM coded by people
    ALIKE = "alike"  # people found the theme in none of the sample, or in all of it
    NO_HELP = "no-help"  # knowing the machine's opinion makes the residuals no smaller


@dataclass(frozen=True, slots=True)
class CorrectedShare:
    """``share``, ``low``, ``high`` in 0–1. ``sample_*``: people alone (Wilson). ``machine_mean``: of the frame.

    ``tuning`` is λ (mean of the folds; 0: the machine is not used); ``effective``: how many verbatims of a plain
    sample would tell as much.
    """

    share: float
    low: float
    high: float
    frame: int
    coded: int
    positives: int
    machine_mean: float
    sample_share: float
    sample_low: float
    sample_high: float
    tuning: float
    effective: float
    basis: Basis

    @property
    def is_corrected(self) -> bool:
        return self.basis is Basis.CORRECTED


@dataclass(slots=True)
class _Sums:
    """Of verbatims: how many, and sums of y, f, yf, f², where f counts from its mean over the frame."""

    n: float = 0.0
    y: float = 0.0
    f: float = 0.0
    yf: float = 0.0
    ff: float = 0.0

    def add(self, y: float, f: float) -> None:
        self.n += 1
        self.y += y
        self.f += f
        self.yf += y * f
        self.ff += f * f

    def without(self, other: _Sums) -> _Sums:
        return _Sums(
            self.n - other.n, self.y - other.y, self.f - other.f, self.yf - other.yf, max(self.ff - other.ff, 0.0)
        )

    @property
    def slope(self) -> float:
        """λ = cov(y, f) / var(f), kept in [0, LARGEST_TUNING]; 0 where f does not vary."""
        spread = self.ff - self.f * self.f / self.n
        if spread <= 1e-12 * self.n:
            return 0.0
        return min(max((self.yf - self.y * self.f / self.n) / spread, 0.0), LARGEST_TUNING)


def corrected_share(
    truth: Sequence[float],
    machine: Sequence[float],
    *,
    machine_mean: float,
    frame: int,
    beyond: bool = False,
    confidence: float = 0.95,
) -> CorrectedShare:
    """The share of ``frame`` verbatims that hold a theme, from those of a simple random sample drawn among them.

    ``truth`` (0 or 1, by people) and ``machine`` (0 to 1) are of the sample, in an order that chance made;
    ``machine_mean`` is the mean of the machine's opinion over the whole frame, the sample included. Raises
    ``ValueError`` when the lists differ in length, are empty, or are longer than the frame.
    """
    coded = len(truth)
    if not 0 < coded <= frame or len(machine) != coded:
        raise ValueError(f"a sample needs as many opinions as truths, 1 to {frame}: got {coded} and {len(machine)}")
    positives = sum(1 for y in truth if y)
    plain = effective_size(coded, frame, 1.0, beyond=beyond)
    sample = _wilson(positives / coded, plain, confidence)
    alone = _not_surer_than_few(sample, positives, coded, plain)

    def made(share: float, ends: tuple[float, float], tuning: float, effective: float, basis: Basis) -> CorrectedShare:
        return CorrectedShare(
            share=share,
            low=ends[0],
            high=ends[1],
            frame=frame,
            coded=coded,
            positives=positives,
            machine_mean=machine_mean,
            sample_share=positives / coded,
            sample_low=sample[0],
            sample_high=sample[1],
            tuning=tuning,
            effective=effective,
            basis=basis,
        )

    if coded == frame or coded < MINIMUM:
        return made(positives / coded, alone, 0.0, plain, Basis.CORRECTED if coded == frame else Basis.FEW)
    if positives in (0, coded):
        # Nothing to compute λ on: the machine (λ = 1) says where in the sample's interval.
        guess = machine_mean + (positives - sum(machine)) / coded
        return made(min(max(guess, alone[0]), alone[1]), alone, 1.0, plain, Basis.ALIKE)
    share, left, tuning = _cross_fitted(truth, machine, machine_mean)
    if left >= 1.0 or tuning == 0.0:
        return made(positives / coded, alone, 0.0, plain, Basis.NO_HELP)
    effective = effective_size(coded, frame, left, beyond=beyond)
    ends = _not_surer_than_few(_wilson(share, effective, confidence), positives, coded, plain)
    return made(share, ends, tuning, effective, Basis.CORRECTED)


def effective_size(coded: int, frame: int, left: float, *, beyond: bool = False) -> float:
    """How many verbatims of a plain sample of an endless population tell as much. ``left``: share of the variance that
    the machine does not explain. A census of the frame tells everything of it (infinite), unless ``beyond``."""
    variance = left * (frame - coded) / (max(frame - 1, 1) * coded) + (1 / frame if beyond else 0.0)
    return 1 / variance if variance else float("inf")


def _cross_fitted(truth: Sequence[float], machine: Sequence[float], centre: float) -> tuple[float, float, float]:
    """The share, the share of variance left, the mean λ."""
    folds = [_Sums() for _ in range(FOLDS)]
    for i, (y, f) in enumerate(zip(truth, machine, strict=True)):
        folds[i % FOLDS].add(1.0 if y else 0.0, f - centre)
    whole = _Sums(*(sum(getattr(fold, name) for fold in folds) for name in ("n", "y", "f", "yf", "ff")))
    total = squares = tuned = 0.0
    for fold in folds:
        slope = whole.without(fold).slope
        tuned += slope * fold.n
        total += fold.y - slope * fold.f
        squares += fold.y - 2 * slope * fold.yf + slope * slope * fold.ff
    n, half = whole.n, IMAGINED / 2
    ratio = _spread(total, squares, n, half) / _spread(whole.y, whole.y, n, half)
    return min(max(total / n, 0.0), 1.0), ratio, tuned / n


def _spread(total: float, squares: float, n: float, half: float) -> float:
    """Variance with ``half`` imagined ones and as many zeros."""
    size = n + 2 * half
    return (squares + half) / size - ((total + half) / size) ** 2


def _wilson(share: float, size: float, confidence: float) -> tuple[float, float]:
    return (share, share) if size == float("inf") else wilson(share * size, size, confidence=confidence)


def _not_surer_than_few(ends: tuple[float, float], positives: int, coded: int, size: float) -> tuple[float, float]:
    low, high = ends
    if size == float("inf"):
        return ends
    if positives < len(_FEW_SEEN):
        low = min(low, _FEW_SEEN[positives] / size)
    if coded - positives < len(_FEW_SEEN):
        high = max(high, 1 - _FEW_SEEN[coded - positives] / size)
    return low, high
