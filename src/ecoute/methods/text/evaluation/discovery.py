"""Discovered themes against themes that people gave, beside other ways of finding them, with the same vectors.

Agreement is normalised mutual information (0: no relation, 1: the same partition), over texts with one theme each.
Coherence is the mean normalised pointwise mutual information of the ten words that tell a cluster most (Bouma, GSCL
2009; Lau, Newman and Baldwin, EACL 2014), counted in the same texts: −1 to 1. All ways are asked for the same number
of clusters, the one our engine chooses; BERTopic chooses its own, and its texts « without topic » are one more group.
"""

from __future__ import annotations

import gzip
import json
import subprocess
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations
from math import log
from os import environ
from pathlib import Path
from time import perf_counter

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array
from sklearn.cluster import KMeans
from sklearn.decomposition import NMF, TruncatedSVD
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.metrics import normalized_mutual_info_score
from sklearn.preprocessing import normalize

from ..engines.discovery.kmeans import KMeansDiscoverer, centred, sane_k
from ..engines.discovery.stability import stability
from ..engines.stems.stop_words import stop_words
from ..pipeline import Pipeline
from ..ports import Embedder, Vectors
from ..threads import one_thread
from ..words import fold
from . import expectations
from .corpora import MissingDataError, data_folder, nhs_feedback, vrai_debat
from .figures import Figure

MOST = 4_000  # texts of a set: an even draw
TOP = 10
SEED = 12
FEWEST = 10  # questions of a topic for it to be kept
BERTOPIC = Path(".venv-bertopic/bin/python")  # made by tools/bench_bertopic.sh; ECOUTE_BERTOPIC names another
PATIENCE = 900  # seconds given to BERTopic for one set
Labels = npt.NDArray[np.intp]


@dataclass(frozen=True)
class Corpus:
    """Texts with the one theme that people gave each."""

    name: str
    language: str
    texts: list[str]
    themes: list[str]


def measure(pipeline: Pipeline) -> Iterator[Figure]:
    """What people ask for, then discovered themes; a set that is not on this machine says so."""
    try:
        yield from expectations.measure(pipeline)
    except MissingDataError as missing:
        yield Figure("expectations", "not measured", 0, "–", "", str(missing))
    yield from discovered(pipeline.embedder)


def discovered(embedder: Embedder) -> Iterator[Figure]:
    """All figures; a set that is not on this machine says so."""
    for name, read in (("Vrai Débat", _vrai_debat), ("NHS, one theme", _nhs), ("legal questions", _legal)):
        try:
            corpus = read()
        except MissingDataError as missing:
            yield Figure(f"discovery, {name}", "not measured", 0, "–", "", str(missing))
            continue
        yield from _measure(corpus, embedder)


def _measure(corpus: Corpus, embedder: Embedder) -> Iterator[Figure]:
    with one_thread():
        vectors = embedder.embed(corpus.texts)
        counts, tfidf = _words(corpus)
        k = sane_k(len(corpus.texts))
        ways: dict[str, Callable[[], Labels]] = {
            "ours": lambda: KMeansDiscoverer().label(centred(vectors)),
            "k-means, same vectors": lambda: _kmeans(centred(vectors), k),
            "NMF on TF-IDF": lambda: _nmf(tfidf, k),
            "k-means on SVD": lambda: _kmeans(_svd(tfidf), k),
        }
        for way, find in ways.items():
            began = perf_counter()
            labels = find()
            yield from _figures(corpus, way, labels, counts, perf_counter() - began)
        rows = centred(vectors)
        found = KMeansDiscoverer()
        stable = stability(rows, found.label(rows), found.label_again)
    told = f"{sum(s >= 0.5 for s in stable)} of {len(stable)} clusters at 0.5 or more"
    yield Figure(f"discovery, {corpus.name}", "stability, mean, ours", len(stable), f"{np.mean(stable):.3f}", "", told)
    yield from _bertopic(corpus, vectors, counts)


def _figures(corpus: Corpus, way: str, labels: Labels, counts: csr_array, seconds: float) -> Iterator[Figure]:
    agreement = partial(normalized_mutual_info_score, corpus.themes)
    low, high = _interval(corpus.themes, labels)
    remark = f"{len(set(labels.tolist()))} clusters, {len(set(corpus.themes))} themes, {seconds:.1f} s"
    size = len(corpus.texts)
    subject = f"discovery, {corpus.name}"
    yield Figure(subject, f"NMI, {way}", size, f"{agreement(labels):.3f}", f"[{low:.3f}, {high:.3f}]", remark)
    yield Figure(subject, f"NPMI of ten words, {way}", size, f"{coherence(labels, counts):.3f}")


def _interval(themes: Sequence[str], labels: Labels, draws: int = 200) -> tuple[float, float]:
    """95 % interval from halves drawn without replacement: a mean over half the texts, given the texts, varies as much
    as one over all of them does, and repeated texts, which would flatter, are avoided."""
    rng, truth = np.random.default_rng(SEED), np.unique(themes, return_inverse=True)[1]
    whole = normalized_mutual_info_score(truth, labels)
    half = [rng.choice(len(truth), len(truth) // 2, replace=False) for _ in range(draws)]
    found = np.array([normalized_mutual_info_score(truth[at], labels[at]) for at in half])
    spread = np.percentile(found, [2.5, 97.5]) - found.mean()
    return max(0.0, float(whole + spread[0])), min(1.0, float(whole + spread[1]))


def _words(corpus: Corpus) -> tuple[csr_array, csr_array]:
    """Presence of words in texts, and their weights."""
    options = {
        "preprocessor": fold,
        "stop_words": sorted(stop_words(corpus.language)),
        "min_df": 3,
        "token_pattern": r"(?u)\b[^\W\d_]{3,}\b",
    }
    counts = CountVectorizer(binary=True, **options).fit_transform(corpus.texts)
    weights = TfidfVectorizer(sublinear_tf=True, **options).fit_transform(corpus.texts)
    return csr_array(counts), csr_array(weights)


def coherence(labels: Labels, counts: csr_array) -> float:
    """Mean NPMI of the ``TOP`` words of each cluster; a pair never met together counts −1."""
    total = np.asarray(counts.sum(axis=0)).ravel()
    found = []
    for label in sorted(set(labels.tolist()) - {-1}):
        own = np.asarray(counts[labels == label].sum(axis=0)).ravel()
        size = max(1, int((labels == label).sum()))
        score = own / size * np.log1p(len(labels) / np.maximum(total, 1))
        top = np.argsort(-score, kind="stable")[:TOP]
        found.append(_npmi(counts[:, top].toarray().astype(bool)))
    return float(np.mean(found)) if found else 0.0


def _npmi(present: npt.NDArray[np.bool_]) -> float:
    size = len(present)
    alone = present.mean(axis=0)
    pairs = []
    for a, b in combinations(range(present.shape[1]), 2):
        both = float((present[:, a] & present[:, b]).sum()) / size
        pairs.append(-1.0 if not both else 1.0 if both == 1 else log(both / (alone[a] * alone[b])) / -log(both))
    return float(np.mean(pairs)) if pairs else 0.0


def _kmeans(rows: npt.NDArray[np.floating], k: int) -> Labels:
    labels: Labels = KMeans(k, n_init=4, random_state=SEED).fit_predict(rows).astype(np.intp)
    return labels


def _nmf(tfidf: csr_array, k: int) -> Labels:
    parts = NMF(k, init="nndsvda", random_state=SEED, max_iter=400, tol=1e-3).fit_transform(tfidf)
    labels: Labels = parts.argmax(axis=1).astype(np.intp)
    return labels


def _svd(tfidf: csr_array) -> npt.NDArray[np.floating]:
    rows: npt.NDArray[np.floating] = normalize(TruncatedSVD(100, random_state=SEED).fit_transform(tfidf))
    return rows


def _bertopic(corpus: Corpus, vectors: Vectors, counts: csr_array) -> Iterator[Figure]:
    """BERTopic in its own environment, with its defaults and these vectors."""
    python = Path(environ.get("ECOUTE_BERTOPIC", str(BERTOPIC)))
    subject = f"discovery, {corpus.name}"
    if not python.exists():
        yield Figure(subject, "NMI, BERTopic", 0, "–", "", "not measured: run tools/bench_bertopic.sh first")
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "texts.json").write_text(json.dumps(corpus.texts), encoding="utf-8")
        np.save(folder / "vectors.npy", vectors)
        began = perf_counter()
        script = Path(__file__).with_name("bertopic_run.py")
        try:
            # Our own script in an environment that this person made.
            subprocess.run(  # noqa: S603
                [str(python), str(script), name], check=True, capture_output=True, timeout=PATIENCE
            )
        except (subprocess.SubprocessError, OSError) as trouble:
            yield Figure(subject, "NMI, BERTopic", 0, "–", "", f"not measured: {type(trouble).__name__}")
            return
        labels: Labels = np.load(folder / "labels.npy").astype(np.intp)
    lost = float((labels == -1).mean())
    yield Figure(subject, "texts without topic, BERTopic", len(labels), f"{lost:.3f}")
    yield from _figures(corpus, "BERTopic, same vectors", labels, counts, perf_counter() - began)
    with one_thread():
        began, as_many = perf_counter(), len(set(labels.tolist()))
        ours = KMeansDiscoverer(clusters=as_many).label(centred(vectors))
    yield from _figures(corpus, "ours, as many clusters as BERTopic", ours, counts, perf_counter() - began)


def _drawn(name: str, language: str, pairs: Sequence[tuple[str, str]]) -> Corpus:
    """An even draw of at most ``MOST``, the same every time."""
    rng = np.random.default_rng(SEED)
    kept = np.sort(rng.choice(len(pairs), min(MOST, len(pairs)), replace=False))
    return Corpus(name, language, [pairs[i][0] for i in kept], [pairs[i][1] for i in kept])


def _vrai_debat() -> Corpus:
    return _drawn("Vrai Débat", "fr", [(row.text, next(iter(row.themes))) for row in vrai_debat()])


def _nhs() -> Corpus:
    rows = [(row.text, next(iter(row.themes))) for row in nhs_feedback() if len(row.themes) == 1]
    return _drawn("NHS, one theme", "en", rows)


def _legal() -> Corpus:
    """Questions about labour law in people's own words, by topic. Raises ``MissingDataError``."""
    path = data_folder() / "legal_questions.jsonl.gz"
    if not path.exists():
        raise MissingDataError(f"{path.name} is missing: set ECOUTE_DATA to the folder that holds it")
    with gzip.open(path, "rt", encoding="utf-8") as handle:
        rows = [json.loads(line) for line in handle]
    sizes = Counter(row.get("topic") for row in rows)
    pairs = [(row["text"], row["topic"]) for row in rows if row.get("topic") and sizes[row["topic"]] >= FEWEST]
    return _drawn("legal questions", "fr", sorted(set(pairs)))
