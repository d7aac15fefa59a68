#!/bin/sh
# An environment of its own for BERTopic, that « make bench-text » compares discovered themes with: without torch, for
# the vectors are given to it. Writes .venv-bertopic (ECOUTE_BERTOPIC names another python).
set -eu
cd "$(dirname "$0")/.."
"${PYTHON:-python3}" -m venv .venv-bertopic
.venv-bertopic/bin/pip install --quiet --no-deps bertopic==0.17.4
.venv-bertopic/bin/pip install --quiet numpy scipy "scikit-learn<1.9" pandas plotly tqdm pyyaml umap-learn hdbscan
.venv-bertopic/bin/python -c "import bertopic; print('BERTopic', bertopic.__version__)"
