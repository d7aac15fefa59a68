"""Sentence vectors of an encoder in an ONNX folder, as sentence-transformers and optimum write them.

The folder holds ``model.onnx`` (or ``onnx/model.onnx``), ``tokenizer.json``, and if one likes ``ecoute.json``::

    {"prefix": "query: ", "max_tokens": 512, "pooling": "mean"}

``pooling``: ``mean`` of the tokens (the default), or ``first`` (the token that begins the text).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from ...ports import Vectors
from ...registry import EngineFolderError, MissingPackagesError
from ...vectors import unit_rows

BATCH = 32
MAX_CHARS = 2_500
SETTINGS = {"prefix": "", "max_tokens": 256, "pooling": "mean"}
_INPUTS = {"input_ids", "attention_mask", "token_type_ids"}


class OnnxEmbedder:
    """Any encoder with the usual inputs (token numbers, mask). Read when made: a folder that lacks something raises
    ``EngineFolderError`` that says what. ``folder`` may also be given as text."""

    network = False

    def __init__(self, folder: Path | str) -> None:
        packages = [name for name in ("onnxruntime", "tokenizers") if find_spec(name) is None]
        if packages:
            raise MissingPackagesError("embedding.onnx", packages)
        self.folder = Path(folder)
        self._model = _file(self.folder, "model.onnx", "onnx/model.onnx")
        self._tokens = _file(self.folder, "tokenizer.json")
        self._settings = _settings(self.folder / "ecoute.json")
        self.name = f"onnx-{self.folder.resolve().name}"[:30]
        self.version = _mark(self._model, self._tokens)
        self._open()
        self.dimensions = int(self._encode(["dimensions"]).shape[1])

    def embed(self, texts: Sequence[str]) -> Vectors:
        out = np.zeros((len(texts), self.dimensions), np.float32)
        cut = [f"{self._settings['prefix']}{text[:MAX_CHARS]}" for text in texts]
        order = sorted(range(len(cut)), key=lambda i: len(cut[i]))
        for k in range(0, len(order), BATCH):
            rows = order[k : k + BATCH]
            out[rows] = self._encode([cut[i] for i in rows])
        return unit_rows(out)

    def __getstate__(self) -> dict[str, Any]:
        """Travels to another process without the model, which is opened again there."""
        return {k: v for k, v in self.__dict__.items() if k not in {"_session", "_tokenizer"}}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self._open()

    def _open(self) -> None:
        import onnxruntime as ort
        from tokenizers import Tokenizer

        options = ort.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        try:
            self._tokenizer: Any = Tokenizer.from_file(str(self._tokens))
        except Exception as fault:  # the package raises plain Exception
            raise EngineFolderError(f"{self._tokens} is no tokenizer: {fault}") from fault
        try:
            self._session: Any = ort.InferenceSession(str(self._model), options, providers=["CPUExecutionProvider"])
        except Exception as fault:  # many kinds, none of them public
            raise EngineFolderError(f"{self._model} cannot be opened: {fault}") from fault
        self._inputs = {i.name for i in self._session.get_inputs()}
        if "input_ids" not in self._inputs or self._inputs - _INPUTS:
            found = ", ".join(sorted(self._inputs))
            raise EngineFolderError(f"{self._model} is no sentence encoder: it asks for {found}")
        self._tokenizer.enable_truncation(int(self._settings["max_tokens"]))
        self._tokenizer.enable_padding()

    def _encode(self, texts: Sequence[str]) -> Vectors:
        encoded = self._tokenizer.encode_batch(list(texts))
        mask = np.array([e.attention_mask for e in encoded], np.int64)
        given = {
            "input_ids": np.array([e.ids for e in encoded], np.int64),
            "attention_mask": mask,
            "token_type_ids": np.zeros_like(mask),
        }
        out = self._session.run(None, {name: given[name] for name in self._inputs})[0]
        return _pooled(np.asarray(out, np.float32), mask, self._settings["pooling"], self._model)


def check_folder(folder: Path | str) -> None:
    """Raise ``EngineFolderError`` when the folder lacks a file or its settings cannot be read; opens no model."""
    _file(Path(folder), "model.onnx", "onnx/model.onnx")
    _file(Path(folder), "tokenizer.json")
    _settings(Path(folder) / "ecoute.json")


def _pooled(out: npt.NDArray[np.float32], mask: npt.NDArray[np.int64], pooling: str, model: Path) -> Vectors:
    """One row a text, whether the model gives one already or one a token."""
    if out.ndim == 2 and len(out) == len(mask):
        return out
    if out.ndim != 3 or out.shape[:2] != mask.shape:
        raise EngineFolderError(f"{model} gives an array of shape {out.shape}, not one vector a token or a text")
    if pooling == "first":
        first: Vectors = out[:, 0]
        return first
    weight = mask[..., None].astype(np.float32)
    mean: Vectors = (out * weight).sum(axis=1) / np.maximum(weight.sum(axis=1), 1)
    return mean


def _file(folder: Path, *names: str) -> Path:
    if not folder.is_dir():
        raise EngineFolderError(f"there is no folder {folder}")
    for name in names:
        if (folder / name).is_file():
            return folder / name
    raise EngineFolderError(f"the folder {folder} has no {names[0]}")


def _settings(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return dict(SETTINGS)
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as fault:
        raise EngineFolderError(f"{path} cannot be read: {fault}") from fault
    if not isinstance(found, dict) or found.keys() - SETTINGS.keys():
        raise EngineFolderError(f"{path} may hold {', '.join(SETTINGS)} and nothing else, in one object")
    merged = {**SETTINGS, **found}
    fits = isinstance(merged["prefix"], str) and isinstance(merged["max_tokens"], int) and merged["max_tokens"] > 2
    if not fits or merged["pooling"] not in {"mean", "first"}:
        raise EngineFolderError(f"{path}: prefix is text, max_tokens a number above 2, pooling « mean » or « first »")
    return merged


def _mark(*paths: Path) -> str:
    """Eight letters that change with the files (their ends and sizes: a model may be large)."""
    digest = hashlib.sha256()
    for path in paths:
        size = path.stat().st_size
        with path.open("rb") as file:
            digest.update(f"{size}".encode() + file.read(65_536))
            file.seek(max(0, size - 65_536))
            digest.update(file.read())
    return digest.hexdigest()[:8]
