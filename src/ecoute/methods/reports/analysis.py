"""The whole way: entries → text pipeline → figures."""

from __future__ import annotations

from dataclasses import replace

from ecoute.methods.text.codebooks import Codebook, load_default
from ecoute.methods.text.documents import AnalysedDocument, Document
from ecoute.methods.text.pipeline import Pipeline, default_pipeline

from .entries import Reading, SetAside
from .figures import Figures
from .processes import analyse_here, analyse_in_processes, processes_for
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
    source = analyse_here(documents, engine) if many == 1 else analyse_in_processes(documents, plan, many)
    found: list[AnalysedDocument] = []
    tell = progress or _say_nothing
    tell("codes", 0, len(documents))
    for document in source:
        found.append(document)
        if len(found) % 16 == 0:
            tell("codes", len(found), len(documents))
    tell("codes", len(documents), len(documents))
    tell("findings", 0, 1)
    findings = engine.findings(found)
    tell("findings", 1, 1)
    return tally(_without_lost(reading, found), found, findings, plan, language)


def _without_lost(reading: Reading, found: list[AnalysedDocument]) -> Reading:
    """The reading in which texts that no engine could read are set aside instead of being forgotten."""
    read = {document.key for document in found}
    lost = tuple(SetAside(e.line, "not_analysed") for e in reading.entries if e.key not in read)
    kept = tuple(e for e in reading.entries if e.key in read)
    return replace(reading, entries=kept, set_aside=reading.set_aside + lost) if lost else reading


def _say_nothing(step: str, done: float, total: float) -> None:
    """For callers that do not follow."""
