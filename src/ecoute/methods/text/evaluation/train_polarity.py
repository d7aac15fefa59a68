"""Train the weights that ``engines/polarity`` ships. How good they are is for the bench to say.

``python -m ecoute.methods.text.evaluation.train_polarity [--out FILE]`` reads the Services Publics + sample.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from ..engines.embedding.use import UseEmbedder
from ..engines.masking.rules import RuleMasker
from ..engines.polarity import blend
from ..engines.polarity.features import WordWeights, grams, lexicon_features
from ..engines.polarity.lexicon import PolarityLexicon
from ..engines.segments.clauses import ClauseSegmenter
from ..ports import Embedder, Vectors
from ..registry import Engines, MissingPackagesError, installed_engines
from ..vectors import pooled
from .corpora import services_publics
from .remembering import Remembering

VERSION = 2
VOCABULARY = 8_000
Floats = npt.NDArray[np.float64]
Embed = Callable[[Embedder, Sequence[str]], Vectors]
DEFAULT = Path(blend.__file__).with_name("polarity.npz")


def plain(embedder: Embedder, texts: Sequence[str]) -> Vectors:
    """Embed, and remember nothing."""
    return embedder.embed(texts)


@dataclass(frozen=True)
class Material:
    """Texts ready to learn from: masked, cut, embedded, and where the encoder e5 is installed read whole by it."""

    texts: list[str]
    labels: npt.NDArray[np.int64]
    vectors: Vectors  # one a text
    segment_texts: list[str]
    segment_vectors: Vectors
    owners: npt.NDArray[np.int64]  # text of each segment
    read: Vectors | None = None


def prepare(embed: Embed = plain, engines: Engines | None = None) -> Material:
    """The sample as the pipeline would see it. ``embed(embedder, texts)`` may remember vectors.

    The rules mask, not the recogniser of names: polarity hardly hears a name.
    """
    rows = services_publics()
    masker, segmenter, embedder = RuleMasker(), ClauseSegmenter(), UseEmbedder()
    texts = [masker.mask(row.text, "fr").text for row in rows]
    pieces = [(i, t[s.start : s.end]) for i, t in enumerate(texts) for s in segmenter.segment(t, "fr")]
    vectors = embed(embedder, [p for _, p in pieces])
    owners = np.array([i for i, _ in pieces])
    documents = np.vstack([pooled(vectors[owners == i]) for i in range(len(texts))])
    labels = np.array([row.sentiment for row in rows])
    second = second_encoder(engines)
    read = embed(second, [text[: blend.READ] for text in texts]) if second else None
    return Material(texts, labels, documents, [p for _, p in pieces], vectors, owners, read)


def second_encoder(engines: Engines | None = None) -> Embedder | None:
    """The encoder e5, or None where what it needs is not installed (``requirements/fine.txt``)."""
    try:
        made: Embedder = (engines or installed_engines()).create("embedding.e5")
    except MissingPackagesError:
        return None
    return made


def train(material: Material, rows: npt.NDArray[np.int64]) -> dict[str, Any]:
    """Weights of both heads, learnt from those rows alone."""
    segment, bias = _train_segments(material, rows)
    return {
        **train_documents(material, rows, material.labels[rows]),
        "segment": segment.astype(np.float32),
        "segment_bias": np.float32(bias),
    }


def train_documents(
    material: Material,
    rows: npt.NDArray[np.int64],
    labels: npt.NDArray[np.int64],
    weights: Floats | None = None,
) -> dict[str, Any]:
    """Voices of whole texts (a row may come more than once), for two labels or three in their order."""
    texts = [material.texts[i] for i in rows]
    features = _lexicon(PolarityLexicon(), texts)
    vocabulary, idf = _vocabulary(texts)
    by_vector = _fit(3.0, np.hstack([material.vectors[rows], features]), labels, weights)
    by_words = _fit(4.0, _sparse(vocabulary, idf, texts), labels, weights)
    out = {
        "version": np.array(VERSION),
        "vocabulary": np.array("\n".join(vocabulary)),
        "doc_vector": by_vector[0],
        "doc_vector_bias": by_vector[1],
        "doc_words": (by_words[0] * idf).astype(np.float32),
        "doc_words_bias": by_words[1],
    }
    if material.read is not None:
        read = np.hstack([blend.E5_SCALE * material.read[rows], features])
        out["doc_read"], out["doc_read_bias"] = _fit(1.0, read, labels, weights)
    return out


def _fit(softness: float, features: Any, labels: npt.NDArray[np.int64], weights: Floats | None) -> tuple[Any, Any]:
    """One row of coefficients and one bias a label, also where there are two labels."""
    model = LogisticRegression(C=softness, max_iter=4000).fit(features, labels, sample_weight=weights)
    coefficients, bias = model.coef_, model.intercept_
    if len(coefficients) == 1:
        coefficients, bias = np.vstack([-coefficients, coefficients]) / 2, np.concatenate([-bias, bias]) / 2
    return coefficients.astype(np.float32), bias.astype(np.float32)


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


def judge(arrays: dict[str, Any], material: Material, rows: npt.NDArray[np.int64], fine: bool) -> Floats:
    """What the engine says of those rows with these weights; ``fine`` hears e5 too."""
    texts = [material.texts[i] for i in rows]
    read = material.read[rows] if fine and material.read is not None else None
    features = _lexicon(PolarityLexicon(), texts)
    return blend.document_probabilities(blend.Weights(arrays), texts, material.vectors[rows], features, read)


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
    material = prepare(Remembering())
    if material.read is None:
        parser.error("the encoder e5 is missing: install requirements/fine.txt")
    weights = train(material, np.arange(len(material.texts)))
    vocabulary = weights.pop("vocabulary")
    halves = {name: values.astype(np.float16) if values.ndim else values for name, values in weights.items()}
    np.savez_compressed(options.out, vocabulary=vocabulary, **halves)
    print(f"written: {options.out.name}, {options.out.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
