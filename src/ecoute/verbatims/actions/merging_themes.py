"""Two themes become one: codes follow, and the version keeps what it takes to undo it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone
from django.utils.translation import gettext as _

from ecoute.core import audit
from ecoute.core.counters import next_numbers
from ecoute.verbatims.actions.codebook_versions import changing, write_snapshot
from ecoute.verbatims.enums import Origin
from ecoute.verbatims.models import CodebookVersion, DiscoveredSubject, Segment, SegmentTheme, Theme, Verbatim

BATCH = 1_000  # ids a query
_JOINED = ("examples_fr", "examples_en", "cues", "exemplars")
_ROW = ("segment_id", "theme_id", "confidence", "evidence", "origin", "engine", "codebook_version", "rejected",
        "coded_by_id")  # fmt: skip


class CannotMerge(ValueError):  # noqa: N818
    """Why the themes stay apart, for the person who asked."""


@dataclass(frozen=True, slots=True)
class MergePreview:
    """``moving`` codes change their theme; ``doubled`` segments hold both already; ``refused``: what people said is not
    there goes, for it says nothing of the theme that remains."""

    moving: int
    doubled: int
    refused: int
    verbatims: int


def merge_preview(*, theme: Theme, into: Theme) -> MergePreview:
    """What a merge would do. Four queries."""
    codes = SegmentTheme.objects.filter(theme=theme)
    doubled = codes.filter(rejected=False, segment__codes__theme=into)
    given = codes.filter(rejected=False)
    return MergePreview(
        moving=given.count() - doubled.count(),
        doubled=doubled.count(),
        refused=codes.filter(rejected=True).count(),
        verbatims=given.values("segment__verbatim").distinct().count(),
    )


def check_merge(theme: Theme, into: Theme) -> None:
    """Raises CannotMerge."""
    if theme.pk == into.pk or theme.codebook_id != into.codebook_id:
        raise CannotMerge(_("Choisissez un autre thème du même plan de codage."))
    if into.retired_at is not None or theme.merged_into_id is not None:
        raise CannotMerge(_("Un de ces thèmes n’est plus en usage."))
    if theme.children.filter(retired_at=None).exists():
        raise CannotMerge(_("Ce thème a des sous-thèmes : placez-les d’abord ailleurs, ou réunissez-les un à un."))


def merge_themes(*, theme: Theme, into: Theme, by: Any) -> int:
    """Gives the codes, examples and cues of ``theme`` to ``into`` and retires it. Returns how many codes moved.

    Where a segment held both, the surer remains: given rather than rejected, a person's rather than the machine's.
    Every verbatim concerned takes a new revision. One new version of the codebook, one audit entry. Raises CannotMerge.
    """
    check_merge(theme, into)
    with changing(theme.codebook, "codebooks.themes_merged", by=by) as undo:
        _hold(SegmentTheme.objects.filter(theme=theme))
        moved, dropped = _move_codes(theme, into)
        unsure, doubts = _move_unsure(theme.pk, into.pk)
        adopted = DiscoveredSubject.objects.filter(theme=theme)
        undo |= {"merged": theme.slug, "into": into.slug, "moved": moved, "dropped": dropped}
        undo |= {"doubts": doubts, "subjects": list(adopted.order_by("pk").values_list("pk", flat=True))}
        for name in _JOINED:
            setattr(into, name, list(dict.fromkeys([*getattr(into, name), *getattr(theme, name)])))
        into.save(update_fields=[*_JOINED])
        theme.retired_at, theme.merged_into = theme.retired_at or timezone.now(), into
        theme.save(update_fields=["retired_at", "merged_into"])
        adopted.update(theme=into)
        segments = [*moved, *(row["segment_id"] for row in dropped)]
        _touch(_verbatims_of_codes(moved) | _verbatims_of(segments[len(moved) :]) | unsure)
        audit.record("codebooks.themes_merged", by=by, target=theme, slug=theme.slug, into=into.slug, codes=len(moved))
    return len(moved)


def undo_merge(*, version: CodebookVersion, by: Any) -> None:
    """Puts codes, doubts, adopted subjects and themes back as they were before ``version``, which must be the present
    one. What people said since stays, and so do the doubts of passages coded again since. Raises CannotMerge. One new
    version, one audit entry."""
    codebook = version.codebook
    before = codebook.versions.filter(version=version.version - 1).first()
    if version.version != codebook.version or not version.undo or before is None:
        raise CannotMerge(_("Cette réunion ne peut plus être annulée : le plan de codage a changé depuis."))
    theme = codebook.themes.get(slug=version.undo["merged"])
    into = codebook.themes.get(slug=version.undo["into"])
    with changing(codebook, "codebooks.merge_undone", by=by):
        doubts = version.undo.get("doubts", [])
        verbatims = _verbatims_of_codes(version.undo["moved"])
        _hold_all(verbatims | _verbatims_of(row["segment_id"] for row in version.undo["dropped"]))
        for ids in _chunks(version.undo["moved"]):
            SegmentTheme.objects.filter(pk__in=ids, theme=into).update(theme=theme)
        verbatims |= _put_back(version.undo["dropped"]) | _doubt_again(doubts)
        DiscoveredSubject.objects.filter(pk__in=version.undo.get("subjects", []), theme=into).update(theme=theme)
        write_snapshot(codebook, before.themes)
        _touch(verbatims)
        audit.record("codebooks.merge_undone", by=by, target=theme, slug=theme.slug, into=into.slug)


def _hold(codes: Any) -> None:
    """Holds the verbatims concerned, in the one order of all writers."""
    owners = codes.values("segment__verbatim")
    list(Verbatim.objects.select_for_update().filter(pk__in=owners).order_by("pk").values_list("pk"))


def _hold_all(ids: set[int]) -> None:
    """The same for verbatims known by their ids."""
    for some in _chunks(sorted(ids)):
        list(Verbatim.objects.select_for_update().filter(pk__in=some).order_by("pk").values_list("pk"))


def _chunks(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    """No database takes an endless list of ids."""
    return (ids[start : start + BATCH] for start in range(0, len(ids), BATCH))


def _move_codes(theme: Theme, into: Theme) -> tuple[list[int], list[dict[str, Any]]]:
    """Ids of the codes that moved, and the rows that went, whole."""
    codes = list(SegmentTheme.objects.filter(theme=theme).order_by("pk"))
    there = {code.segment_id: code for code in SegmentTheme.objects.filter(theme=into, segment__codes__theme=theme)}
    moving: list[SegmentTheme] = []
    going: list[SegmentTheme] = []
    for code in codes:
        other = there.get(code.segment_id)
        if code.rejected or (other is not None and _weight(other) >= _weight(code)):
            going.append(code)
            continue
        if other is not None:
            going.append(other)
        moving.append(code)
    dropped = [_row(code) for code in going]
    for some in _chunks([code.pk for code in going]):
        SegmentTheme.objects.filter(pk__in=some).delete()
    ids = [code.pk for code in moving]
    for some in _chunks(ids):
        SegmentTheme.objects.filter(pk__in=some).update(theme=into)
    return ids, dropped


def _weight(code: SegmentTheme) -> tuple[bool, bool, float]:
    return not code.rejected, code.origin == Origin.PERSON, code.confidence


def _row(code: SegmentTheme) -> dict[str, Any]:
    return {name: getattr(code, name) for name in _ROW} | {"coded_at": code.coded_at.isoformat()}


def _move_unsure(old: int, new: int) -> tuple[set[int], list[list[Any]]]:
    """« Not sure » of the one becomes « not sure » of the other. Returns the verbatims concerned, and for each passage
    its id with the doubts before and after."""
    touched: set[int] = set()
    doubts: list[list[Any]] = []
    doubting = Segment.objects.exclude(unsure_themes=[]).only("pk", "verbatim_id", "unsure_themes").order_by("pk")
    for segment in doubting.iterator(chunk_size=BATCH):
        if not any(pk == old for pk, _share, _engine in segment.unsure_themes):
            continue
        surest: dict[int, list[Any]] = {}
        for pk, share, engine in segment.unsure_themes:
            key = new if pk == old else pk
            if key not in surest or surest[key][1] < share:
                surest[key] = [key, share, engine]
        Segment.objects.filter(pk=segment.pk).update(unsure_themes=list(surest.values()))
        doubts.append([segment.pk, segment.unsure_themes, list(surest.values())])
        touched.add(segment.verbatim_id)
    return touched, doubts


def _doubt_again(doubts: Sequence[list[Any]]) -> set[int]:
    """Puts back the doubts that are still as the merge left them. Returns the verbatims concerned."""
    told = {pk: (before, after) for pk, before, after in doubts}
    touched: set[int] = set()
    for some in _chunks(list(told)):
        for segment in Segment.objects.filter(pk__in=some).only("pk", "verbatim_id", "unsure_themes").order_by("pk"):
            before, after = told[segment.pk]
            if segment.unsure_themes == after:
                Segment.objects.filter(pk=segment.pk).update(unsure_themes=before)
                touched.add(segment.verbatim_id)
    return touched


def _put_back(rows: Sequence[dict[str, Any]]) -> set[int]:
    alive: set[int] = set()
    for some in _chunks([row["segment_id"] for row in rows]):
        alive.update(Segment.objects.filter(pk__in=some).values_list("pk", flat=True))
    people = set(get_user_model().objects.values_list("pk", flat=True))
    for row in rows:
        if row["segment_id"] in alive:
            key = {"segment_id": row["segment_id"], "theme_id": row["theme_id"]}
            given = {name: row[name] for name in _ROW if name not in key}
            given["coded_by_id"] = given["coded_by_id"] if given["coded_by_id"] in people else None
            code, _new = SegmentTheme.objects.get_or_create(**key, defaults=given)
            SegmentTheme.objects.filter(pk=code.pk).update(coded_at=datetime.fromisoformat(row["coded_at"]))
    return _verbatims_of(alive)


def _verbatims_of(segment_ids: Iterable[int]) -> set[int]:
    found: set[int] = set()
    for some in _chunks(list(segment_ids)):
        found.update(Segment.objects.filter(pk__in=some).values_list("verbatim_id", flat=True))
    return found


def _verbatims_of_codes(code_ids: Sequence[int]) -> set[int]:
    found: set[int] = set()
    for some in _chunks(code_ids):
        codes = SegmentTheme.objects.filter(pk__in=some)
        found.update(codes.values_list("segment__verbatim_id", flat=True))
    return found


def _touch(ids: set[int]) -> None:
    ordered = sorted(ids)
    for pk, revision in zip(ordered, next_numbers("verbatims", len(ordered)) if ordered else [], strict=True):
        Verbatim.objects.filter(pk=pk).update(revision=revision)
