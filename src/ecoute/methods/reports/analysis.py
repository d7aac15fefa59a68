"""The whole way: entries → text pipeline → figures."""

from __future__ import annotations

from ecoute.methods.text.codebooks import Codebook, load_default
from ecoute.methods.text.documents import AnalysedDocument, Document
from ecoute.methods.text.pipeline import Pipeline, default_pipeline

from .entries import Reading
from .figures import Figures
from .processes import analyse_in_processes, processes_for
from .reading import Progress
from .tally import tally


def analyse(
    reading: Reading,
    *,
    language: str = "fr",
    progress: Progress | None = None,
    codebook: Codebook | None = None,
    pipeline: Pipeline | None = None,
    processes: int | None = None,
) -> Figures:
    """Analyse every entry and count. Labels of themes in ``language``; the default codebook and pipeline unless given.

    A pipeline that is given runs in this process; otherwise ``processes`` at once (as many as is worth it).
    ``progress`` is told (``codes``, done, total) then (``findings``, 0 or 1, 1).
    """
    plan = codebook or load_default()
    engine = pipeline or default_pipeline(plan)
    documents = [Document(e.key, e.body, e.language or None) for e in reading.entries]
    many = 1 if pipeline else processes_for(len(documents), processes)
    source = engine.analyse(documents) if many == 1 else analyse_in_processes(documents, plan, many)
    found: list[AnalysedDocument] = []
    tell = progress or _say_nothing
    tell("codes", 0, len(documents))
    for document in source:
        found.append(document)
        if len(found) % 16 == 0 or len(found) == len(documents):
            tell("codes", len(found), len(documents))
    tell("findings", 0, 1)
    findings = engine.findings(found)
    tell("findings", 1, 1)
    return tally(reading, found, findings, plan, language)


def _say_nothing(step: str, done: float, total: float) -> None:
    """For callers that do not follow."""
