"""How often the 95 % interval of a corrected share holds the true share, and how much narrower it is than the sample's.

    python -m benchmarks.honesty [RESAMPLES]

On data that people labelled whole (``ECOUTE_DATA``): a classifier (TF-IDF, logistic regression) learns from two fifths
of the rows, drawn at random; the other rows are the frame, whose true share is known, and of which it has never seen
one. Then, a thousand times over, n rows of the frame are drawn, as a round of the coding room draws them, and their
labels alone are shown to ``corrected_share``. Themes are chosen by how frequent they are, before anything is measured.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log

import numpy as np
import numpy.typing as npt
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict

from ecoute.methods.statistics import wilson
from ecoute.methods.statistics.prediction_powered import CorrectedShare, corrected_share
from ecoute.methods.text.evaluation import corpora

Numbers = npt.NDArray[np.float64]
RESAMPLES, SEED = 1000, 20261122
CODED = (100, 200, 400)
LEARNED_SHARE = 0.4
FEWEST_ROWS = 40
FEWEST_LEARNED = 10  # of the theme, in the rows it is learned from
REACHED = 0.93
FREQUENCIES = {"common": 1.0, "medium": 0.08, "rare": 0.03, "very rare": 0.01}
NO_THEMES = {"Labelling not possible", "Not assigned", "Unspecified communication"}  # of the NHS table


@dataclass(frozen=True)
class Frame:
    """Rows that the machine never saw: ``truth`` (0 or 1); by the machine ``said`` (yes 1, no 0), ``probability``."""

    data: str
    theme: str
    truth: Numbers
    said: Numbers
    probability: Numbers


@dataclass(frozen=True, slots=True)
class Tried:
    """Over resamples: share of intervals that hold the truth, mean width, share in which the machine served."""

    coverage: float
    width: float
    sample_coverage: float
    sample_width: float
    served: float

    @property
    def ratio(self) -> float:
        return self.width / self.sample_width


def frames(data: str, texts: Sequence[str], labels: Mapping[str, Sequence[bool]]) -> Iterator[Frame]:
    """One for each theme that can be learned from two fifths of the rows."""
    rng = np.random.default_rng(SEED)
    learned = rng.random(len(texts)) < LEARNED_SHARE
    known = [text for text, mine in zip(texts, learned, strict=True) if mine]
    if len(known) < FEWEST_ROWS:
        print(f"({data}: {len(texts)} rows are too few to learn from two fifths of them)", flush=True)
        return
    words = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True)
    seen, rest = words.fit_transform(known), words.transform([t for t, m in zip(texts, learned, strict=True) if not m])
    for theme, marks in labels.items():
        truth = np.array(marks, np.float64)
        mine = truth[learned]
        if min(mine.sum(), len(mine) - mine.sum()) < FEWEST_LEARNED:
            print(f"({data}: « {theme} » is too rare here to be learned, and left out)", flush=True)
            continue
        model = LogisticRegression(C=5, max_iter=500)
        folds = StratifiedKFold(3, shuffle=True, random_state=SEED)
        cut = best_cut(mine, cross_val_predict(model, seen, mine, cv=folds, method="predict_proba")[:, 1])
        probability = model.fit(seen, mine).predict_proba(rest)[:, 1]
        yield Frame(data, theme, truth[~learned], (probability > cut).astype(np.float64), probability)


def best_cut(truth: Numbers, probability: Numbers) -> float:
    """The probability above which yes and no agree best with people (Matthews' correlation), on rows out of fold."""

    def agreement(cut: float) -> float:
        said = probability > cut
        return float(np.corrcoef(truth, said)[0, 1]) if 0 < said.sum() < len(said) else 0.0

    return float(max(np.arange(0.05, 0.75, 0.025), key=agreement))


def by_frequency(counts: Mapping[str, int], rows: int) -> list[str]:
    """The most frequent theme, then those nearest to 8 %, 3 % and 1 % of the rows."""
    left = {theme: n for theme, n in counts.items() if n and theme not in NO_THEMES}
    chosen: list[str] = []
    for aim in FREQUENCIES.values():
        if left:
            theme = nearest(left, rows * aim)
            del left[theme]
            chosen.append(theme)
    return chosen


def nearest(counts: Mapping[str, int], aim: float) -> str:
    """The theme whose count is nearest to ``aim``, in proportion."""
    return min(counts, key=lambda theme: (abs(log(counts[theme] / aim)), theme))


def tried(
    truth: Numbers, machine: Numbers, coded: int, resamples: int, rng: np.random.Generator, *, beyond: bool = False
) -> Tried:
    """``resamples`` draws of ``coded`` rows; ``beyond``: the frame itself is drawn anew each time, with replacement."""
    true_share, size = float(truth.mean()), len(truth)
    found: list[CorrectedShare] = []
    for _ in range(resamples):
        rows = rng.integers(0, size, size) if beyond else np.arange(size)
        drawn = rows[rng.choice(size, coded, replace=False)]
        found.append(
            corrected_share(
                truth[drawn].tolist(),
                machine[drawn].tolist(),
                machine_mean=float(machine[rows].mean()),
                frame=size,
                beyond=beyond,
            )
        )

    def holds(low: Callable[[CorrectedShare], float], high: Callable[[CorrectedShare], float]) -> float:
        return sum(low(one) - 1e-12 <= true_share <= high(one) + 1e-12 for one in found) / resamples

    return Tried(
        coverage=holds(lambda one: one.low, lambda one: one.high),
        width=sum(one.high - one.low for one in found) / resamples,
        sample_coverage=holds(lambda one: one.sample_low, lambda one: one.sample_high),
        sample_width=sum(one.sample_high - one.sample_low for one in found) / resamples,
        served=sum(one.is_corrected for one in found) / resamples,
    )


def nhs() -> Iterator[Frame]:
    rows = corpora.nhs_feedback()
    return _of_labelled("NHS", rows)


def vrai_debat() -> Iterator[Frame]:
    return _of_labelled("Vrai Débat", corpora.vrai_debat())


def _of_labelled(data: str, rows: Sequence[corpora.Labelled]) -> Iterator[Frame]:
    counts: dict[str, int] = {}
    for row in rows:
        for theme in row.themes:
            counts[theme] = counts.get(theme, 0) + 1
    chosen = by_frequency(counts, len(rows))
    yield from frames(data, [row.text for row in rows], {t: [t in row.themes for row in rows] for t in chosen})


def state_tags() -> Iterator[Frame]:
    """Rows with one tag at least: an empty tag means « not coded » in a row without any."""
    rows = [row for row in corpora.services_publics() if row.tags]
    yield from frames(
        "State tags", [row.text for row in rows], {tag: [tag in row.tags for row in rows] for tag in corpora.TAGS}
    )


def sentiment() -> Iterator[Frame]:
    rows = corpora.services_publics()
    named = {name: [row.sentiment == code for row in rows] for name, code in corpora.SENTIMENT.items()}
    yield from frames("Declared sentiment", [row.text for row in rows], named)


HEADS = (
    "data", "theme", "frame", "true", "machine", "machine's interval holds it", "n", "coverage of the corrected",
    "by chance of resampling", "mean width", "sample alone", "ratio", "coverage of the sample", "machine served",
    "by probability: coverage, ratio", "beyond these rows: coverage, ratio",
)  # fmt: skip


def line(frame: Frame, coded: int, resamples: int) -> tuple[list[str], Tried]:
    """The cells of one line."""
    rng = np.random.default_rng([SEED, coded, len(frame.truth)])
    main = tried(frame.truth, frame.said, coded, resamples, rng)
    graded = tried(frame.truth, frame.probability, coded, resamples, rng)
    beyond = tried(frame.truth, frame.said, coded, resamples, rng, beyond=True)
    size, share, said = len(frame.truth), float(frame.truth.mean()), float(frame.said.mean())
    naive = wilson(frame.said.sum(), size)
    chance = wilson(main.coverage * resamples, resamples)
    cells = [
        frame.data, frame.theme[:40], str(size), points(share), points(said),
        "yes" if naive[0] <= share <= naive[1] else "no", str(coded), f"{main.coverage:.3f}",
        f"{chance[0]:.3f}–{chance[1]:.3f}", points(main.width), points(main.sample_width), f"{main.ratio:.2f}",
        f"{main.sample_coverage:.3f}", f"{main.served:.0%}", f"{graded.coverage:.3f}, {graded.ratio:.2f}",
        f"{beyond.coverage:.3f}, {beyond.ratio:.2f}",
    ]  # fmt: skip
    return cells, main


def points(share: float) -> str:
    return f"{100 * share:.1f}"


def main(resamples: int) -> None:
    began, kept = time.perf_counter(), []
    print(f"{resamples} resamples a line; shares and widths in points. Machine: TF-IDF and logistic regression.\n")
    print(f"| {' | '.join(HEADS)} |")
    print(f"|{'---|' * len(HEADS)}")
    for read in (nhs, vrai_debat, state_tags, sentiment):
        try:
            for frame in read():
                for coded in CODED:
                    if coded > 0.9 * len(frame.truth):
                        print(f"({frame.data}: {len(frame.truth)} rows do not leave {coded} to draw)", flush=True)
                        continue
                    cells, found = line(frame, coded, resamples)
                    kept.append((cells, found))
                    print(f"| {' | '.join(cells)} |", flush=True)
        except FileNotFoundError as missing:
            print(f"({read.__name__}: {missing})", flush=True)
    _conclude([found for _, found in kept], [cells for cells, _ in kept])
    print(f"\n{time.perf_counter() - began:.0f} seconds.")


def _conclude(found: Sequence[Tried], cells: Sequence[Sequence[str]]) -> None:
    if not found:
        return
    low = [f"{c[1]} (n = {c[6]})" for c, one in zip(cells, found, strict=True) if one.coverage < REACHED]
    wide = [f"{c[1]} (n = {c[6]})" for c, one in zip(cells, found, strict=True) if one.ratio >= 1]
    mean = sum(one.ratio for one in found) / len(found)
    print(f"\nCoverage under {REACHED}: {'; '.join(low) or 'none'} of {len(found)} lines. Mean coverage ", end="")
    print(f"{sum(one.coverage for one in found) / len(found):.3f}; of the sample alone ", end="")
    print(f"{sum(one.sample_coverage for one in found) / len(found):.3f}.")
    print(f"Mean ratio of widths {mean:.2f}. Not narrower than the sample alone: {'; '.join(wide) or 'none'}.")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else RESAMPLES)
