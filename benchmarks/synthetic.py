"""A large listening base for measures: the demonstration texts, really analysed once, drawn again and again.

Every verbatim made here belongs to a source named « Corpus synthétique », whose caveat says that it proves nothing.
"""

from __future__ import annotations

import csv
import pickle
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np

DEMO = Path(__file__).resolve().parents[1] / "src" / "ecoute" / "verbatims" / "demo" / "services_publics_plus.csv"
CHANNELS = ["web", "form", "email", "phone", "counter", "letter", "unknown"]
SATISFACTION = {"Positif": "positive", "Neutre": "neutral", "Négatif": "negative"}
CHUNK = 5_000
DIMENSIONS = 512


@dataclass(frozen=True)
class Text:
    """A demonstration text as analysed: masked, cut, coded."""

    title: str
    body: str
    language: str
    polarity: str
    satisfaction: str
    segments: tuple[tuple[int, int, str, str, tuple[tuple[str, float, tuple[tuple[int, int], ...]], ...]], ...]
    stems: tuple[str, ...]
    vector: Any
    structures: tuple[tuple[str, str], ...]
    departement: str
    said_on: date | None


def analysed_texts(cache: Path) -> list[Text]:
    """The demonstration texts through the real pipeline; kept in ``cache``, for it takes a minute."""
    if cache.exists():
        kept: list[Text] = pickle.loads(cache.read_bytes())
        return kept
    from ecoute.methods.text.codebooks import load_default
    from ecoute.methods.text.documents import Document
    from ecoute.methods.text.pipeline import default_pipeline

    rows = list(csv.DictReader(DEMO.open(encoding="utf-8")))
    documents = [Document(str(at), f"{row['title']}\n{row['text']}") for at, row in enumerate(rows)]
    found = {one.key: one for one in default_pipeline(load_default()).analyse(documents)}
    texts = [_text(rows[int(document.key)], found[document.key]) for document in documents]
    cache.write_bytes(pickle.dumps(texts))
    return texts


def _text(row: dict[str, str], found: Any) -> Text:
    from ecoute.verbatims.search.index import stems_of

    title, _, body = found.masked.text.partition("\n")
    said = row["date"][:10]
    return Text(
        title=title,
        body=body,
        language=found.language,
        polarity=found.polarity.value,
        satisfaction=SATISFACTION.get(row["sentiment"], "unknown"),
        segments=tuple(
            (
                one.span.start,
                one.span.end,
                one.nature.value,
                one.polarity.value,
                tuple((c.theme, c.confidence, tuple((s.start, s.end) for s in c.evidence)) for c in one.themes),
            )
            for one in found.segments
        ),
        stems=tuple(stems_of(found.masked.text)),
        vector=np.frombuffer(found.vector, np.float16).astype(np.float32),
        structures=tuple((row["typology"], name) for name in row["structure"].split("|") if name),
        departement=row["departement"],
        said_on=date.fromisoformat(said) if said else None,
    )


def build(count: int, texts: Sequence[Text], say: Callable[[str], None] = print) -> None:
    """Fills an empty, migrated database with ``count`` verbatims. The same count gives the same base."""
    from django.db import connection, transaction

    from ecoute.core.counters import next_numbers
    from ecoute.directory.actions.places import load_places
    from ecoute.verbatims.actions.codebooks import load_default_codebook
    from ecoute.verbatims.models import Source
    from ecoute.verbatims.search.engines import word_index

    load_places()
    codebook = load_default_codebook(by=None)
    themes = dict(codebook.themes.values_list("slug", "pk"))
    source = Source.objects.create(
        slug="synthetique", name="Corpus synthétique", caveat="Textes de démonstration tirés au sort : ne prouve rien."
    )
    maker = _Maker(texts, _services(texts), _places(texts), themes, source.pk)
    for first in range(1, count + 1, CHUNK):
        with transaction.atomic():
            revision = next_numbers("verbatims")[0]
            ids = range(first, min(first + CHUNK, count + 1))
            for model, rows in maker.rows(ids, revision).items():
                _insert(connection, model, rows)
            word_index(connection.vendor).put(maker.stems(ids))
        say(f"{ids[-1]:>9,} verbatims")
    _reset_sequences(connection)


def _services(texts: Sequence[Text]) -> dict[tuple[str, str], int]:
    from ecoute.directory.enums import ServiceKind
    from ecoute.directory.facade import ensure_service

    found = {}
    for pair in sorted({pair for text in texts for pair in text.structures}):
        kind = ServiceKind.ADMINISTRATION.value
        parent = ensure_service(name=pair[0].split("|")[0] or "Autres services", kind=kind, by=None)
        found[pair] = ensure_service(name=pair[1], parent_id=parent, by=None)
    return found


def _places(texts: Sequence[Text]) -> dict[str, int | None]:
    from ecoute.directory.facade import find_place

    return {name: find_place(name=name) if name else None for name in {text.departement for text in texts}}


class _Maker:
    """Rows of every table for a run of ids. The first verbatims are the texts as they came; the others are drawn."""

    def __init__(self, texts: Sequence[Text], services: Any, places: Any, themes: Any, source: int) -> None:
        self._texts, self._services, self._places = texts, services, places
        self._themes, self._source = themes, source
        self._last_segment = self._last_code = 0

    def text(self, pk: int) -> Text:
        return self._texts[(pk - 1) % len(self._texts)]

    def stems(self, ids: Sequence[int]) -> Iterator[tuple[int, Sequence[str]]]:
        return ((pk, self.text(pk).stems) for pk in ids)

    def rows(self, ids: Sequence[int], revision: int) -> dict[Any, list[dict[str, Any]]]:
        from ecoute.verbatims.models import Embedding, Segment, SegmentTheme, Verbatim, VerbatimService

        made: dict[Any, list[dict[str, Any]]] = {
            model: [] for model in (Verbatim, VerbatimService, Segment, SegmentTheme, Embedding)
        }
        for pk in ids:
            dice = random.Random(pk)
            text = self.text(pk)
            other = text if pk <= len(self._texts) else dice.choice(self._texts)
            made[Verbatim].append(self._verbatim(pk, text, other, dice, revision))
            for position, pair in enumerate(dict.fromkeys(other.structures)):
                made[VerbatimService].append(
                    {"verbatim_id": pk, "service_id": self._services[pair], "position": position}
                )
            for position, segment in enumerate(text.segments):
                self._segment(made[Segment], made[SegmentTheme], pk, position, segment)
            noise = np.random.default_rng(pk).normal(0, 0.01, DIMENSIONS).astype(np.float32)
            vector = text.vector + noise
            half = (vector / np.linalg.norm(vector)).astype(np.float16).tobytes()
            made[Embedding].append({"verbatim_id": pk, "engine": "synthetic", "vector": half})
        return made

    def _verbatim(self, pk: int, text: Text, other: Text, dice: random.Random, revision: int) -> dict[str, Any]:
        from uuid import UUID

        said = text.said_on if text is other else date(2019, 1, 1) + timedelta(days=int(2_800 * dice.random() ** 0.6))
        return {
            "id": pk,
            "uid": UUID(int=dice.getrandbits(128), version=4),
            "source_id": self._source,
            "external_id": f"SYN-{pk}",
            "fingerprint": f"{pk:064d}",
            "title": text.title,
            "text": text.body,
            "masking_version": 1,
            "language": text.language,
            "said_on": said,
            "received_at": datetime(2026, 1, 1, tzinfo=UTC),
            "channel": dice.choices(CHANNELS, [30, 20, 10, 20, 10, 5, 5])[0],
            "solicited": True,
            "speaker": dice.choices(["usager", "relative", "unknown"], [8, 1, 1])[0],
            "satisfaction": text.satisfaction,
            "satisfaction_given": "",
            "place_id": self._places[other.departement],
            "extra": "{}",
            "polarity": text.polarity,
            "polarity_confidence": 0.7,
            "phrases": "[]",
            "analysis_notes": "[]",
            "analysed_at": datetime(2026, 1, 1, tzinfo=UTC),
            "revision": revision,
        }

    def _segment(self, segments: list[Any], codes: list[Any], verbatim: int, position: int, segment: Any) -> None:
        start, end, nature, polarity, themes = segment
        self._last_segment += 1
        segments.append(
            {
                "id": self._last_segment, "verbatim_id": verbatim, "masking_version": 1, "position": position,
                "start": start, "end": end, "nature": nature, "nature_confidence": 0.7, "nature_origin": "machine",
                "nature_engine": "patterns 1", "nature_evidence": "[]", "polarity": polarity,
                "polarity_confidence": 0.7, "polarity_origin": "machine", "polarity_engine": "blend 1",
            }
        )  # fmt: skip
        for slug, confidence, evidence in themes:
            if slug in self._themes:
                self._last_code += 1
                codes.append(
                    {
                        "id": self._last_code, "segment_id": self._last_segment, "theme_id": self._themes[slug],
                        "confidence": confidence, "evidence": str([list(pair) for pair in evidence]),
                        "origin": "machine", "engine": "codebook 1", "rejected": False,
                        "coded_at": datetime(2026, 1, 1, tzinfo=UTC),
                    }
                )  # fmt: skip


def _insert(connection: Any, model: Any, rows: list[dict[str, Any]]) -> None:
    if not rows:
        return
    fields = {field.column: field for field in model._meta.local_concrete_fields}
    columns = list(rows[0])
    plain = {"extra", "phrases", "analysis_notes", "nature_evidence", "evidence"}  # JSON already written
    lines = [
        [row[name] if name in plain else fields[name].get_db_prep_save(row[name], connection) for name in columns]
        for row in rows
    ]
    names, marks = ", ".join(f'"{name}"' for name in columns), ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        cursor.executemany(f'INSERT INTO "{model._meta.db_table}" ({names}) VALUES ({marks})', lines)


def _reset_sequences(connection: Any) -> None:
    from django.core.management.color import no_style

    from ecoute.verbatims.models import Segment, SegmentTheme, Verbatim

    with connection.cursor() as cursor:
        for line in connection.ops.sequence_reset_sql(no_style(), [Verbatim, Segment, SegmentTheme]):
            cursor.execute(line)
        cursor.execute("ANALYZE")
