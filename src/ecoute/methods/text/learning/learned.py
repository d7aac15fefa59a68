"""What was learnt: probabilities, evidence, thresholds, and its form as bytes."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from ..documents import Span
from ..ports import Embedder, Vectors
from .scoring import WordScorer
from .stacking import sigmoid
from .together import Together
from .voices import Cues, Exemplars, Space, with_cues
from .words import Floats, Vocabulary

FORMAT = 1
EVIDENCE = 4  # spans given at most
TELLING = 0.25  # a word that weighs less than this share of the heaviest is no evidence
VOICES = ("words", "meaning", "likeness", "lead", "cue", "weak_cue", "veto", "constant")


class StaleWeightsError(ValueError):
    """Weights learnt with another encoder, or written by another version of this module."""


def embedder_id(embedder: Embedder) -> str:
    """How an encoder is written beside what was learnt with it."""
    return f"{embedder.name} {embedder.version}"


@dataclass(frozen=True)
class Model:
    """All numbers learnt for the themes, in their order."""

    scorer: WordScorer
    space: Space
    meaning: Floats  # (dimensions and cues, themes)
    meaning_bias: Floats
    exemplars: Exemplars
    cues: Cues
    centre: Floats  # (voices, themes): what is taken away from each voice …
    spread: Floats  # … and what it is divided by
    stack: Floats  # (themes, voices)
    together: Together

    def voices(self, texts: Sequence[str], vectors: Vectors) -> Floats:
        """What each voice says, shape ``(n, themes, len(VOICES) - 1)``, not yet brought to one scale."""
        placed = self.space.place(vectors)
        words, cues = self.scorer.score(texts), self.cues.count(texts)
        return stacked(
            words,
            with_cues(placed, cues) @ self.meaning + self.meaning_bias,
            self.exemplars.likeness(placed, words.shape[1]),
            cues,
        )

    def probabilities(self, texts: Sequence[str], vectors: Vectors) -> Floats:
        """Shape ``(n, themes)``, 0–1."""
        features = scaled(self.voices(texts, vectors), self.centre, self.spread)
        odds = np.einsum("nkv,kv->nk", features, self.stack).astype(np.float64)
        found: Floats = sigmoid(self.together.moved(odds)).astype(np.float32)
        return found


def stacked(words: Floats, meaning: Floats, likeness: Floats, cues: Floats) -> Floats:
    """The voices side by side; ``lead`` is how much liker a theme is than the likest of the others."""
    if likeness.shape[1] > 1:
        best = np.sort(likeness, axis=1)[:, -2:]
        other = np.where(likeness >= best[:, 1:], best[:, :1], best[:, 1:])
    else:
        other = np.zeros_like(likeness)
    return np.dstack([words, meaning, likeness, likeness - other, cues[:, : words.shape[1]]])


def scaled(voices: Floats, centre: Floats, spread: Floats) -> Floats:
    """Voices on one scale, and a constant."""
    moved = (voices - centre.T) / spread.T
    return np.dstack([moved, np.ones((*moved.shape[:2], 1), moved.dtype)])


class LearnedThemes:
    """Themes learnt from examples. Made by ``learn`` or ``from_bytes``; safe to share between threads.

    ``report`` by theme: ``examples`` (present), ``absent`` (said not to be there), and where there are two or more
    examples the cross-validated ``said`` (how many were given the theme), ``right`` (those of them that have it),
    ``precision``, ``recall``, ``f1``, ``average_precision`` and ``calibration_error``.
    """

    def __init__(
        self,
        themes: Sequence[str],
        model: Model | None,
        thresholds: Mapping[str, tuple[float, float]],
        report: Mapping[str, Any],
        embedder: str,
    ) -> None:
        self.themes = tuple(themes)
        self.thresholds = dict(thresholds)
        self.report = dict(report)
        self.embedder = embedder
        self._model = model
        self._taught = np.array([self.report[t]["examples"] > 0 for t in self.themes], bool)

    def check(self, embedder: Embedder) -> None:
        """Raise ``StaleWeightsError`` unless this was learnt with that encoder."""
        if embedder_id(embedder) != self.embedder:
            raise StaleWeightsError(f"learnt with {self.embedder}, asked with {embedder_id(embedder)}: learn again")

    def probabilities(self, texts: Sequence[str], vectors: Vectors) -> Floats:
        """Probability of each theme in each text, shape ``(n, len(themes))``; 0 for a theme without any example.

        Raises ``StaleWeightsError`` when the vectors are not of the dimension learnt.
        """
        if self._model is None or not texts:
            return np.zeros((len(texts), len(self.themes)), np.float32)
        if vectors.shape[1] != len(self._model.space.mean):
            raise StaleWeightsError(f"learnt on {len(self._model.space.mean)} dimensions, given {vectors.shape[1]}")
        found: Floats = self._model.probabilities(texts, vectors) * self._taught
        return found

    def evidence(self, text: str, theme: str) -> tuple[Span, ...]:
        """Characters of ``text`` that weighed most for ``theme``, best first: cues, then words. May be empty."""
        if self._model is None or theme not in self._places:
            return ()
        hits = [h for h in self._model.cues.matcher.find(text) if h.label == theme and h.strength != "veto"]
        spans = [h.span for h in sorted(hits, key=lambda h: (h.strength != "strong", h.span.start))]
        parts = sorted(self._model.scorer.parts(text, self._places[theme]), key=lambda p: (-p[1], p[0]))
        heaviest = parts[0][1] if parts else 0.0
        spans += [span for span, part in parts if part > 0 and part >= TELLING * heaviest]
        kept: list[Span] = []
        for span in spans:
            if len(kept) < EVIDENCE and all(span.end <= k.start or span.start >= k.end for k in kept):
                kept.append(span)
        return tuple(kept)

    @cached_property
    def _places(self) -> dict[str, int]:
        return {theme: k for k, theme in enumerate(self.themes) if self._taught[k]}

    def to_bytes(self) -> bytes:
        """A compressed npz of plain arrays (no pickle); the same learning gives the same bytes' content."""
        head = {
            "format": FORMAT,
            "themes": self.themes,
            "thresholds": self.thresholds,
            "report": self.report,
            "embedder": self.embedder,
            "cues": {} if self._model is None else self._model.cues.cues,
        }
        arrays = {} if self._model is None else _arrays(self._model)
        out = io.BytesIO()
        np.savez_compressed(out, head=_letters(json.dumps(head, sort_keys=True)), **arrays)
        return out.getvalue()

    @classmethod
    def from_bytes(cls, data: bytes) -> LearnedThemes:
        """What ``to_bytes`` wrote. Raises ``StaleWeightsError`` for another format."""
        with np.load(io.BytesIO(data), allow_pickle=False) as archive:
            arrays = {name: archive[name] for name in archive.files}
        head = json.loads(arrays["head"].tobytes().decode())
        if head["format"] != FORMAT:
            raise StaleWeightsError(f"format {head['format']}, this module reads {FORMAT}: learn again")
        thresholds = {theme: (give, doubt) for theme, (give, doubt) in head["thresholds"].items()}
        model = _model(arrays, Cues(head["themes"], head["cues"])) if "stack" in arrays else None
        return cls(head["themes"], model, thresholds, head["report"], head["embedder"])


def _letters(text: str) -> np.ndarray[Any, np.dtype[np.uint8]]:
    return np.frombuffer(text.encode(), np.uint8)


def _arrays(model: Model) -> dict[str, Any]:
    """Big tables in half precision: what is lost is far below what the probabilities are worth."""
    half = np.float16
    vocabulary = model.scorer.vocabulary
    return {
        "grams": _letters("\n".join(vocabulary.grams)),
        "letters": _letters("\n".join(vocabulary.letters)),
        "idf": vocabulary.idf,
        "words": model.scorer.weights.astype(half),
        "words_bias": model.scorer.bias,
        "mean": model.space.mean,
        "scale": np.float64(model.space.scale),
        "meaning": model.meaning,
        "meaning_bias": model.meaning_bias,
        "exemplars": model.exemplars.vectors.astype(half),
        "owners": model.exemplars.owners,
        "centre": model.centre,
        "spread": model.spread,
        "stack": model.stack,
        "moves": model.together.moves,
        "moves_bias": model.together.bias,
    }


def _model(arrays: Mapping[str, Any], cues: Cues) -> Model:
    vocabulary = Vocabulary(_lines(arrays["grams"]), _lines(arrays["letters"]), arrays["idf"])
    return Model(
        WordScorer(vocabulary, arrays["words"].astype(np.float32), arrays["words_bias"]),
        Space(arrays["mean"], float(arrays["scale"])),
        arrays["meaning"],
        arrays["meaning_bias"],
        Exemplars(arrays["exemplars"].astype(np.float32), arrays["owners"].astype(np.intp)),
        cues,
        arrays["centre"],
        arrays["spread"],
        arrays["stack"],
        # Weights written before themes heard each other have none: nothing moves.
        Together(arrays["moves"], arrays["moves_bias"]) if "moves" in arrays else Together.still(len(arrays["stack"])),
    )


def _lines(letters: np.ndarray[Any, np.dtype[np.uint8]]) -> list[str]:
    text = letters.tobytes().decode()
    return text.split("\n") if text else []
