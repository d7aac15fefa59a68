"""Search by meaning: the cosine between a question and every verbatim.

Only vectors of the encoder that reads the question count: when the profile changed, the job « verbatims.reembed » makes
the others again, and they are missing meanwhile. Vectors stand in a file of float32 under ``var/index`` that every
process maps into memory: 2 to 4 KB a verbatim, read at the speed of the page cache. The file never changes; what was
embedded since is kept beside it in memory, and the file is written anew when that grows.
"""

from __future__ import annotations

import os
import threading
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from django.conf import settings
from django.db.models import QuerySet
from django.db.models.functions import Length

from ecoute.methods.text.codebooks import Codebook
from ecoute.methods.text.ports import Embedder, Masker, QuestionEmbedder
from ecoute.verbatims.columns.snapshot import Snapshot
from ecoute.verbatims.models import Embedding
from ecoute.verbatims.pipelines import label_of, make_embedder, make_pipeline

Vectors = npt.NDArray[np.float32]
Scores = npt.NDArray[np.float32]
UNKNOWN = -2.0  # the score of a verbatim without a vector
REWRITE_AT = 2_000  # vectors kept beside the file before it is written anew
BATCH = 2_000

_lock = threading.Lock()


@dataclass(frozen=True, eq=False)
class _Part:
    """Vectors (rows of unit length) of these verbatims, ids ascending."""

    ids: npt.NDArray[np.int64]
    vectors: Vectors

    def scores(self, question: Vectors, snapshot: Snapshot, out: Scores) -> None:
        if len(self.ids) and snapshot.size:
            at = np.minimum(np.searchsorted(snapshot.ids, self.ids), snapshot.size - 1)
            known = snapshot.ids[at] == self.ids
            out[at[known]] = (self.vectors @ question)[known]


class MeaningIndex:
    """The vectors of this installation, as fresh as the snapshot they are asked for."""

    def __init__(self, dimensions: int, engine: str, folder: Path | None = None) -> None:
        self.dimensions, self.engine = dimensions, engine
        self._mark = f"{dimensions}-{zlib.crc32(engine.encode()):08x}"
        self._folder = folder or settings.VAR / "index"
        self._base = (0, self._part([]))  # up to which number, vectors of the file
        self._recent = (0, self._part([]))

    def scores(self, question: Vectors, snapshot: Snapshot) -> Scores:
        """The cosine of ``question`` (unit length) with every row of the snapshot; ``UNKNOWN`` without a vector."""
        base, recent = self._parts(snapshot.number)
        out = np.full(snapshot.size, UNKNOWN, np.float32)
        base.scores(question, snapshot, out)
        recent.scores(question, snapshot, out)
        return out

    def vector_of(self, verbatim_id: int) -> Vectors | None:
        """The vector of one verbatim, None when it has none of this engine."""
        row = self._rows().filter(pk=verbatim_id).values_list("pk", "vector")[:1]
        part = self._part(list(row))
        return part.vectors[0] if len(part.ids) else None

    def _parts(self, number: int) -> tuple[_Part, _Part]:
        with _lock:
            if self._base[0] == 0 or self._base[0] > number:
                self._base = (number, self._file(number))
                self._recent = (number, self._part([]))
            if self._recent[0] < number:
                rows = self._rows().filter(verbatim__revision__gt=self._base[0])
                if rows.count() > REWRITE_AT:
                    self._base, self._recent = (number, self._file(number)), (number, self._part([]))
                else:
                    self._recent = (number, self._part(list(rows.values_list("pk", "vector"))))
            return self._base[1], self._recent[1]

    def _rows(self) -> QuerySet[Embedding]:
        size = 2 * self.dimensions  # float16
        return Embedding.objects.annotate(bytes=Length("vector")).filter(bytes=size, engine=self.engine).order_by("pk")

    def _part(self, rows: list[tuple[int, Any]]) -> _Part:
        ids = np.array([pk for pk, _ in rows], np.int64)
        vectors = np.frombuffer(b"".join(bytes(vector) for _, vector in rows), np.float16)
        return _Part(ids, vectors.reshape(-1, self.dimensions).astype(np.float32))

    def _file(self, number: int) -> _Part:
        """The file of this number, written if another process has not yet; older ones are removed."""
        self._folder.mkdir(parents=True, exist_ok=True)
        name = f"meaning-{self._mark}-{number}"
        vectors, ids = self._folder / f"{name}.f32", self._folder / f"{name}.ids.npy"
        if not ids.exists():
            self._write(vectors, ids)
        known = np.load(ids)
        if not len(known):
            return self._part([])
        return _Part(known, np.memmap(vectors, np.float32, mode="r", shape=(len(known), self.dimensions)))

    def _write(self, vectors: Path, ids: Path) -> None:
        written: list[npt.NDArray[np.int64]] = [np.empty(0, np.int64)]
        half = vectors.with_suffix(f".{os.getpid()}.half")
        with half.open("wb") as file:
            rows = self._rows().values_list("pk", "vector")
            batch: list[tuple[int, Any]] = []
            for row in rows.iterator(chunk_size=BATCH):
                batch.append(row)
                if len(batch) == BATCH:
                    written.append(self._append(file, batch))
                    batch = []
            written.append(self._append(file, batch))
        half.replace(vectors)
        names = ids.with_suffix(f".{os.getpid()}.half")
        with names.open("wb") as file:
            np.save(file, np.concatenate(written))
        names.replace(ids)  # the last act: the pair is complete
        for old in self._folder.glob("meaning-*"):
            if not old.name.startswith(vectors.name.removesuffix("f32")) and not old.name.endswith(".half"):
                old.unlink(missing_ok=True)

    def _append(self, file: Any, rows: list[tuple[int, Any]]) -> npt.NDArray[np.int64]:
        part = self._part(rows)
        file.write(part.vectors.tobytes())
        return part.ids


def forget_vectors(folder: Path | None = None) -> None:
    """Removes the vectors, in files and in memory: they are those of a base that was replaced."""
    for old in (folder or settings.VAR / "index").glob("meaning-*"):
        old.unlink(missing_ok=True)
    with _lock:
        for key in [key for key in _made if key not in {"embedder", "masker"}]:
            del _made[key]


_made: dict[str, Any] = {}


def embedder() -> Embedder:
    """The engine that turns a question into a vector, loaded at the first question of this process."""
    with _lock:
        if "embedder" not in _made:
            _made["embedder"] = make_embedder()
        found: Embedder = _made["embedder"]
        return found


def vector_of_question(text: str) -> Vectors:
    """The unit vector of a question. An encoder on another machine is given it masked, as it is given all other words.
    Raises ``EngineUnavailableError`` where that machine does not answer."""
    engine = embedder()
    asked = _masker().mask(text, "fr").text if engine.network else text
    found: Vectors = engine.embed_question(asked) if isinstance(engine, QuestionEmbedder) else engine.embed([asked])
    vector: Vectors = found[0]
    return vector


def _masker() -> Masker:
    """The engine that hides what tells who somebody is, in a process whose questions leave it."""
    with _lock:
        if "masker" not in _made:
            _made["masker"] = make_pipeline(Codebook(slug="none", version="0", themes=())).masker
        found: Masker = _made["masker"]
        return found


def meaning_index() -> MeaningIndex:
    """The index of this process."""
    engine = embedder()
    with _lock:
        key = f"{settings.VAR}|{settings.DATABASES['default']['NAME']}"
        if key not in _made:
            _made[key] = MeaningIndex(engine.dimensions, label_of(engine))
        found: MeaningIndex = _made[key]
        return found
