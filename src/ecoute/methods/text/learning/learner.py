"""``learn``: from examples to ``LearnedThemes``, with everything that is said of its quality cross-validated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from ..ports import Embedder, Vectors
from .examples import Example, silent
from .labels import folds_of, table
from .learned import VOICES, LearnedThemes, Model, embedder_id, scaled, stacked
from .scoring import WordScorer
from .stacking import GIVE, calibration_error, logistic, sigmoid, thresholds
from .together import Together
from .voices import FEW, Cues, Exemplars, Space, fit_meaning, fit_words, with_cues
from .words import Floats, Vocabulary

# What each voice is worth before anything is learnt (order of VOICES): used as the prior of the pooled stack.
PRIOR = np.array([0.8, 0.8, 0.3, 0.6, 0.5, 0.2, -0.5, -2.5])
POOLED_STRENGTH, OWN_STRENGTH = 1.0, 8.0
WHOLE = 200  # texts coded whole from which « no theme » is known well enough
FIXED = slice(4, 7)  # cues are counted on one scale for all themes and not brought to another
NEVER = -20.0  # log-odds of a theme that nothing was learnt of
Folds = npt.NDArray[np.intp]
Wide = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Material:
    """Examples ready to learn from."""

    texts: list[str]
    matrix: csr_matrix
    placed: Floats
    cues: Floats  # (n, labels, 3), the themes first
    labels: Floats  # (n, themes)
    weights: Floats

    @cached_property
    def sensed(self) -> Floats:
        """Vectors and cues side by side."""
        return with_cues(self.placed, self.cues)


def learn(
    examples: Sequence[Example],
    themes: Sequence[str],
    embedder: Embedder,
    *,
    vectors: Vectors | None = None,
    cues: Mapping[str, Sequence[str]] | None = None,
) -> LearnedThemes:
    """Learn ``themes`` (leaf slugs) from ``examples``; other slugs in the examples are ignored.

    ``vectors`` (one an example, of this embedder) spares embedding; ``cues`` are patterns by theme of the codebook
    (those of labels that are not learnt are heard as well).
    A theme without any example has probability 0 and says so in the report. The same input gives the same result.
    Where fewer than ``WHOLE`` examples are coded whole, the sentences of ``silent()`` are learnt from as well.
    """
    examples, vectors = _with_silence(examples, embedder, vectors)
    kept = [i for i, e in enumerate(examples) if e.text.strip() and e.weight > 0]
    chosen = [examples[i] for i in kept]
    labels = table(chosen, themes)
    if not (labels > 0).any():
        return LearnedThemes(themes, None, _few(themes), _untaught(themes, labels), embedder_id(embedder))
    texts = [e.text for e in chosen]
    found = embedder.embed(texts) if vectors is None else vectors[kept]
    vocabulary, space, hints = Vocabulary.fitted(texts), Space.of(found), Cues(themes, cues or {})
    weights = np.array([e.weight for e in chosen], np.float32)
    material = Material(texts, vocabulary.matrix(texts), space.place(found), hints.count(texts), labels, weights)
    folds = folds_of(chosen, labels, _fold_count(len(chosen)))
    heard = _cross_fitted(material, folds)
    centre, spread = _scale(heard)
    features = scaled(heard, centre, spread).astype(np.float64)
    stack = _stack(features, labels, weights)
    odds = _tested(features, labels, weights, folds)
    tested = sigmoid(_tested_together(odds, labels, weights, folds)).astype(np.float32)
    together = Together.of(odds, labels, weights)
    model = _model(material, vocabulary, space, hints, centre, spread, stack, together)
    limits = {theme: _limits(tested[:, k], labels[:, k]) for k, theme in enumerate(themes)}
    report = {t: _quality(tested[:, k], labels[:, k], limits[t][0]) for k, t in enumerate(themes)}
    return LearnedThemes(themes, model, limits, report, embedder_id(embedder))


def _with_silence(
    examples: Sequence[Example], embedder: Embedder, vectors: Vectors | None
) -> tuple[Sequence[Example], Vectors | None]:
    if sum(e.absent is None for e in examples) >= WHOLE or not any(e.themes for e in examples):
        return examples, vectors
    more = silent()
    if vectors is not None:
        vectors = np.vstack([vectors, embedder.embed([e.text for e in more])])
    return [*examples, *more], vectors


def _fold_count(examples: int) -> int:
    return min(5 if examples <= FEW else 3, max(2, examples))  # five where they are affordable


def _few(themes: Sequence[str]) -> dict[str, tuple[float, float]]:
    return dict.fromkeys(themes, (GIVE, GIVE / 2))


def _untaught(themes: Sequence[str], labels: Floats) -> dict[str, Any]:
    return {t: {"examples": 0, "absent": int((labels[:, k] <= -1).sum())} for k, t in enumerate(themes)}


def _cross_fitted(material: Material, folds: Folds) -> Floats:
    """What the voices say of each example when they have not learnt from it, ``(n, themes, voices)``."""
    themes = material.labels.shape[1]
    out = np.zeros((len(material.texts), themes, len(VOICES) - 1), np.float32)
    for fold in range(int(folds.max()) + 1):
        held, seen = folds == fold, folds != fold
        if not held.any() or not seen.any():
            continue
        labels, weights = material.labels[seen], material.weights[seen]
        words, bias = fit_words(material.matrix[seen], labels, weights)
        meaning, level = fit_meaning(material.sensed[seen], labels, weights)
        out[held] = stacked(
            material.matrix[held] @ words + bias,
            material.sensed[held] @ meaning + level,
            Exemplars.of(material.placed[seen], labels).likeness(material.placed[held], themes),
            material.cues[held],
        )
    return out


def _scale(voices: Floats) -> tuple[Floats, Floats]:
    """Mean and spread of each voice for each theme, ``(voices, themes)`` each."""
    centre, spread = voices.mean(axis=0).T, voices.std(axis=0).T
    centre[FIXED], spread[FIXED] = 0, 1
    return centre, np.where(spread > 1e-6, spread, 1).astype(np.float32)


def _stack(features: Wide, labels: Floats, weights: Floats) -> Floats:
    """How the voices are weighed: together for all themes, then for each theme as far as its own examples say."""
    taught = np.flatnonzero((labels > 0).any(axis=0))
    pairs = features[:, taught].reshape(-1, features.shape[2])
    present, sure = labels[:, taught].ravel() > 0, np.abs(labels[:, taught]).ravel()
    pooled = logistic(pairs, present, sure * np.repeat(weights, len(taught)), PRIOR, POOLED_STRENGTH)
    out = np.tile(pooled, (labels.shape[1], 1))
    for k in taught:
        own = weights * np.abs(labels[:, k])
        out[k] = logistic(features[:, k], labels[:, k] > 0, own.astype(np.float64), pooled, OWN_STRENGTH)
    return out.astype(np.float32)


def _tested(features: Wide, labels: Floats, weights: Floats, folds: Folds) -> Wide:
    """Log-odds where neither the voices nor their weighing have seen the example."""
    out = np.full(labels.shape, NEVER)
    for fold in range(int(folds.max()) + 1):
        held, seen = folds == fold, folds != fold
        if held.any() and (labels[seen] > 0).any():
            stack = _stack(features[seen], labels[seen], weights[seen])
            out[held] = np.einsum("nkv,kv->nk", features[held], stack.astype(np.float64))
    return out


def _tested_together(odds: Wide, labels: Floats, weights: Floats, folds: Folds) -> Wide:
    """Log-odds after the themes have heard each other as the other folds taught."""
    out = odds.copy()
    for fold in range(int(folds.max()) + 1):
        held, seen = folds == fold, folds != fold
        if held.any():
            out[held] = Together.of(odds[seen], labels[seen], weights[seen]).moved(odds[held])
    return out


def _model(
    material: Material,
    vocabulary: Vocabulary,
    space: Space,
    cues: Cues,
    centre: Floats,
    spread: Floats,
    stack: Floats,
    together: Together,
) -> Model:
    """The voices learnt from every example, weighed as the cross-fitted ones were."""
    words, bias = fit_words(material.matrix, material.labels, material.weights)
    meaning, level = fit_meaning(material.sensed, material.labels, material.weights)
    exemplars = Exemplars.of(material.placed, material.labels)
    scorer = WordScorer(vocabulary, words, bias)
    return Model(scorer, space, meaning, level, exemplars, cues, centre, spread, stack, together)


def _limits(probabilities: Floats, labels: Floats) -> tuple[float, float]:
    return thresholds(probabilities.astype(np.float64), labels > 0)


def _quality(probabilities: Floats, labels: Floats, give: float) -> dict[str, Any]:
    """Counts, and where two examples or more allow it what cross-validation says of one theme."""
    present = labels > 0
    out: dict[str, Any] = {"examples": int(present.sum()), "absent": int((labels <= -1).sum())}
    if out["examples"] >= 2:
        said = probabilities >= give
        both = int((present & said).sum())
        out["said"], out["right"] = int(said.sum()), both
        precision, recall = both / max(1, int(said.sum())), both / out["examples"]
        out["precision"], out["recall"] = round(precision, 3), round(recall, 3)
        out["f1"] = round(2 * both / (int(said.sum()) + out["examples"]), 3)
        out["average_precision"] = round(_average_precision(probabilities, present), 3)
        out["calibration_error"] = round(calibration_error(probabilities.astype(np.float64), present), 4)
    return out


def _average_precision(probabilities: Floats, present: npt.NDArray[np.bool_]) -> float:
    """Mean, over the present examples, of the precision at their rank."""
    hits = present[np.argsort(-probabilities, kind="stable")]
    ranks = np.flatnonzero(hits) + 1
    return float((np.arange(1, len(ranks) + 1) / ranks).mean())
