"""What the listening base declares."""

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from ecoute.core.manifest import Manifest, MenuEntry, PersonalData, Schedule, SelectionAction
from ecoute.directory.enums import Permission
from ecoute.verbatims.import_rules import AUDIT_VERBS as IMPORT_VERBS


def _load_codebook(*, by: Any) -> str:
    """At the first start: the default codebook, unless there is one."""
    from ecoute.verbatims.actions.codebooks import load_default_codebook

    return _now("Plan de codage : %(name)s.") % {"name": load_default_codebook(by=by).name_fr}


def _index_words() -> int:
    """After a restore: backups leave the index of words out, for it follows from the masked words."""
    from ecoute.verbatims.search.index import rebuild
    from ecoute.verbatims.search.meaning import forget_vectors

    forget_vectors()

    return rebuild()


MANIFEST = Manifest(
    slug="verbatims",
    name=_("Verbatims"),
    menu=(
        MenuEntry(
            label=_("Imports"),
            url_name="verbatims:imports",
            icon="file-up",
            group="converser",
            permission=Permission.IMPORT.value,
            order=20,
        ),
        MenuEntry(
            label=_("Explorer"),
            url_name="verbatims:explorer",
            icon="message-square-text",
            group="comprendre",
            permission=Permission.READ.value,
            order=10,
        ),
        MenuEntry(
            label=_("À coder ensuite"),
            url_name="verbatims:to_code",
            icon="pencil",
            group="comprendre",
            permission=Permission.CODE.value,
            order=35,
        ),
        MenuEntry(
            label=_("Plan de codage"),
            url_name="verbatims:codebook",
            icon="list-tree",
            group="comprendre",
            permission=Permission.READ.value,
            order=40,
        ),
        MenuEntry(
            label=_("Sujets à examiner"),
            url_name="verbatims:subjects",
            icon="sparkles",
            group="comprendre",
            permission=Permission.READ.value,
            order=50,
        ),
    ),
    permissions=tuple(
        (permission.value, permission.label)
        for permission in Permission
        if permission.value.startswith(("verbatims.", "codebooks."))
    ),
    setup=(_load_codebook,),
    rebuild=(_index_words,),
    transient_media=("imports",),
    selection_actions=(
        SelectionAction(
            label=_("Relire les passages un à un"),
            url_name="verbatims:review",
            icon="square-check",
            permission=Permission.CODE.value,
            order=10,
        ),
    ),
    derived_models=("verbatims.segmentvectors",),
    audit_words=(
        ("verbatims.verbatim", _("Verbatim")),
        ("verbatims.importbatch", _("Import")),
        ("verbatims.codebook", _("Plan de codage")),
        ("verbatims.theme", _("Thème")),
        ("verbatims.discoveredsubject", _("Sujet")),
        ("file", _("fichier")),
        ("size", _("octets")),
        ("rows", _("lignes")),
        ("created", _("créés")),
        ("updated", _("mis à jour")),
        ("unchanged", _("déjà connus")),
        ("rejected", _("rejetés")),
        ("withdrawn", _("retirés")),
        ("restored", _("rétablis")),
        ("kept", _("gardés")),
        ("with_words", _("avec les textes")),
        ("reason", _("motif")),
        ("format", _("format")),
        ("verbatims", _("verbatims")),
        ("filters", _("filtres")),
        ("themes", _("thèmes")),
        ("theme", _("thème")),
        ("slug", _("thème")),
        ("fields", _("champs")),
        ("kind", _("nature")),
        ("spans", _("passages")),
        ("into", _("vers")),
        ("codes", _("codes")),
        ("version", _("version")),
        ("added", _("ajoutés")),
        ("changed", _("modifiés")),
        ("retired", _("retirés")),
    ),
    audit_verbs=(
        ("verbatims.exported", _("Export de verbatims")),
        ("verbatims.raw_read", _("Lecture d’un texte d’origine")),
        ("verbatims.masked", _("Masquage par une personne")),
        ("verbatims.unmasked", _("Mots masqués montrés de nouveau")),
        ("verbatims.masking_undone", _("Masquage annulé")),
        ("codebooks.learning_asked", _("Apprentissage demandé")),
        ("codebooks.loaded", _("Chargement d’un plan de codage")),
        ("codebooks.theme_added", _("Ajout d’un thème")),
        ("codebooks.theme_changed", _("Modification d’un thème")),
        ("codebooks.theme_retired", _("Retrait d’un thème")),
        ("codebooks.theme_brought_back", _("Remise en usage d’un thème")),
        ("codebooks.imported", _("Import d’un plan de codage")),
        ("codebooks.exported", _("Export d’un plan de codage")),
        ("codebooks.restored", _("Retour à une version d’un plan de codage")),
        ("codebooks.activated", _("Changement de plan de codage")),
        ("codebooks.themes_merged", _("Fusion de deux thèmes")),
        ("codebooks.merge_undone", _("Fusion de thèmes annulée")),
        ("codebooks.theme_split", _("Division d’un thème")),
        ("subjects.adopted", _("Adoption d’un sujet")),
        ("subjects.rejected", _("Mise à l’écart d’un sujet")),
        ("subjects.proposed_again", _("Sujet proposé de nouveau")),
        *IMPORT_VERBS,
    ),
    schedules=(
        Schedule(name="verbatims.sweep_uploads", kind="verbatims.sweep_uploads", every=timedelta(days=1)),
        Schedule(name="verbatims.reembed", kind="verbatims.reembed", every=timedelta(minutes=15)),
    ),
    personal_data=(
        PersonalData(
            model="verbatims.Verbatim",
            fields=("title", "text"),
            purpose=_("Comprendre ce que disent les usagers, données personnelles masquées."),
        ),
        PersonalData(
            model="verbatims.RawText",
            fields=("sealed",),
            purpose=_("Garder les textes d’origine, chiffrés, pour corriger le masquage."),
        ),
        PersonalData(
            model="verbatims.ImportReject",
            fields=("row",),
            purpose=_("Rendre à la personne qui importe les lignes rejetées, chiffrées ici."),
        ),
        PersonalData(
            model="verbatims.ImportChange",
            fields=("before",),
            purpose=_("Pouvoir annuler un import : l’état d’avant, chiffré."),
        ),
        PersonalData(
            model="verbatims.Masking",
            fields=("title", "text", "made_by"),
            purpose=_("Pouvoir revenir sur un masquage, et savoir qui l’a changé."),
        ),
        PersonalData(
            model="verbatims.MaskingDecision",
            fields=("made_by",),
            purpose=_("Savoir qui a masqué ou montré des mots."),
        ),
        PersonalData(
            model="verbatims.Reply",
            fields=("text",),
            purpose=_("Lire ce que les services ont répondu, données personnelles masquées."),
        ),
        PersonalData(
            model="verbatims.Segment",
            fields=("corrected_by", "checked_by"),
            purpose=_("Savoir qui a corrigé ou vérifié un passage."),
        ),
        PersonalData(
            model="verbatims.SegmentTheme",
            fields=("coded_by",),
            purpose=_("Savoir qui a donné ou refusé un thème."),
        ),
        PersonalData(
            model="verbatims.Correction",
            fields=("made_by",),
            purpose=_("Savoir qui a corrigé un passage, et laisser cette personne revenir sur sa correction."),
        ),
        PersonalData(
            model="verbatims.CodebookVersion",
            fields=("made_by",),
            purpose=_("Savoir qui a changé le plan de codage."),
        ),
        PersonalData(
            model="verbatims.ImportBatch",
            fields=("created_by",),
            purpose=_("Savoir qui a importé un fichier."),
        ),
        PersonalData(
            model="verbatims.SavedView",
            fields=("owner", "name"),
            purpose=_("Retrouver des filtres enregistrés."),
        ),
    ),
)
