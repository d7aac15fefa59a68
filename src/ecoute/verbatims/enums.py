"""Closed lists of the listening base."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Channel(TextChoices):
    WEB = "web", _("Démarche en ligne")
    FORM = "form", _("Formulaire d'avis")
    ACCOUNT = "account", _("Compte ou espace personnel")
    EMAIL = "email", _("Courriel")
    PHONE = "phone", _("Téléphone")
    COUNTER = "counter", _("Accueil")
    LETTER = "letter", _("Courrier")
    CHAT = "chat", _("Messagerie instantanée")
    SURVEY = "survey", _("Enquête")
    SOCIAL = "social", _("Réseaux sociaux")
    MEETING = "meeting", _("Réunion")
    OTHER = "other", _("Autre")
    UNKNOWN = "unknown", _("Non précisé")


class Speaker(TextChoices):
    USAGER = "usager", _("Usager")
    RELATIVE = "relative", _("Proche")
    AGENT = "agent", _("Agent")
    PARTNER = "partner", _("Partenaire")
    UNKNOWN = "unknown", _("Non précisé")


class Satisfaction(TextChoices):
    """As declared by the person; neutral is kept apart."""

    NEGATIVE = "negative", _("Négatif")
    NEUTRAL = "neutral", _("Neutre")
    POSITIVE = "positive", _("Positif")
    UNKNOWN = "unknown", _("Non déclarée")


class NatureChoice(TextChoices):
    """The values of ``methods.text.documents.Nature`` with their labels."""

    IRRITANT = "irritant", _("Irritant")
    PRAISE = "praise", _("Satisfaction exprimée")
    EXPECTATION = "expectation", _("Attente")
    QUESTION = "question", _("Question")
    FACT = "fact", _("Fait")


class PolarityChoice(TextChoices):
    """The values of ``methods.text.documents.Polarity`` with their labels."""

    NEGATIVE = "negative", _("Négatif")
    NEUTRAL = "neutral", _("Neutre")
    POSITIVE = "positive", _("Positif")


class Origin(TextChoices):
    MACHINE = "machine", _("Machine")
    PERSON = "person", _("Personne")


class MaskedKind(TextChoices):
    """What a placeholder stands for: the kinds of ``methods.text.engines.masking.placeholders`` with their labels."""

    NAME = "name", _("Nom ou prénom")
    ADDRESS = "address", _("Adresse")
    PHONE = "phone", _("Téléphone")
    EMAIL = "email", _("Courriel")
    BIRTH = "birth", _("Date de naissance")
    REFERENCE = "reference", _("Numéro de dossier ou référence")
    NIR = "nir", _("Numéro de sécurité sociale")
    TAX = "tax", _("Numéro fiscal")
    SIRET = "siret", _("Numéro d’entreprise")
    IBAN = "iban", _("Compte bancaire")
    CARD = "card", _("Carte bancaire")
    PLATE = "plate", _("Immatriculation")
    HANDLE = "handle", _("Pseudonyme")
    LINK = "link", _("Lien")
    OTHER = "other", _("Autre donnée personnelle")


class ImportState(TextChoices):
    UPLOADED = "uploaded", _("Fichier reçu")
    MAPPED = "mapped", _("Colonnes reconnues")
    RUNNING = "running", _("Import en cours")
    DONE = "done", _("Import terminé")
    FAILED = "failed", _("Import interrompu")
    UNDOING = "undoing", _("Annulation en cours")
    UNDONE = "undone", _("Import annulé")
