"""What the machine may learn from: the example sentences of a codebook, and passages that people coded.

Never a verbatim kept for measuring, never a withdrawn one; masked words only.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from django.db.models import Prefetch, Q, QuerySet

from ecoute.methods.text import codebooks as pure
from ecoute.methods.text.learning.examples import Example
from ecoute.methods.text.ports import Embedder, Vectors
from ecoute.methods.text.vectors import rows_from_bytes
from ecoute.verbatims.enums import Origin
from ecoute.verbatims.models import Segment, SegmentTheme, SegmentVectors

MOST = 20_000  # passages learned from: the newest

SAID_BY_PEOPLE = Q(rejected=True) | Q(origin=Origin.PERSON) | Q(coded_by__isnull=False)


@dataclass(frozen=True)
class Teaching:
    """``examples``: sentences of the codebook first, passages after them. ``places``: of each passage (verbatim id,
    position). ``taught``: by theme, how many passages people gave it and refused it."""

    examples: tuple[Example, ...]
    sentences: int
    places: tuple[tuple[int, int], ...] = ()
    taught: dict[str, tuple[int, int]] = field(default_factory=dict)

    @property
    def mark(self) -> str:
        """The same for the same examples: nothing new to learn."""
        digest = hashlib.sha256()
        for one in self.examples:
            absent = "*" if one.absent is None else ",".join(sorted(one.absent))
            digest.update(f"{one.text}\x1f{','.join(sorted(one.themes))}\x1f{absent}\x1e".encode())
        return digest.hexdigest()


def teaching_of(book: pure.Codebook) -> Teaching:
    """Everything to learn from for the leaves of ``book`` (the active codebook, as the methods want it)."""
    leaves = book.leaves()
    sentences = [Example(text, frozenset({theme.slug})) for theme in leaves for text in theme.examples]
    passages, places = [], []
    taught: Counter[tuple[str, bool]] = Counter()
    for segment in _coded_segments():
        example = _example(segment, book)
        if example is None:
            continue
        passages.append(example)
        places.append((segment.verbatim_id, segment.position))
        taught.update((slug, True) for slug in example.themes)
        taught.update((slug, False) for slug in example.absent or ())
    by_theme = {theme.slug: (taught[theme.slug, True], taught[theme.slug, False]) for theme in leaves}
    return Teaching(tuple(sentences + passages), len(sentences), tuple(places), by_theme)


def coded_by_people() -> QuerySet[Segment]:
    """Passages that somebody coded or checked whole, and that may teach."""
    said = SegmentTheme.objects.filter(SAID_BY_PEOPLE).values("segment")
    return Segment.objects.filter(
        Q(pk__in=said) | Q(checked_at__isnull=False),
        verbatim__withdrawn_at=None,
        verbatim__kept_for_measuring=False,
        verbatim__masking_version__gt=0,
    )


def _coded_segments() -> Iterable[Segment]:
    """The newest, oldest first."""
    codes = SegmentTheme.objects.select_related("theme").order_by("pk")
    newest = (
        coded_by_people()
        .select_related("verbatim")
        .only(*("pk", "verbatim_id", "position", "start", "end", "checked_at"), "verbatim__title", "verbatim__text")
        .prefetch_related(Prefetch("codes", queryset=codes))
        .order_by("-pk")[:MOST]
    )
    return reversed(list(newest))


def _example(segment: Segment, book: pure.Codebook) -> Example | None:
    """None where nothing is said of a leaf in use. In a passage checked whole, leaves not given are absent, except
    those below a broader theme that was given: nobody said which of them it is."""
    text = segment.verbatim.body[segment.start : segment.end]
    codes = [code for code in segment.codes.all() if code.theme.slug in book]
    checked = segment.checked_at is not None
    leaves = {theme.slug for theme in book.leaves()}
    given = {code.theme.slug for code in codes if not code.rejected and (checked or _by_person(code))}
    refused = {code.theme.slug for code in codes if code.rejected} & leaves
    absent = refused
    if checked:
        open_below = {below.slug for slug in given - leaves for below in book.subtree(slug)}
        absent = leaves - given - open_below | refused
    themes = given & leaves
    if not text.strip() or not (themes or absent):
        return None
    return Example(text, frozenset(themes), frozenset(absent - themes))


def _by_person(code: SegmentTheme) -> bool:
    return code.origin == Origin.PERSON or code.coded_by_id is not None


def vectors_of(teaching: Teaching, embedder: Embedder) -> Vectors:
    """The vectors of the examples, in their order: those stored with the analysis where they are of this encoder and
    masking, embedded now otherwise."""
    stored = _stored([verbatim for verbatim, _ in teaching.places], f"{embedder.name} {embedder.version}", embedder)
    out = np.zeros((len(teaching.examples), embedder.dimensions), np.float32)
    missing = list(range(teaching.sentences))
    for i, (verbatim_id, position) in enumerate(teaching.places, teaching.sentences):
        rows = stored.get(verbatim_id)
        if rows is None or position >= len(rows):
            missing.append(i)
        else:
            out[i] = rows[position]
    if missing:
        out[missing] = embedder.embed([teaching.examples[i].text for i in missing])
    return out


def _stored(ids: Sequence[int], engine: str, embedder: Embedder) -> dict[int, Vectors]:
    wanted = sorted(set(ids))
    found: dict[int, Vectors] = {}
    for at in range(0, len(wanted), 500):
        rows = SegmentVectors.objects.filter(verbatim_id__in=wanted[at : at + 500], engine=engine)
        for row in rows.select_related("verbatim").only("engine", "masking_version", "vectors", "verbatim"):
            if row.masking_version == row.verbatim.masking_version:
                found[row.verbatim_id] = rows_from_bytes(bytes(row.vectors), embedder.dimensions)
    return found
