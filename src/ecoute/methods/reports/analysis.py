"""The whole way: entries → text pipeline → figures."""

from __future__ import annotations

from ecoute.methods.text.codebooks import Codebook, load_default
from ecoute.methods.text.documents import AnalysedDocument, Document
from ecoute.methods.text.pipeline import Pipeline, default_pipeline

from .entries import Reading
from .figures import Figures
from .reading import Progress
from .tally import tally


def analyse(
    reading: Reading,
    *,
    language: str = "fr",
    progress: Progress | None = None,
    codebook: Codebook | None = None,
    pipeline: Pipeline | None = None,
) -> Figures:
    """Analyse every entry and count. Labels of themes in ``language``; the default codebook and pipeline unless given.

    ``progress`` is told (``codes``, done, total) then (``findings``, 0 or 1, 1).
    """
    plan = codebook or load_default()
    engine = pipeline or default_pipeline(plan)
    total = len(reading.entries)
    documents: list[AnalysedDocument] = []
    sources = (Document(e.key, e.body, e.language or None) for e in reading.entries)
    for found in engine.analyse(sources):
        documents.append(found)
        if progress and (len(documents) % 16 == 0 or len(documents) == total):
            progress("codes", len(documents), total)
    if progress:
        progress("findings", 0, 1)
    findings = engine.findings(documents)
    if progress:
        progress("findings", 1, 1)
    return tally(reading, documents, findings, plan, language)
