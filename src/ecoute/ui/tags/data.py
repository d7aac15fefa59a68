"""Facets, tables, pages, tabs, steps and the messages around them."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ecoute.ui import typography
from ecoute.ui.components import Cell, Column, DataTable, FacetItem, Moment, TabItem

from .library import attributes, register

OPEN_FACETS = 8
TONE_ICONS = {
    "info": "info",
    "good": "circle-check",
    "warn": "triangle-alert",
    "bad": "octagon-alert",
    "neutral": "info",
}


@register.inclusion_tag("ui/components/facet.html")
def facet(title: str, items: Iterable[FacetItem], name: str, shown: int = OPEN_FACETS) -> dict[str, Any]:
    """A list of values to filter by, with counts; the first ``shown`` (and the selected ones) open, the rest folded."""
    known = list(items)
    first = [item for place, item in enumerate(known) if place < shown or item.selected]
    rest = [item for item in known if item not in first]
    return {
        "title": title,
        "items": first,
        "rest": rest if len(rest) > 1 else [],
        "all": first if len(rest) > 1 else known,
        "name": name,
        "any_selected": any(item.selected for item in known),
    }


@register.inclusion_tag("ui/components/data_table.html")
def data_table(table: DataTable) -> dict[str, Any]:
    columns = [head if isinstance(head, Column) else Column(str(head)) for head in table.headers]
    rows = [[_cell(value, columns, place) for place, value in enumerate(row)] for row in table.rows]
    return {"table": table, "columns": columns, "rows": rows, "width": len(columns)}


def _cell(value: Any, columns: Sequence[Column], place: int) -> dict[str, Any]:
    cell = value if isinstance(value, Cell) else Cell(value)
    figure = isinstance(cell.value, int | float) and not isinstance(cell.value, bool)
    numeric = figure or (place < len(columns) and columns[place].numeric)
    return {"text": _words(cell.value), "numeric": numeric, "href": cell.href, "note": cell.note, "tone": cell.tone}


def _words(value: Any) -> str | SafeString:
    if isinstance(value, str):
        return value if value else typography.NONE
    if hasattr(value, "isoformat"):
        return typography.short_date(value)
    return conditional_escape(typography.number(value))


@register.inclusion_tag("ui/components/pagination.html")
def pagination(page: Any, querystring: str = "") -> dict[str, Any]:
    """``page`` is a Django ``Page``; ``querystring`` the other parameters of the address (with or without « ? »)."""
    others = "&".join(part for part in querystring.lstrip("?").split("&") if part and not part.startswith("page="))
    window = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {"page": page, "base": f"?{others}&page=" if others else "?page=", "window": list(window)}


@register.inclusion_tag("ui/components/tabs.html")
def tabs(items: Iterable[TabItem], label: str = "") -> dict[str, Any]:
    return {"items": list(items), "label": label or _("Rubriques")}


@register.inclusion_tag("ui/components/steps.html")
def steps(current: int, *labels: str) -> dict[str, Any]:
    """Where one is in a procedure; ``current`` counts from 1."""
    place = int(current)
    states = ["done" if n < place else "current" if n == place else "coming" for n in range(1, len(labels) + 1)]
    return {"steps": list(zip(labels, states, strict=True)), "current": place, "total": len(labels)}


@register.inclusion_tag("ui/components/timeline.html")
def timeline(moments: Iterable[Moment]) -> dict[str, Any]:
    return {"moments": list(moments)}


@register.inclusion_tag("ui/components/banner.html")
def banner(
    text: Any, tone: str = "info", title: str = "", action_label: str = "", action_href: str = "", live: bool = False
) -> dict[str, Any]:
    """What the reader must know. ``live`` announces it to screen readers (for messages that appear)."""
    role = ("alert" if tone == "bad" else "status") if live else ""
    return {
        "text": text, "tone": tone, "title": title, "icon": TONE_ICONS.get(tone, "info"),
        "action_label": action_label, "action_href": action_href, "role": role,
    }  # fmt: skip


@register.inclusion_tag("ui/components/empty_state.html")
def empty_state(
    title: str, text: str = "", action_label: str = "", action_href: str = "", icon: str = "inbox", level: int = 2
) -> dict[str, Any]:
    return {
        "title": title, "text": text, "icon": icon, "level": level,
        "action_label": action_label, "action_href": action_href,
    }  # fmt: skip


@register.inclusion_tag("ui/components/progress.html")
def progress(done: int | None, total: int | None, label: str = "", **attrs: Any) -> dict[str, Any]:
    """Work under way, with a count and an end; a total of None or 0 says that the end is not known yet."""
    known = bool(total)
    share = min(1.0, (done or 0) / total) if total else None
    return {
        "done": done or 0,
        "total": total,
        "known": known,
        "share": share,
        "label": label,
        "attrs": attributes(attrs),
    }
