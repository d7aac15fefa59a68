"""The report as an accessible PDF (PDF/UA-1), made on this machine: no network, fonts shipped with the package."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import typst
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ecoute.indicators.pictures.report import Shown
from ecoute.methods.charts import Chart
from ecoute.ui.components import Column, DataTable
from ecoute.ui.typography import short_date

HERE = Path(__file__).parent
BROAD = 720  # drawing units of a full line; a narrower drawing takes less of the page


def report_pdf(shown: Shown, *, quotes: Sequence[dict[str, Any]], footer: str) -> bytes:
    """The document. ``quotes``: ``{"title": …, "cards": [VerbatimCard…]}`` by nature; ``footer`` ends each page."""
    with tempfile.TemporaryDirectory(prefix="ecoute-report-") as folder:
        root = Path(folder)
        (root / "report.typ").write_bytes((HERE / "report.typ").read_bytes())
        (root / "data.json").write_text(json.dumps(_data(shown, quotes, footer, root), ensure_ascii=False), "utf-8")
        made: bytes = typst.compile(
            str(root / "report.typ"),
            root=str(root),
            font_paths=[str(HERE / "fonts")],
            ignore_system_fonts=True,
            format="pdf",
            pdf_standards=["ua-1"],
        )
        return made


def _data(shown: Shown, quotes: Sequence[dict[str, Any]], footer: str, root: Path) -> dict[str, Any]:
    organisation = settings.ORGANISATION_NAME or settings.SITE_NAME
    numbers = iter(range(1, 1000))
    return {
        "language": (get_language() or "fr")[:2],
        "organisation": organisation,
        "kicker": _("{organisation} : ce que disent les usagers").format(organisation=organisation),
        "title": shown.title,
        "subtitle": shown.subtitle,
        "base": shown.base,
        "caveats": list(shown.caveats),
        "nothing": "" if shown.findings else _("Trop peu de verbatims pour montrer des chiffres."),
        "findings": list(shown.findings),
        "chapters": [
            {
                "title": chapter.title,
                "charts": [_drawing(chart, root, next(numbers)) for chart in chapter.charts],
                "tables": [_table(table) for table in chapter.tables],
            }
            for chapter in shown.chapters
        ],
        "quotes": [
            {"title": group["title"], "items": [_quote(card) for card in group["cards"]]}
            for group in quotes
            if group["cards"]
        ],
        "method": list(shown.method),
        "footer": footer,
        "words": {"findings": _("L'essentiel"), "quotes": _("Paroles d'usagers"), "method": _("Méthode et limites")},
    }


def _drawing(chart: Chart, root: Path, number: int) -> dict[str, Any]:
    name = f"drawing-{number}.svg"
    (root / name).write_text(chart.svg, "utf-8")
    return {
        "file": name,
        "title": chart.title,
        "subtitle": chart.subtitle,
        "note": chart.note,
        "alt": _alternative(chart),
        "width": 100,
    }


def _alternative(chart: Chart) -> str:
    """What the drawing shows, figure by figure, for those who do not see it."""
    rows = (", ".join((row[0], *(f"{h} {c}" for h, c in _pairs(chart, row)))) for row in chart.table.rows)
    return f"{chart.title}. {'; '.join(rows)}"


def _pairs(chart: Chart, row: tuple[str, ...]) -> list[tuple[str, str]]:
    return list(zip(chart.table.headers[1:], row[1:], strict=True))


def _table(table: DataTable) -> dict[str, Any]:
    heads = [head if isinstance(head, Column) else Column(str(head)) for head in table.headers]
    return {
        "caption": table.caption,
        "headers": [head.label for head in heads],
        "numeric": [head.numeric for head in heads],
        "rows": [[str(cell) for cell in row] for row in table.rows],
    }


def _quote(card: Any) -> dict[str, str]:
    origin = (card.service, card.channel_label, short_date(card.date) if card.date else "")
    return {"text": f"« {card.text} »", "origin": ", ".join(part for part in origin if part)}
