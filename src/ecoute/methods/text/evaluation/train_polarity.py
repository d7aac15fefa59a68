"""Train the weights that ``engines/polarity`` ships, and print their 10-fold accuracy.

``python -m ecoute.methods.text.evaluation.train_polarity [--out FILE]`` reads the Services Publics + sample.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold

from ..engines.embedding.use import UseEmbedder
from ..engines.masking.rules import RuleMasker
from ..engines.polarity import blend
from ..engines.polarity.features import WordWeights, grams, lexicon_features
from ..engines.polarity.lexicon import PolarityLexicon
from ..engines.segments.clauses import ClauseSegmenter
from ..ports import Vectors
from ..vectors import pooled
from .corpora import services_publics

VERSION = 1
SEED = 20260101
VOCABULARY = 8_000
Floats = npt.NDArray[np.float64]
DEFAULT = Path(blend.__file__).with_name("polarity.npz")


@dataclass(frozen=True)
class Material:
    """Texts ready to learn from: masked, cut, embedded."""

    texts: list[str]
    labels: npt.NDArray[np.int64]
    vectors: Vectors  # one a text
    segment_texts: list[str]
    segment_vectors: Vectors
    owners: npt.NDArray[np.int64]  # text of each segment


def prepare() -> Material:
    """The sample as the pipeline would see it."""
    rows = services_publics()
    masker, segmenter, embedder = RuleMasker(), ClauseSegmenter(), UseEmbedder()
    texts = [masker.mask(row.text, "fr").text for row in rows]
    pieces = [(i, t[s.start : s.end]) for i, t in enumerate(texts) for s in segmenter.segment(t, "fr")]
    vectors = embedder.embed([p for _, p in pieces])
    owners = np.array([i for i, _ in pieces])
    documents = np.vstack([pooled(vectors[owners == i]) for i in range(len(texts))])
    labels = np.array([row.sentiment for row in rows])
    return Material(texts, labels, documents, [p for _, p in pieces], vectors, owners)


def train(material: Material, rows: npt.NDArray[np.int64]) -> dict[str, Any]:
    """Weights learnt from those rows alone."""
    texts = [material.texts[i] for i in rows]
    labels = material.labels[rows]
    lexicon = PolarityLexicon()
    dense = np.hstack([material.vectors[rows], _lexicon(lexicon, texts)])
    by_vector = LogisticRegression(C=3.0, max_iter=4000).fit(dense, labels)
    vocabulary, idf = _vocabulary(texts)
    by_words = LogisticRegression(C=4.0, max_iter=4000).fit(_sparse(vocabulary, idf, texts), labels)
    segment, bias = _train_segments(material, rows)
    return {
        "version": np.array(VERSION),
        "vocabulary": np.array("\n".join(vocabulary)),
        "doc_vector": by_vector.coef_.astype(np.float32),
        "doc_vector_bias": by_vector.intercept_.astype(np.float32),
        "doc_words": (by_words.coef_ * idf).astype(np.float32),
        "doc_words_bias": by_words.intercept_.astype(np.float32),
        "segment": segment.astype(np.float32),
        "segment_bias": np.float32(bias),
    }


def _lexicon(lexicon: PolarityLexicon, texts: Sequence[str]) -> Floats:
    return np.array([lexicon_features(lexicon.counts(t)) for t in texts])


def _vocabulary(texts: Sequence[str]) -> tuple[list[str], Floats]:
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(grams(text).keys())
    kept = sorted(g for g, n in counts.most_common(VOCABULARY) if n >= 2)
    return kept, np.array([np.log((1 + len(texts)) / (1 + counts[g])) + 1 for g in kept])


def _sparse(vocabulary: list[str], idf: Floats, texts: Sequence[str]) -> csr_matrix:
    weights = WordWeights(vocabulary)
    rows = [weights.row(t) for t in texts]
    pointers = np.cumsum([0, *(len(p) for p, _ in rows)])
    places = np.concatenate([p for p, _ in rows])
    return csr_matrix(
        (np.concatenate([v for _, v in rows]) * idf[places], places, pointers), (len(texts), len(vocabulary))
    )


def _train_segments(material: Material, rows: npt.NDArray[np.int64]) -> tuple[Floats, float]:
    """Segments of clearly declared texts carry their text's side: noisy, but many. The bias is set so that the middle
    segment of the sample leans nowhere."""
    used = np.isin(material.owners, rows) & (material.labels[material.owners] != 1)
    sides = material.labels[material.owners][used] == 2
    model = LogisticRegression(C=0.1, max_iter=4000).fit(material.segment_vectors[used], sides)
    scores = material.segment_vectors @ model.coef_[0]
    return model.coef_[0], -float(np.median(scores))


def cross_validated(material: Material, folds: int = 10) -> Floats:
    """Probabilities of each text from weights that never saw it, shape ``(n, 3)``."""
    out = np.zeros((len(material.texts), 3))
    splitter = StratifiedKFold(folds, shuffle=True, random_state=SEED)
    for seen, held in splitter.split(material.vectors, material.labels):
        out[held] = _judge(train(material, seen), material, held)
    return out


def _judge(arrays: dict[str, Any], material: Material, rows: npt.NDArray[np.int64]) -> Floats:
    weights = blend.Weights(arrays)
    texts = [material.texts[i] for i in rows]
    return blend.document_probabilities(weights, texts, material.vectors[rows], _lexicon(PolarityLexicon(), texts))


def accuracies(probabilities: Floats, labels: npt.NDArray[np.int64]) -> tuple[float, float]:
    """Three-class accuracy, and accuracy between the two sides on texts declared one or the other."""
    sided = labels != 1
    two = (probabilities[:, 2] > probabilities[:, 0]) == (labels == 2)
    return float((probabilities.argmax(axis=1) == labels).mean()), float(two[sided].mean())


def main() -> None:
    """Train, report, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=DEFAULT)
    options = parser.parse_args()
    material = prepare()
    three, two = accuracies(cross_validated(material), material.labels)
    print(f"10-fold on {len(material.texts)} texts: 3 classes {three:.3f}, positive/negative {two:.3f}")
    weights = train(material, np.arange(len(material.texts)))
    vocabulary = weights.pop("vocabulary")
    halves = {name: values.astype(np.float16) if values.ndim else values for name, values in weights.items()}
    np.savez_compressed(options.out, vocabulary=vocabulary, **halves)
    print(f"written: {options.out.name}, {options.out.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
