"""Learning the themes of a codebook from examples: its written sentences on the first day, people's corrections since.

Contract (implementation in the modules beside this one)::

    learned = learn(examples, themes, embedder)   # seconds on 10,000 examples; vectors=…, cues=… where at hand
    learned.probabilities(texts, vectors)         # (n, len(themes)) float32, calibrated, 0–1
    learned.evidence(text, theme)                 # Spans of the words that weighed most, best first; may be empty
    learned.thresholds                            # by theme (give, doubt): p >= give is a code, p >= doubt « not sure »
    learned.report                                # JSON, by theme: examples, cross-validated quality, calibration error
    LearnedThemes.from_bytes(learned.to_bytes())  # no pickle

``texts`` and ``vectors`` are those of segments (masked), vectors from the same embedder as at learning (its name and
version are kept inside; ``learned.check(embedder)`` raises ``StaleWeightsError`` for another one).
"""

from __future__ import annotations

from .examples import Example
from .learned import LearnedThemes, StaleWeightsError
from .learner import learn

__all__ = ["Example", "LearnedThemes", "StaleWeightsError", "learn"]
