"""Words with their evidence marked, as safe HTML."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from ecoute.verbatims.queries.excerpts import apart


def marked_words(text: str, spans: Iterable[tuple[int, int, str]]) -> SafeString:
    """``text`` escaped, each span in a ``<mark>``: searched words have no label, evidence bears that of its theme."""
    pieces: list[tuple[SafeString | str]] = []
    at = 0
    for start, end, label in apart(list(spans), len(text)):
        pieces.append((text[at:start],))
        kind = "evidence" if label else "searched"
        pieces.append((format_html('<mark class="{}"{}>{}</mark>', kind, _title(label), text[start:end]),))
        at = end
    pieces.append((text[at:],))
    return format_html_join("", "{}", pieces)


def _title(label: str) -> SafeString | str:
    return format_html(' title="{}"', label) if label else ""
