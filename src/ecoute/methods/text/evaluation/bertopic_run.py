"""Run in BERTopic's own environment: ``python bertopic_run.py FOLDER``. Reads ``texts.json`` and ``vectors.npy`` there,
writes ``labels.npy``. Imports nothing of Écoute."""

import json
import sys
from pathlib import Path


def main(folder: Path) -> None:
    """BERTopic with its defaults; the vectors are given, so no language model is loaded."""
    import numpy as np  # type: ignore[import-untyped,unused-ignore]
    from bertopic import BERTopic  # type: ignore[import-not-found]
    from umap import UMAP  # type: ignore[import-not-found]

    texts = json.loads((folder / "texts.json").read_text(encoding="utf-8"))
    # The defaults of BERTopic, with a seed so that the table can be made again.
    plane = UMAP(n_neighbors=15, n_components=5, min_dist=0.0, metric="cosine", low_memory=False, random_state=12)
    labels, _ = BERTopic(umap_model=plane).fit_transform(texts, embeddings=np.load(folder / "vectors.npy"))
    np.save(folder / "labels.npy", np.asarray(labels))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
