"""The report as one HTML file that needs nothing else: no script, no other file, no network."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from ecoute.methods.charts import stylesheet

from .drawing import draw_all
from .entries import SetAside
from .figures import Figures
from .headlines import headlines
from .wording import Wording

OPEN_THEMES = 12


@lru_cache(maxsize=1)
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("ecoute.methods.reports"),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def render_html(figures: Figures, *, language: str = "fr", version: str, made_on: date) -> str:
    """The report of these figures in French or English."""
    words = Wording(language)
    environment = _environment()
    style = environment.get_template("report.css").render()
    return environment.get_template(
        "report.html"
    ).render(
        f=figures,
        w=words,
        say=words.say,
        n=words.locale.integer,
        share=words.locale.share,
        headlines=headlines(figures, words),
        charts=draw_all(figures, words),
        style=Markup(stylesheet() + style),  # noqa: S704 our own two files
        svg=Markup,
        foreign=sum(count for code, count in figures.languages if code != "fr"),
        version=version,
        made_on=made_on,
        set_aside=set_aside_rows(figures.set_aside, words),
        open_themes=figures.themes[:OPEN_THEMES],
        more_themes=figures.themes[OPEN_THEMES:],
    )


def set_aside_rows(rows: Sequence[SetAside], words: Wording) -> list[tuple[str, str, str]]:
    """Reason in words, number of rows, first line numbers."""
    found: list[tuple[str, str, str]] = []
    for reason, count in Counter(row.reason for row in rows).most_common():
        lines = [words.locale.integer(row.line) for row in rows if row.reason == reason]
        label = words.known(f"reason_{reason}", reason)
        found.append((label, words.locale.integer(count), ", ".join(lines[:8]) + (" …" if len(lines) > 8 else "")))
    return found
