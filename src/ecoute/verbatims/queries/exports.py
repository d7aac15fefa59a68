"""Verbatims as rows of a table: masked words only, one row a verbatim."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ecoute.ui.typography import long_date, number, percent
from ecoute.verbatims.columns.selection import Selection
from ecoute.verbatims.models import SegmentTheme, Theme

from .card import Code, VerbatimCard
from .cards import verbatim_cards
from .filter_chips import described
from .labels import source_cards

BATCH = 500


def columns() -> list[tuple[str, str]]:
    """Name of each column and what it holds."""
    return [
        ("uid", _("Identifiant du verbatim dans Écoute.")),
        ("date", _("Jour où la personne s’est exprimée (AAAA-MM-JJ) ; vide s’il est inconnu.")),
        ("titre", _("Titre, données personnelles masquées.")),
        ("texte", _("Texte, données personnelles masquées.")),
        ("langue", _("Langue détectée (code ISO 639-1).")),
        ("services", _("Services concernés, séparés par « | ».")),
        ("canal", _("Canal d’expression.")),
        ("lieu", _("Lieu donné par la source.")),
        ("source", _("Source du verbatim.")),
        ("satisfaction", _("Satisfaction déclarée par la personne.")),
        ("polarite", _("Polarité de l’ensemble, estimée par la machine.")),
        ("themes", _("Thèmes reconnus, séparés par « | ».")),
        ("natures", _("Natures des passages (irritant, attente…), séparées par « | ».")),
        ("passages", _("Chaque passage codé : nature, polarité et thèmes, séparés par « | ».")),
        (
            "confiance",
            _("Chaque thème reconnu avec la probabilité donnée par la machine, ou « personne », séparés par « | »."),
        ),
        ("pas_sur", _("Thèmes que la machine a vus sans être sûre, avec leur probabilité ; ils ne sont pas comptés.")),
        ("relu", _("« oui » si une personne a vérifié ou corrigé au moins un code.")),
    ]


def rows(selection: Selection, order: str = "recent") -> Iterator[list[Any]]:
    """Every verbatim of the selection, read by batches: memory does not grow with their number."""
    ids = selection.ids(order)
    labels = {theme.pk: theme.label for theme in Theme.objects.filter(retired_at=None)}
    for start in range(0, len(ids), BATCH):
        cards = verbatim_cards(ids[start : start + BATCH], selection.corpus.scope)
        doubted = [part.id for card in cards for part in card.parts if part.unsure]
        said = set(SegmentTheme.objects.filter(segment_id__in=doubted).values_list("segment_id", "theme_id"))
        for card in cards:
            yield _row(card, labels, said)


def _row(card: VerbatimCard, labels: dict[int, str], said: set[tuple[int, int]]) -> list[Any]:
    coded = [part for part in card.parts if part.codes]
    unsure = [
        f"{labels[pk]} ({percent(share)})"
        for part in card.parts
        for pk, share in part.unsure
        if pk in labels and (part.id, pk) not in said
    ]
    return [
        str(card.uid),
        card.date.isoformat() if card.date else "",
        card.title,
        card.body,
        card.language,
        " | ".join(name for name in card.services if name),
        card.channel_label,
        card.place,
        card.source,
        card.satisfaction_label,
        card.tone_label,
        " | ".join(label for _slug, label in card.themes),
        " | ".join(dict.fromkeys(part.nature_label for part in card.parts)),
        " | ".join(
            f"{part.nature_label}, {part.polarity_label} : {', '.join(code.label for code in part.codes)}"
            for part in coded
        ),
        " | ".join(f"{code.label} ({_sureness(code)})" for part in coded for code in part.codes),
        " | ".join(unsure),
        _("oui") if card.seen_by_person else _("non"),
    ]


def _sureness(code: Code) -> str:
    return _("personne") if code.by_person else percent(code.confidence)


def about(selection: Selection, address: str) -> list[tuple[str, str]]:
    """What must be known to read the export: base, filters, date, caveats, columns."""
    present = selection.count_by("source")
    sources = [source for source in source_cards() if present.get(source.slug)]
    lines = [
        (_("Export"), _("Verbatims masqués, un par ligne")),
        (_("Fait le"), long_date(timezone.localdate())),
        (_("Base"), ngettext("%(n)s verbatim", "%(n)s verbatims", selection.size) % {"n": number(selection.size)}),
        (_("Période"), _period(selection)),
        (_("Adresse"), address),
        *((_("Filtre"), text) for text in described(selection.corpus, selection.filters)),
        (_("Représentativité"), _("Réponses volontaires, non représentatives de l’ensemble des usagers.")),
        (_("Codage"), _("Thèmes, natures et polarités sont proposés par la machine, puis corrigés par des personnes.")),
        *((_("Source"), " – ".join(filter(None, (s.name, s.attribution, s.caveat)))) for s in sources),
    ]
    return lines + [(_("Colonne « %(name)s »") % {"name": name}, meaning) for name, meaning in columns()]


def _period(selection: Selection) -> str:
    period = selection.period()
    if period is None:
        return _("inconnue")
    text = _("du %(since)s au %(until)s") % {"since": long_date(period[0]), "until": long_date(period[1])}
    if selection.undated:
        text += _(" (%(n)s sans date)") % {"n": number(selection.undated)}
    return text
