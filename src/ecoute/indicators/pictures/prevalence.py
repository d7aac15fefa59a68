"""What shares of themes stand on, in words: corrected by what people coded, or not and why; and how they are made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ecoute.coding.facade import Unmeasured
from ecoute.indicators.pictures.words import NB, period_label
from ecoute.indicators.queries.changes import Changes
from ecoute.indicators.queries.prevalence import Footing
from ecoute.indicators.queries.theme_index import ThemeIndex
from ecoute.indicators.queries.theme_page import ThemePage
from ecoute.methods.statistics import Proportion
from ecoute.methods.statistics.disclosure import NEVER
from ecoute.methods.statistics.prediction_powered import Basis, CorrectedShare
from ecoute.ui.components import Column, DataTable
from ecoute.ui.typography import NONE, long_date, number, reader_locale


@dataclass(frozen=True, slots=True)
class How:
    """``lead``: what the figures stand on, always shown. ``steps`` and ``table``: how they are made, for who asks."""

    corrected: bool
    lead: str
    steps: tuple[str, ...] = ()
    table: DataTable | None = None


def how_themes(index: ThemeIndex) -> How:
    """Of the page of all themes."""
    lead = " ".join([footing_words(index.footing), comparison_words(index.footing, index.changes)])
    rows = [(row.node.label, row.share, row.corrected) for row in index.rows if row.share and row.corrected]
    return _how(index.footing, lead, rows, _("Thème"))


def how_theme(page: ThemePage) -> How:
    """Of the page of one theme: the whole, and the services, channels and periods in which people coded enough."""
    lead = footing_words(page.footing)
    if page.footing.corrected and page.corrected is None:
        lead = _("Ce thème est plus récent que le codage à la main : sa part n’est pas corrigée.")
        return How(False, f"{uncorrected_words()} {lead}")
    compared = _(
        "Les services, les canaux, les périodes et les natures sont comptés et comparés tels que la machine les code."
    )
    if page.change and page.change.corrected:
        compared = f"{compared} {_('L’évolution indiquée, elle, compare des parts corrigées.')}"
    rows = [(_("Ensemble"), page.share, page.corrected)] if page.corrected else []
    rows += [(_part_label(part.dimension, part.label), part.machine, part.corrected) for part in page.parts]
    return _how(page.footing, f"{lead} {compared}", rows, _("Groupe"), _basis(page.corrected))


def how_passages(footing: Footing) -> How:
    """Of pages about natures (dashboard, comparison): what people coded blind says nothing of them."""
    said = _(
        "Les irritants, les satisfactions exprimées et les attentes sont codés par la machine, sans mesure : son "
        "erreur n’est pas comprise dans les intervalles, et les évolutions comparent son codage avec lui-même."
    )
    if not footing.corrected:
        return How(False, said)
    themes = _(
        "La part de chaque thème, elle, est corrigée par {n} verbatims codés à la main : voir la page des thèmes."
    )
    return How(False, f"{said} {themes.format(n=number(footing.coded))}")


def footing_words(footing: Footing) -> str:
    """Corrected and by what, or not and why."""
    if not footing.corrected:
        return f"{uncorrected_words()} {_why(Unmeasured(footing.why))}"
    day = long_date(footing.on)
    said = ngettext(
        "Parts corrigées par {n} verbatim tiré au hasard et codé à la main (séance close le {day}) : "
        "l’erreur de la machine est comprise dans l’intervalle.",
        "Parts corrigées par {n} verbatims tirés au hasard et codés à la main (séance close le {day}) : "
        "l’erreur de la machine est comprise dans l’intervalle.",
        footing.coded,
    ).format(n=number(footing.coded), day=day)
    if footing.frame < footing.base:
        later = _("La mesure porte sur {frame} de ces {base} verbatims ; les autres sont arrivés après le tirage.")
        said = f"{said} {later.format(frame=number(footing.frame), base=number(footing.base))}"
    if footing.taught:
        alone = _(
            "Plus d’un verbatim sur dix a été corrigé par des personnes, et la machine y fait mieux qu’ailleurs : "
            "les verbatims codés à la main comptent seuls."
        )
        said = f"{said} {alone}"
    return said


def uncorrected_words() -> str:
    return _("Codage automatique, non mesuré : l’erreur de la machine n’est pas comprise dans l’intervalle.")


def short_words(footing: Footing, corrected: CorrectedShare | None) -> str:
    """Beside one figure."""
    if corrected is None:
        return _("codage automatique, non mesuré")
    return _("corrigé par {n} verbatims codés à la main").format(n=number(footing.coded))


def comparison_words(footing: Footing, changes: Changes | None) -> str:
    """What an arrow compares; nothing where nothing is compared."""
    if changes is None or not changes.rows:
        return ""
    if all(row.corrected for row in changes.rows):
        return _("Les évolutions comparent des parts corrigées.")
    said = _("Les évolutions comparent le codage automatique avec lui-même.")
    few = _("Trop peu de verbatims ont été codés à la main dans chaque période pour les corriger.")
    return f"{said} {few}" if footing.corrected else said


def _why(reason: Unmeasured) -> str:
    return {
        Unmeasured.NO_ROUND: _("Aucune séance de codage à la main n’a encore mesuré la machine."),
        Unmeasured.OUTSIDE: _("Les verbatims codés à la main ont été tirés parmi d’autres que ceux-ci."),
        Unmeasured.NEWER: _(
            "Plus d’un de ces verbatims sur dix est arrivé après le tirage des verbatims codés à la main."
        ),
        Unmeasured.FEW: _("Trop peu des verbatims codés à la main sont parmi ceux-ci : il en faut 30."),
        Unmeasured.PASSAGES: _(
            "Ces filtres parlent de passages ; à la main, ce sont des verbatims entiers qui sont codés."
        ),
    }[reason]


def _how(
    footing: Footing,
    lead: str,
    rows: Sequence[tuple[str, Proportion, CorrectedShare | None]],
    heading: str,
    steps: Sequence[str] = (),
) -> How:
    known = [(label, share, corrected) for label, share, corrected in rows if corrected]
    if not footing.corrected or not known:
        return How(False, lead)
    general = _(
        "La machine lit tous les verbatims ; des personnes en lisent quelques-uns, tirés au hasard, sans voir ce "
        "qu’elle en dit. L’écart entre elles et la machine, sur ceux-là, corrige la part comptée sur tous. "
        "Méthode : inférence appuyée sur les prédictions (Angelopoulos et coll., 2023)."
    )
    return How(True, lead, (general, *steps), _table(known, heading))


def _table(rows: Sequence[tuple[str, Proportion, CorrectedShare]], heading: str) -> DataTable:
    heads = (
        Column(heading),
        Column(_("Machine seule"), numeric=True),
        Column(_("Codés à la main"), numeric=True),
        Column(_("Échantillon seul"), numeric=True),
        Column(_("Part corrigée"), numeric=True),
    )
    cells = [(label, *_cells(share, corrected)) for label, share, corrected in rows]
    return DataTable(headers=heads, rows=cells, caption=_("Comment ces chiffres sont faits"))


def _cells(displayed: Proportion, one: CorrectedShare) -> tuple[str, str, str, str]:
    locale = reader_locale()
    machine = displayed.count / displayed.base if displayed.base else None
    # A handful of people found among those drawn would be a group of its own.
    told = one.positives == 0 or one.positives >= NEVER
    sample = f"{locale.share(one.sample_share)} ({locale.interval(one.sample_low, one.sample_high)})" if told else NONE
    corrected = f"{locale.share(one.share)} ({locale.interval(one.low, one.high)})"
    return locale.share(machine), locale.integer(one.coded), sample, corrected


def _basis(one: CorrectedShare | None) -> tuple[str, ...]:
    """What is particular to this figure."""
    if one is None:
        return ()
    match one.basis:
        case Basis.ALIKE:
            said = _("Les verbatims tirés disent tous la même chose : l’intervalle est celui de l’échantillon seul.")
            return (said,)
        case Basis.NO_HELP:
            return (_("L’avis de la machine n’aide pas à préciser cette part : elle est celle de l’échantillon seul."),)
        case Basis.CORRECTED if one.effective > one.coded:
            said = _("Avec l’aide de la machine, ces {n} verbatims en valent {m} qui seraient lus sans elle.")
            return (said.format(n=number(one.coded), m=number(round(one.effective))),)
    return ()


def _part_label(dimension: str, label: str) -> str:
    names = {"service": _("Service"), "channel": _("Canal")}
    return f"{names[dimension]}{NB}: {label}" if dimension in names else period_label(label)
