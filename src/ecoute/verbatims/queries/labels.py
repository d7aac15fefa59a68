"""The words readers see for the values of filters and counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef

from ecoute.directory.facade import place_nodes, service_nodes
from ecoute.verbatims.enums import Channel, NatureChoice, PolarityChoice, Satisfaction, Speaker
from ecoute.verbatims.models import Source, Verbatim

from .codebook_view import active_codebook

# (value, label) in reading order; labels are lazy: they speak the language of whoever reads.
CHANNELS: tuple[tuple[str, Any], ...] = tuple(Channel.choices)
SPEAKERS: tuple[tuple[str, Any], ...] = tuple(Speaker.choices)
SATISFACTIONS: tuple[tuple[str, Any], ...] = tuple(Satisfaction.choices)
NATURES: tuple[tuple[str, Any], ...] = tuple(NatureChoice.choices)
POLARITIES: tuple[tuple[str, Any], ...] = tuple(PolarityChoice.choices)
CLOSED: dict[str, dict[str, Any]] = {
    "channels": dict(CHANNELS),
    "speakers": dict(SPEAKERS),
    "satisfactions": dict(SATISFACTIONS),
    "natures": dict(NATURES),
    "polarities": dict(POLARITIES),
}
LANGUAGES = {
    "fr": "Français", "en": "English", "de": "Deutsch", "es": "Español", "it": "Italiano", "pt": "Português",
    "nl": "Nederlands", "pl": "Polski", "ro": "Română", "ru": "Русский", "tr": "Türkçe", "ar": "العربية", "zh": "中文",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class SourceCard:
    """A source: the licence to quote and the caveat to show beside its figures."""

    slug: str
    name: str
    attribution: str
    caveat: str
    solicited: bool


def source_cards() -> list[SourceCard]:
    """The sources that have verbatims, by name. One query."""
    live = Verbatim.objects.filter(source=OuterRef("pk"), withdrawn_at=None)
    rows = (
        Source.objects.filter(Exists(live))
        .order_by("name", "pk")
        .values_list("slug", "name", "attribution", "caveat", "solicited")
    )
    return [SourceCard(*row) for row in rows]


def label_of(name: str, value: Any) -> str:
    """The words for one value of the field ``name`` of ``Filters`` (« channels », « themes », …).

    A value nobody knows is given back as it is. At most two queries, none for closed lists.
    """
    if name in CLOSED:
        return str(CLOSED[name].get(value, value))
    if name == "languages":
        return LANGUAGES.get(value, str(value))
    if name == "themes":
        return active_codebook().label(value)
    return _named(name, value)


def _named(name: str, value: Any) -> str:
    found: str | None = None
    if name == "services":
        found = next((node.name for node in service_nodes() if node.id == value), None)
    elif name == "places":
        found = next((node.name for node in place_nodes([value])), None)
    elif name == "sources":
        found = Source.objects.filter(slug=value).values_list("name", flat=True).first()
    return found or str(value)
