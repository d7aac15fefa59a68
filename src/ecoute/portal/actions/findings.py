"""What the terminal says after an analysis: the main findings, each with its base and interval."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

from ecoute.directory.facade import Scope
from ecoute.methods.statistics import proportion
from ecoute.verbatims.facade import Filters, Selection, active_codebook, corpus_of, quotes

SHOWN = 8


def print_findings(console: Console) -> None:
    """Irritants, praise and expectations by theme, with share, 95 % interval and base; then one quote of each."""
    selection = corpus_of(Scope(everything=True)).select(Filters())
    period = selection.period()
    console.print()
    console.rule("Ce que la machine a trouvé")
    if period:
        first, last = (day.strftime("%d/%m/%Y") for day in period)
        console.print(f"{_number(selection.size)} verbatims, dits du {first} au {last}. Réponses volontaires, non ")
        console.print("représentatives ; codage automatique, à vérifier par des personnes.\n")
    for nature, title in (("irritant", "Irritants"), ("praise", "Ce qui satisfait"), ("expectation", "Attentes")):
        _print_table(console, selection, nature, title)


def _print_table(console: Console, selection: Selection, nature: str, title: str) -> None:
    book = active_codebook()
    leaves = {theme.slug for theme in book.themes} - {theme.parent for theme in book.themes}
    counts = {slug: n for slug, n in selection.theme_counts(nature=nature).items() if slug in leaves and n}
    table = Table(
        title=f"{title} (verbatims où le thème apparaît ainsi)", title_justify="left", box=None, padding=(0, 2)
    )
    for name in ("thème", "verbatims", "part", "intervalle à 95 %"):
        table.add_column(name, justify="left" if name == "thème" else "right")
    for slug, count in sorted(counts.items(), key=lambda item: -item[1])[:SHOWN]:
        share = proportion(count, selection.size)
        if share.share is not None:
            interval = f"{_percent(share.low)} – {_percent(share.high)}"
            table.add_row(book.label(slug), _number(count), _percent(share.share), interval)
    console.print(table)
    for card in quotes(selection, nature=nature, limit=1):
        text = card.text if len(card.text) < 200 else card.text[:200] + "…"
        console.print(f"  « {text.strip()} »\n", style="italic dim")


def _percent(share: float | None) -> str:
    return "—" if share is None else f"{100 * share:.1f} %".replace(".", ",")


def _number(count: int) -> str:
    return f"{count:,}".replace(",", " ")
