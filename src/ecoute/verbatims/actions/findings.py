"""What only the whole corpus shows: near-duplicates, and subjects nobody wrote into the codebook."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Case, When

from ecoute.core.counters import next_numbers
from ecoute.methods.text.documents import AnalysedDocument, CorpusFindings, DiscoveredTheme, Judgement, MaskedText
from ecoute.verbatims.actions.analysers import Analyser
from ecoute.verbatims.models import AnalysisRun, DiscoveredSubject, Verbatim
from ecoute.verbatims.signals import analysed

MOST = 200_000  # beyond, the newest verbatims only: clusters of a sample tell as much, and memory stays bounded
SAME_SUBJECT = 0.5  # share of common members above which a cluster is one a person has already judged


def find_across(analyser: Analyser, run: AnalysisRun) -> dict[str, int]:
    """Looks across everything analysed, marks near-duplicates and proposes subjects; returns both counts.

    Tells the rooms above (``signals.analysed``).
    """
    engine = analyser.engines.get("embedding", "")
    documents = [_document(*row) for row in _analysed_rows(engine)]
    found = analyser.pipeline.findings(documents)
    with transaction.atomic():
        duplicates = _mark_duplicates(found)
        subjects = _propose_subjects(found.discovered, run)
    analysed.send_robust(sender=AnalysisRun)
    return {"duplicates": duplicates, "subjects": subjects}


def _analysed_rows(engine: str) -> list[tuple[Any, ...]]:
    """(id, title, text, language, vector) of the newest analysed verbatims, oldest first; vectors of ``engine`` alone:
    those of two encoders are not compared."""
    rows = (
        Verbatim.objects.filter(withdrawn_at=None, masking_version__gt=0)
        .order_by("-pk")
        .annotate(meant=Case(When(embedding__engine=engine, then="embedding__vector")))
        .values_list("pk", "title", "text", "language", "meant")[:MOST]
    )
    return list(rows)[::-1]


def _document(pk: int, title: str, text: str, language: str, vector: bytes | None) -> AnalysedDocument:
    return AnalysedDocument(
        key=str(pk),
        language=language,
        language_confidence=1.0,
        masked=MaskedText(f"{title}\n{text}" if title else text),
        segments=(),
        polarity=Judgement("", 0.0, ""),
        vector=None if vector is None else bytes(vector),
    )


def _mark_duplicates(found: CorpusFindings) -> int:
    first_of = {int(key): int(group[0]) for group in found.duplicates for key in group[1:]}
    known = dict(Verbatim.objects.exclude(duplicate_of=None).values_list("pk", "duplicate_of_id"))
    changed = [pk for pk in first_of.keys() | known.keys() if first_of.get(pk) != known.get(pk)]
    if not changed:
        return len(first_of)
    list(Verbatim.objects.select_for_update().filter(pk__in=changed).order_by("pk").values_list("pk"))
    for pk, revision in zip(sorted(changed), next_numbers("verbatims", len(changed)), strict=True):
        Verbatim.objects.filter(pk=pk).update(duplicate_of_id=first_of.get(pk), revision=revision)
    return len(first_of)


def _propose_subjects(discovered: Sequence[DiscoveredTheme], run: AnalysisRun) -> int:
    """Former proposals give way to the new ones; what a person adopted or rejected stays, and is not proposed again."""
    DiscoveredSubject.objects.filter(state=DiscoveredSubject.State.PROPOSED).delete()
    judged = [set(members) for members in DiscoveredSubject.objects.values_list("members", flat=True)]
    days = _first_days([int(key) for theme in discovered for key in theme.members])
    fresh = [_subject(theme, run, days) for theme in discovered]
    proposed = [subject for subject in fresh if not any(_same(set(subject.members), known) for known in judged)]
    DiscoveredSubject.objects.bulk_create(proposed)
    return len(proposed)


def _first_days(ids: Sequence[int]) -> dict[int, date]:
    """Day said of the dated ones among these verbatims."""
    wanted = set(ids)
    rows = Verbatim.objects.exclude(said_on=None).order_by().values_list("pk", "said_on")
    return {pk: said for pk, said in rows.iterator() if pk in wanted and said is not None}


def _subject(theme: DiscoveredTheme, run: AnalysisRun, days: dict[int, date]) -> DiscoveredSubject:
    fields: dict[str, Any] = {
        "name": theme.name[:200],
        "phrases": list(theme.phrases),
        "cohesion": theme.cohesion,
        "stability": theme.stability,
        "first_said_on": min((days[int(key)] for key in theme.members if int(key) in days), default=None),
        "members": [int(key) for key in theme.members],
        "exemplars": [int(key) for key in theme.exemplars],
    }
    return DiscoveredSubject(run=run, **fields)


def _same(members: set[int], known: set[int]) -> bool:
    return len(members & known) > SAME_SUBJECT * min(len(members), len(known)) if members and known else False
