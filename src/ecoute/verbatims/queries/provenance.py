"""What stands behind a selection of verbatims: the replies they got, their key phrases, the engines that coded them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ecoute.verbatims.models import AnalysisRun, Codebook, Reply, Verbatim

BATCH = 5_000
MOST_READ = 400


@dataclass(frozen=True, slots=True)
class Replies:
    """``replied`` of ``size`` verbatims got words back; ``delays`` in days, sorted, where both dates are known."""

    size: int
    replied: int
    delays: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Engines:
    """The last finished analysis: « step » → « engine version », and the codebook it used."""

    engines: dict[str, str]
    codebook: str
    codebook_version: int
    finished_on: date | None


def replies_to(verbatim_ids: Sequence[int]) -> Replies:
    """How many of these verbatims were answered, and how fast. One query."""
    answered: dict[int, int | None] = {}
    wanted = set(verbatim_ids)
    rows = Reply.objects.exclude(text="").order_by("verbatim_id", "replied_on")
    if len(wanted) <= BATCH:
        rows = rows.filter(verbatim_id__in=wanted)
    for pk, said, replied in rows.values_list("verbatim_id", "verbatim__said_on", "replied_on").iterator():
        days = (replied - said).days if said and replied and replied >= said else None
        if pk in wanted and answered.get(pk) is None:
            answered[pk] = days
    delays = sorted(days for days in answered.values() if days is not None)
    return Replies(len(verbatim_ids), len(answered), tuple(delays))


def engines_in_use() -> Engines:
    """Which engines and codebook made the codes now shown, after the last finished analysis."""
    run = AnalysisRun.objects.exclude(finished_at=None).select_related("codebook").first()
    if run is None:
        codebook = Codebook.objects.filter(is_active=True).first()
        return Engines({}, str(codebook or ""), codebook.version if codebook else 0, None)
    finished = run.finished_at.date() if run.finished_at else None
    return Engines(dict(run.engines), str(run.codebook or ""), run.codebook_version, finished)


def key_phrases(verbatim_ids: Sequence[int], limit: int = 12) -> list[tuple[str, int]]:
    """The key phrases met in most of these verbatims (the first four hundred), with in how many."""
    ids = list(verbatim_ids)[:MOST_READ]
    rows = Verbatim.objects.filter(pk__in=ids).order_by("pk").values_list("phrases", flat=True)
    counted = Counter(phrase for phrases in rows for phrase in set(phrases))
    ordered = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    return [(phrase, n) for phrase, n in ordered if n > 1][:limit]
