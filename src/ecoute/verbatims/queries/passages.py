"""Passages and vectors of all readable verbatims, for what looks across the corpus in a job. Not for pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import numpy as np
import numpy.typing as npt
from django.db.models.functions import Length

from ecoute.directory.facade import Scope
from ecoute.verbatims.models import Embedding, Segment, Verbatim, VerbatimService

BATCH = 2_000
ASKED = 5_000  # ids in one question


@dataclass(frozen=True, slots=True)
class Passage:
    """A segment: characters ``[start, end)`` of the masked body at ``masking_version``, as ``evidence``."""

    verbatim_id: int
    masking_version: int
    start: int
    end: int
    text: str
    nature: str
    by_person: bool
    evidence: tuple[tuple[int, int], ...]
    language: str


def passages(natures: Sequence[str]) -> Iterator[Passage]:
    """Segments of these natures, in order of verbatim and position; near-duplicates of another verbatim are left out.
    Streamed."""
    rows = (
        Segment.objects.filter(nature__in=list(natures), verbatim__withdrawn_at=None, verbatim__masking_version__gt=0)
        .filter(verbatim__duplicate_of=None)
        .order_by("verbatim_id", "position")
        .select_related("verbatim")
        .only(
            "start", "end", "nature", "nature_origin", "nature_evidence", "masking_version", "position",
            "verbatim__title", "verbatim__text", "verbatim__masking_version", "verbatim__language",
        )
    )  # fmt: skip
    for row in rows.iterator(chunk_size=BATCH):
        if row.masking_version == row.verbatim.masking_version:
            evidence = tuple((int(a), int(b)) for a, b in row.nature_evidence)
            text = row.verbatim.body[row.start : row.end]
            person = row.nature_origin == "person"
            yield Passage(
                row.verbatim_id, row.masking_version, row.start, row.end, text, row.nature, person, evidence,
                row.verbatim.language,
            )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Body:
    """The masked words of a verbatim that may be read, and where they come from."""

    id: int
    uid: UUID
    body: str
    masking_version: int
    language: str
    date: date | None
    channel: str
    services: tuple[int, ...]


def bodies(ids: Sequence[int], scope: Scope) -> dict[int, Body]:
    """The masked words of those of these verbatims that ``scope`` may read. Two queries."""
    concerned: dict[int, list[int]] = {}
    links = VerbatimService.objects.filter(verbatim_id__in=list(ids)).order_by("verbatim_id", "position")
    for verbatim_id, service_id in links.values_list("verbatim_id", "service_id"):
        if scope.allows(service_id):
            concerned.setdefault(verbatim_id, []).append(service_id)
    rows = Verbatim.objects.filter(pk__in=list(ids), withdrawn_at=None, masking_version__gt=0).order_by("pk")
    return {
        row.pk: Body(
            row.pk, row.uid, row.body, row.masking_version, row.language, row.said_on, row.channel,
            tuple(concerned.get(row.pk, ())),
        )
        for row in rows.only("uid", "title", "text", "masking_version", "language", "said_on", "channel")
        if scope.everything or row.pk in concerned
    }  # fmt: skip


def phrases_of(ids: Sequence[int]) -> dict[int, list[str]]:
    """The key phrases of these verbatims. One query for each ``ASKED`` of them; the caller has checked that they may be
    read."""
    rows = Verbatim.objects.filter(withdrawn_at=None, masking_version__gt=0).order_by()
    found: dict[int, list[str]] = {}
    for at in range(0, len(ids), ASKED):
        found.update(rows.filter(pk__in=list(ids[at : at + ASKED])).values_list("pk", "phrases"))
    return found


def all_vectors() -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float32]]:
    """Ids (ascending) and unit vectors of all readable verbatims embedded by the engine most of them have."""
    rows = Embedding.objects.filter(verbatim__withdrawn_at=None, verbatim__masking_version__gt=0).order_by("pk")
    sizes = Counter(rows.annotate(bytes=Length("vector")).values_list("bytes", flat=True).iterator())
    if not sizes:
        return np.empty(0, np.int64), np.empty((0, 0), np.float32)
    size = max(sizes, key=lambda one: sizes[one])
    ids, halves = [], []
    for pk, vector in rows.values_list("pk", "vector").iterator(chunk_size=BATCH):
        if len(vector) == size:
            ids.append(pk)
            halves.append(bytes(vector))
    vectors = np.frombuffer(b"".join(halves), np.float16).reshape(len(ids), -1).astype(np.float32)
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    return np.array(ids, np.int64), vectors
