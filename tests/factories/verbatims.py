"""Small true records for tests: ``make_service``, ``make_theme``, ``make_verbatim`` with segments and codes."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from django.apps import apps
from django.db import transaction

from ecoute.core.counters import next_numbers
from ecoute.verbatims.models import (
    Codebook,
    Embedding,
    Reply,
    Segment,
    SegmentTheme,
    Source,
    Theme,
    Verbatim,
    VerbatimService,
)
from ecoute.verbatims.search.index import index_verbatims

_numbers = itertools.count(1)


@dataclass(frozen=True)
class Idea:
    """One segment to make. ``text`` must stand in the verbatim's body; empty: the whole body."""

    themes: Sequence[str] = ()  # slugs, made when missing
    nature: str = "irritant"
    polarity: str = "negative"
    text: str = ""
    rejected: Sequence[str] = field(default=())  # themes a person said are not there
    confidence: float = 0.8


def make_service(name: str = "", parent: Any = None, **fields: Any) -> Any:
    """A service (or an administration, ``kind="administration"``) with its path in the tree."""
    number = next(_numbers)
    name = name or f"Service {number}"
    fields.setdefault("slug", f"service-{number}")
    row = apps.get_model("directory", "Service")(name=name, parent=parent, path=f"new-{number}", **fields)
    row.depth = parent.depth + 1 if parent else 0
    row.save()
    row.path = f"{parent.path if parent else ''}{row.pk:08d}."
    row.save()
    return row


def make_place(name: str = "", code: str = "", level: str = "departement", parent: Any = None) -> Any:
    number = next(_numbers)
    name = name or f"Lieu {number}"
    return apps.get_model("directory", "Place").objects.create(
        name=name, code=code or f"T{number}", level=level, folded=name.lower(), parent=parent
    )


def make_source(slug: str = "essai", **fields: Any) -> Source:
    return Source.objects.get_or_create(slug=slug, defaults={"name": slug.capitalize(), **fields})[0]


def make_codebook(slug: str = "essai") -> Codebook:
    return Codebook.objects.get_or_create(slug=slug, defaults={"name_fr": "Plan d'essai", "name_en": "Test codebook"})[
        0
    ]


def make_theme(slug: str, parent: Theme | None = None, codebook: Codebook | None = None, **fields: Any) -> Theme:
    fields.setdefault("label_fr", slug.replace("-", " ").capitalize())
    return Theme.objects.get_or_create(
        codebook=codebook or make_codebook(), slug=slug, defaults={"parent": parent, **fields}
    )[0]


def make_verbatim(
    text: str = "J'ai attendu deux heures.",
    *,
    title: str = "",
    services: Sequence[Any] = (),
    ideas: Sequence[Idea] = (),
    said_on: date | None = date(2023, 5, 10),
    source: Source | None = None,
    vector: Any = None,
    replies: Sequence[str] = (),
    **fields: Any,
) -> Verbatim:
    """An analysed verbatim (masked words given), with its services, segments, codes and place in the word index."""
    number = next(_numbers)
    fields.setdefault("language", "fr")
    fields.setdefault("polarity", ideas[0].polarity if ideas else "neutral")
    fields.setdefault("masking_version", 1)
    fields.setdefault("analysed_at", datetime(2023, 6, 1, tzinfo=UTC))
    with transaction.atomic():
        verbatim = Verbatim.objects.create(
            source=source or make_source(),
            external_id=fields.pop("external_id", f"E{number}"),
            fingerprint=hashlib.sha256(f"{number}".encode()).hexdigest(),
            title=title,
            text=text,
            said_on=said_on,
            received_at=datetime(2023, 6, 1, tzinfo=UTC),
            revision=next_numbers("verbatims")[0],
            **fields,
        )
        for position, service in enumerate(services):
            VerbatimService.objects.create(verbatim=verbatim, service=service, position=position)
        for position, idea in enumerate(ideas):
            _make_segment(verbatim, position, idea)
        for position, reply in enumerate(replies):
            Reply.objects.create(verbatim=verbatim, position=position, text=reply)
        if vector is not None:
            Embedding.objects.create(verbatim=verbatim, engine="test 1", vector=vector.astype("float16").tobytes())
        index_verbatims([verbatim.pk])
    return verbatim


def touch(verbatim: Verbatim, **changes: Any) -> None:
    """Changes a verbatim as an action would: with a new revision."""
    with transaction.atomic():
        Verbatim.objects.filter(pk=verbatim.pk).update(revision=next_numbers("verbatims")[0], **changes)


def _make_segment(verbatim: Verbatim, position: int, idea: Idea) -> None:
    start = verbatim.body.index(idea.text) if idea.text else 0
    end = start + len(idea.text or verbatim.body)
    segment = Segment.objects.create(
        verbatim=verbatim,
        masking_version=verbatim.masking_version,
        position=position,
        start=start,
        end=end,
        nature=idea.nature,
        nature_confidence=0.7,
        polarity=idea.polarity,
        polarity_confidence=0.7,
    )
    for slug in [*idea.themes, *idea.rejected]:
        SegmentTheme.objects.create(
            segment=segment,
            theme=make_theme(slug),
            confidence=idea.confidence,
            evidence=[[start, end]],
            engine="test 1",
            rejected=slug in idea.rejected,
        )
