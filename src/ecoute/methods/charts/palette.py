"""Colours and type written as presentation attributes, so that an SVG saved alone (or put in a PDF) is right.

In a page ``charts.css`` overrides them through the classes, for dark and high-contrast screens.
Categories follow Okabe and Ito, « Color Universal Design » (2008): safe for the common colour-blindnesses.
"""

from __future__ import annotations

CATEGORIES = ("#0072B2", "#D55E00", "#009E73", "#E69F00", "#56B4E9", "#CC79A7")
HEAT = ("#F3F6F9", "#DCE8F2", "#B9D3E8", "#8AB6D8", "#4F90C0", "#1F6299")
FONT = "'Public Sans', system-ui, -apple-system, 'Segoe UI', 'Liberation Sans', Arial, sans-serif"

INK, MUTED, GRID, GHOST = "#1A2433", "#556070", "#DDE2E8", "#EEF1F5"

ATTRIBUTES: dict[str, dict[str, str]] = {
    "ch-label": {"fill": INK, "font-size": "13"},
    "ch-fine": {"font-size": "11.5"},
    "ch-value": {"fill": INK, "font-size": "13", "font-weight": "600"},
    "ch-small": {"fill": MUTED, "font-size": "11.5"},
    "ch-tick": {"fill": MUTED, "font-size": "11.5"},
    "ch-head": {"fill": MUTED, "font-size": "12", "font-weight": "600"},
    "ch-axis": {"stroke": "#8A94A3", "stroke-width": "1"},
    "ch-grid": {"stroke": GRID, "stroke-width": "1"},
    "ch-guide": {"stroke": MUTED, "stroke-width": "1", "stroke-dasharray": "4 3"},
    "ch-whisker": {"stroke": INK, "stroke-width": "1.5", "stroke-opacity": "0.65"},
    "ch-track": {"fill": GHOST},
    "ch-negative": {"fill": "#B8490A"},
    "ch-neutral": {"fill": "#D3D8DF"},
    "ch-positive": {"fill": "#00609C"},
    "ch-muted": {"fill": "#9AA4B2"},
    "ch-on-dark": {"fill": "#FFFFFF", "font-size": "12.5", "font-weight": "600"},
    "ch-on-light": {"fill": INK, "font-size": "12.5", "font-weight": "600"},
    "ch-hatch": {"stroke": "#9AA4B2", "stroke-width": "1.5"},
    **{f"ch-c{i + 1}": {"fill": colour} for i, colour in enumerate(CATEGORIES)},
    **{f"ch-l{i + 1}": {"stroke": colour, "fill": "none"} for i, colour in enumerate(CATEGORIES)},
    **{f"ch-t{i + 1}": {"fill": colour} for i, colour in enumerate(CATEGORIES)},
    **{f"ch-band{i + 1}": {"fill": colour, "fill-opacity": "0.18"} for i, colour in enumerate(CATEGORIES)},
    "ch-s-negative": {"stroke": "#B8490A", "fill": "none"},
    "ch-s-neutral": {"stroke": "#9AA4B2", "fill": "none"},
    "ch-s-positive": {"stroke": "#00609C", "fill": "none"},
    "ch-t-negative": {"fill": "#A84A00"},
    "ch-t-neutral": {"fill": MUTED},
    "ch-t-positive": {"fill": "#00609C"},
    **{f"ch-h{i}": {"fill": colour} for i, colour in enumerate(HEAT)},
}


def attributes(classes: str) -> dict[str, str]:
    """The presentation attributes of a list of classes, later ones winning."""
    found: dict[str, str] = {}
    for name in classes.split():
        found.update(ATTRIBUTES.get(name, {}))
    return found
