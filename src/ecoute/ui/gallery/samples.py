"""What the gallery shows: invented, in every state a component can have."""

import datetime as dt
from typing import Any

from django.core.paginator import Paginator

from ecoute.methods.charts import Bar, Chart, Point, PolarityBar, Series, bars, lines, polarity
from ecoute.ui.components import Cell, Column, DataTable, FacetItem, Moment, TabItem
from ecoute.ui.typography import reader_locale

TEXT = (
    "J’ai appelé quatre fois avant d’avoir quelqu’un. La personne a été très aimable, mais elle n’avait pas accès "
    "à mon dossier et m’a demandé de renvoyer les mêmes justificatifs."
)
SPANS = [
    (TEXT.index(words), TEXT.index(words) + len(words))
    for words in ("appelé quatre fois", "renvoyer les mêmes justificatifs")
]


def samples() -> dict[str, Any]:
    """Everything the templates of the gallery name."""
    return {
        "text": TEXT, "spans": SPANS, "day": dt.date(2026, 5, 19), "first_of_may": dt.date(2026, 5, 1),
        "facet_items": _facet(), "facet_empty": [], "table": _table(), "table_empty": _empty_table(),
        "page": Paginator(range(2480), 20).page(7), "tab_items": _tabs(), "moments": _moments(),
        "bar_chart": _bars(), "line_chart": _lines(), "polarity_chart": _polarity(), "icons": ICONS,
    }  # fmt: skip


def _facet() -> list[FacetItem]:
    rows = [
        ("phone", "Téléphone", 1204, True, 0),
        ("web", "Démarche en ligne", 861, False, 0),
        ("form", "Formulaire d’avis", 402, False, 1),
        ("account", "Compte ou espace personnel", 388, False, 1),
        ("counter", "Accueil", 240, False, 0),
        ("letter", "Courrier", 96, False, 0),
        ("email", "Courriel", 51, False, 0),
        ("chat", "Messagerie instantanée", 12, False, 0),
        ("survey", "Enquête", 7, False, 0),
        ("meeting", "Réunion", 0, False, 0),
    ]
    return [
        FacetItem(value, label, count, selected, f"?channel={value}", depth)
        for value, label, count, selected, depth in rows
    ]


def _table() -> DataTable:
    return DataTable(
        headers=(
            Column("Service", href="?tri=service"),
            Column("Verbatims", numeric=True, href="?tri=n", sort="descending"),
            Column("Part d’irritants", numeric=True, hint="intervalle à 95 %"),
            "Dernier reçu",
        ),
        rows=(
            (
                Cell("Caisse d’allocations familiales", href="#"),
                12480,
                Cell("42 %", note="41–43 %"),
                dt.date(2026, 5, 19),
            ),
            (Cell("Centre des finances publiques", href="#"), 3105, Cell("28 %", note="26–30 %"), dt.date(2026, 5, 1)),
            (Cell("Sous-préfecture", href="#"), 4, Cell("—", note="effectif trop faible", tone="warn"), None),
        ),
        caption="Verbatims par service",
    )


def _empty_table() -> DataTable:
    return DataTable(
        ("Service", "Verbatims"), (), caption="Services sans verbatim", empty="Aucun service pour ces filtres."
    )


def _tabs() -> list[TabItem]:
    return [
        TabItem("Irritants", "#", current=True, count=1204),
        TabItem("Attentes", "#", count=311),
        TabItem("Satisfactions", "#", count=86),
    ]


def _moments() -> list[Moment]:
    return [
        Moment("Demande reçue", dt.date(2026, 5, 1)),
        Moment("Pièces vérifiées", dt.date(2026, 5, 5), "Deux justificatifs manquaient ; ils sont arrivés."),
        Moment("Réponse en préparation", dt.date(2026, 5, 12), state="current"),
        Moment("Réponse promise", dt.date(2026, 5, 19), state="late"),
        Moment("Paiement", dt.date(2026, 6, 1), state="coming"),
    ]


def _bars() -> Chart:
    rows = [
        ("Attente au téléphone", 0.24, 199),
        ("Documents demandés deux fois", 0.17, 141),
        ("Réponses contradictoires", 0.11, 91),
    ]
    return bars(
        [Bar(label, share, share - 0.03, share + 0.03, count, 828) for label, share, count in rows],
        title="L’attente au téléphone est le premier irritant",
        subtitle="Part des verbatims ayant cet irritant · n = 828 · 2019–2023 · réponses volontaires",
        note="Traits : intervalle de confiance à 95 %.", heading="Irritant", locale=reader_locale(),
    )  # fmt: skip


def _lines() -> Chart:
    values = (0.41, 0.44, 0.40, 0.38, 0.33, 0.31)
    points = tuple(Point(value, value - 0.04, value + 0.04, 140) for value in values)
    return lines(
        ("1er tr. 2022", "2e tr. 2022", "3e tr. 2022", "4e tr. 2022", "1er tr. 2023", "2e tr. 2023"),
        [Series("Attente", points)],
        title="Part des irritants portant sur l’attente", subtitle="n = 840 · réponses volontaires",
        locale=reader_locale(),
    )  # fmt: skip


def _polarity() -> Chart:
    return polarity(
        [
            PolarityBar("Téléphone", 61, 12, 20),
            PolarityBar("Accueil", 22, 9, 48),
            PolarityBar("Courrier", 1, 1, 1, hidden=True),
        ],
        title="Ce que disent les usagers, par canal", subtitle="n = 172 · réponses volontaires", locale=reader_locale(),
    )  # fmt: skip


ICONS = [
    "house",
    "search",
    "inbox",
    "upload",
    "download",
    "file-text",
    "bookmark",
    "filter",
    "tags",
    "list-tree",
    "chart-line",
    "layout-dashboard",
    "users",
    "building-2",
    "map-pin",
    "phone",
    "mail",
    "calendar",
    "clock",
    "history",
    "shield-check",
    "lock",
    "eye",
    "lightbulb",
    "thumbs-up",
    "triangle-alert",
    "text-quote",
    "sparkles",
    "settings",
    "languages",
]
