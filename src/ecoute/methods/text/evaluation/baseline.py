"""What everything is compared with: TF-IDF of words and letters, and logistic regressions."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
SOFTNESS = 4.0


def matrices(seen: Sequence[str], held: Sequence[str]) -> tuple[csr_matrix, csr_matrix]:
    """Weights of words, pairs of words and three to five letters, learnt from ``seen`` alone."""
    parts = [
        TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=2, strip_accents="unicode"),
        TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, min_df=2, strip_accents="unicode"),
    ]
    return hstack([p.fit_transform(seen) for p in parts]).tocsr(), hstack([p.transform(held) for p in parts]).tocsr()


def judged(seen: csr_matrix, held: csr_matrix, labels: Flags, balanced: bool) -> Floats:
    """Probability of each label (one regression each) in the texts held out; ``labels`` has shape ``(n, labels)``."""
    out = np.zeros((held.shape[0], labels.shape[1]))
    for k, present in enumerate(labels.T):
        if present.any() and not present.all():
            model = LogisticRegression(
                C=SOFTNESS,
                solver="liblinear",
                dual=True,
                max_iter=500,
                tol=1e-3,
                random_state=0,
                class_weight="balanced" if balanced else None,
            )
            out[:, k] = model.fit(seen, present).predict_proba(held)[:, 1]
        else:
            out[:, k] = float(present.all())
    return out
