"""``python -m ecoute.methods.text.evaluation.centre``: writes ``engines/embedding/e5_centre.npy``.

The mean e5 vector of French sentences: 1,500 drawn evenly from service-public.fr's pages, 1,500 from the titles of the
« Vrai Débat ». No label is looked at.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from ..engines.embedding.e5 import PREFIX, packaged
from ..threads import one_thread
from ..vectors import unit_rows
from .corpora import french_sentences, vrai_debat

EACH = 1_500
TARGET = Path(__file__).parents[1] / "engines" / "embedding" / "e5_centre.npy"


def main() -> None:
    """Embed, take the mean, write it as float32."""
    texts = [text for source in (french_sentences(), [row.text for row in vrai_debat()]) for text in _drawn(source)]
    with one_thread():
        vectors = unit_rows(packaged().encode([f"{PREFIX}{text}" for text in texts]))
    np.save(TARGET, vectors.mean(axis=0).astype(np.float32))
    print(f"{TARGET.name}: mean of {len(texts)} sentences, length {np.linalg.norm(vectors.mean(axis=0)):.3f}")


def _drawn(texts: list[str]) -> list[str]:
    return texts[:: max(1, len(texts) // EACH)][:EACH]


if __name__ == "__main__":
    main()
