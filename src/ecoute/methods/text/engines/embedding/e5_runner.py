"""Running the encoder of ``e5_weights`` with numpy alone: tokens of many texts side by side, no padding.

The encoder is BERT's (Devlin and others, 2019): embeddings, then layers of attention and of a wide inner product, each
with a residual and a normalisation after it; the vector of a text is the mean of its tokens (Wang and others, 2024).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

import numpy as np

from .e5_weights import Floats, Layer, Weights

TOKENS = 1_024  # of one pass: the wide inner product of so many fits the cache
_CUBE, _ROOT = np.float32(0.044715), np.float32(0.7978845608028654)  # √(2/π)


def run(weights: Weights, texts: Sequence[Sequence[int]]) -> Floats:
    """The mean token of each text (its token ids, at least one each), shape ``(len(texts), width)``, not yet of unit
    length. Texts of one length are computed together; memory is that of ``TOKENS`` tokens or of the longest text."""
    out = np.zeros((len(texts), weights.shape.width), np.float32)
    order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
    for rows in _passes(order, texts):
        out[rows] = _pass(weights, [texts[i] for i in rows])
    return out


def _passes(order: Sequence[int], texts: Sequence[Sequence[int]]) -> Iterator[list[int]]:
    rows: list[int] = []
    tokens = 0
    for i in order:
        if rows and tokens + len(texts[i]) > TOKENS:
            yield rows
            rows, tokens = [], 0
        rows.append(i)
        tokens += len(texts[i])
    if rows:
        yield rows


def _pass(weights: Weights, texts: Sequence[Sequence[int]]) -> Floats:
    """Texts in the order of their length."""
    groups = [(length, sum(1 for _ in same)) for length, same in groupby(texts, key=len)]
    ids = np.concatenate([np.asarray(text, np.intp) for text in texts])
    places = np.concatenate([np.tile(np.arange(length), count) for length, count in groups])
    x = _normed(weights.word_rows(ids) + weights.places[places], weights.norm, weights.shape.epsilon)
    for layer in weights.layers:
        x = _layer(x, layer, groups, weights.shape.heads, weights.shape.epsilon)
    means, at = [], 0
    for length, count in groups:
        means.append(x[at : at + length * count].reshape(count, length, -1).mean(axis=1))
        at += length * count
    return np.concatenate(means)


def _layer(x: Floats, layer: Layer, groups: Sequence[tuple[int, int]], heads: int, epsilon: float) -> Floats:
    mixed = x @ layer.attention
    mixed += layer.attention_bias
    seen = _attention(mixed, groups, heads) @ layer.out
    seen += layer.out_bias
    seen += x
    x = _normed(seen, layer.first_norm, epsilon)
    wide = x @ layer.inner
    wide += layer.inner_bias
    said = _gelu(wide) @ layer.outer
    said += layer.outer_bias
    said += x
    return _normed(said, layer.second_norm, epsilon)


def _attention(mixed: Floats, groups: Sequence[tuple[int, int]], heads: int) -> Floats:
    """Each token looks at those of its own text."""
    width = mixed.shape[1] // 3
    out = np.empty((len(mixed), width), np.float32)
    scale, at = np.float32((width // heads) ** -0.5), 0
    for length, count in groups:
        rows = slice(at, at + length * count)
        parts = mixed[rows].reshape(count, length, 3, heads, width // heads).transpose(2, 0, 3, 1, 4)
        weight = parts[0] @ parts[1].swapaxes(-1, -2)
        weight *= scale
        weight -= weight.max(axis=-1, keepdims=True)
        np.exp(weight, out=weight)
        weight /= weight.sum(axis=-1, keepdims=True)
        out[rows] = (weight @ parts[2]).swapaxes(1, 2).reshape(-1, width)
        at = rows.stop
    return out


def _normed(x: Floats, norm: tuple[Floats, Floats], epsilon: float) -> Floats:
    """Mean nought and variance one by row, then scaled and shifted; in place."""
    x -= x.mean(axis=1, keepdims=True)
    variance = np.einsum("ij,ij->i", x, x) / np.float32(x.shape[1])
    x *= (1 / np.sqrt(variance + np.float32(epsilon)))[:, None]
    x *= norm[0]
    x += norm[1]
    return x


def _gelu(x: Floats) -> Floats:
    """Gaussian error linear unit by its usual formula with tanh (Hendrycks and Gimpel, 2016), in place."""
    inner = x * x
    inner *= _CUBE
    inner += 1
    inner *= x
    inner *= _ROOT
    np.tanh(inner, out=inner)
    inner += 1
    inner *= np.float32(0.5)
    x *= inner
    return x
