"""Sentences and limits of imports."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ecoute.methods.tables import ColumnGuess, Field, TableError

MAX_UPLOAD = 2 * 1024**3  # bytes

AUDIT_VERBS = (
    ("verbatims.import_started", gettext_lazy("Fichier apporté pour import")),
    ("verbatims.import_done", gettext_lazy("Import terminé")),
    ("verbatims.import_discarded", gettext_lazy("Fichier abandonné avant import")),
    ("verbatims.import_undo_asked", gettext_lazy("Annulation d’un import demandée")),
    ("verbatims.import_undone", gettext_lazy("Import annulé")),
    ("verbatims.rejects_downloaded", gettext_lazy("Téléchargement de lignes rejetées")),
)


def table_problem(error: TableError) -> str:
    """Why a file cannot be read, and what to do, in the reader's language."""
    sentences = {
        "empty": _("Ce fichier est vide."),
        "binary": _("Ce fichier n’est pas un tableau. Enregistrez-le en CSV, XLSX ou ODS, puis recommencez."),
        "encrypted": _("Ce fichier est protégé par un mot de passe. Enlevez la protection, puis recommencez."),
        "too_large": _("Ce classeur est trop grand pour être ouvert. Enregistrez la feuille en CSV, puis recommencez."),
        "several_files": _("Cette archive contient plusieurs fichiers. Déposez-les un par un."),
        "no_sheet": _("Cette feuille n’existe pas dans le classeur. Feuilles présentes : %(names)s.")
        % {"names": error.detail},
    }
    return sentences.get(error.code) or _("Ce fichier est illisible ou abîmé. Exportez-le à nouveau, puis recommencez.")


def reject_words(reason: str) -> str:
    """A reason code in the reader's language."""
    words = {
        "empty_text": _("aucun texte"),
        "unreadable_date": _("date illisible"),
        "impossible_date": _("cette date n’existe pas"),
        "future_date": _("date dans le futur"),
        "too_old_date": _("date antérieure à 1990"),
        "short_row": _("ligne coupée : il manque des colonnes"),
        "long_row": _("trop de colonnes"),
        "broken_quote": _("guillemet jamais refermé"),
        "broken_json": _("ligne JSON invalide"),
        "duplicate_id": _("numéro déjà présent plus haut dans le fichier"),
        "unknown_service": _("service inconnu de l’annuaire"),
        "foreign_service": _("service hors de votre périmètre"),
        "no_service": _("aucun service indiqué"),
    }
    return words.get(reason, reason)


def field_words(name: Field) -> str:
    """What a column may be, in the reader's language."""
    words = {
        Field.EXTERNAL_ID: _("Numéro dans la source"),
        Field.TITLE: _("Titre"),
        Field.TEXT: _("Texte du verbatim"),
        Field.DATE: _("Date du verbatim"),
        Field.RECEIVED: _("Date de réception"),
        Field.SATISFACTION: _("Satisfaction déclarée"),
        Field.CHANNEL: _("Canal"),
        Field.SERVICE: _("Service concerné"),
        Field.PLACE_REGION: _("Région"),
        Field.PLACE_DEPARTEMENT: _("Département"),
        Field.PLACE_COMMUNE: _("Commune"),
        Field.POSTCODE: _("Code postal"),
        Field.COUNTRY: _("Pays"),
        Field.SPEAKER: _("Qui s’exprime"),
        Field.LANGUAGE: _("Langue"),
        Field.REPLY: _("Réponse donnée"),
        Field.REPLY_DATE: _("Date de la réponse"),
        Field.REPLY_STATUS: _("Statut de la réponse"),
        Field.AUTHOR: _("Donnée personnelle, scellée"),
        Field.EXTRA: _("Autre information, gardée"),
        Field.IGNORE: _("Ne pas importer"),
    }
    return words[name]


def guess_words(guess: ColumnGuess) -> str:
    """Why a column was taken for what it is, in the reader's language."""
    words = {
        "shape": _("fichier reconnu"),
        "name": _("d’après son nom"),
        "word": _("d’après son nom, à vérifier"),
        "content": _("d’après son contenu, à vérifier"),
        "longest": _("colonne la plus longue, à vérifier"),
        "personal": _("contient des données personnelles"),
        "unsure": _("à vérifier : peut-être un texte ou un service"),
    }
    return words.get(guess.reason, "")


def shape_words(shape: str) -> str:
    """A known shape of file, in the reader's language; empty when unknown."""
    words = {
        "services-publics-plus-2023": _("export Services Publics + (forme de 2023)"),
        "services-publics-plus-2025": _("export Services Publics + (forme de 2025)"),
        "services-publics-plus-sample": _("extrait de Services Publics +"),
        "services-publics-plus-replies": _("extrait de Services Publics + avec les réponses"),
        "jdma": _("export « Je donne mon avis »"),
    }
    return words.get(shape, "")
