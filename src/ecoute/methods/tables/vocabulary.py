"""Words for channels and speakers → closed lists. Compared folded, the whole value first, then by word."""

from __future__ import annotations

from functools import lru_cache

from .naming import fold

CHANNELS: dict[str, tuple[str, ...]] = {
    "phone": ("telephone", "phone", "par telephone", "appel", "tel", "call", "serveur vocal", "hotline"),
    "counter": (
        "accueil",
        "guichet",
        "au guichet",
        "sur place",
        "counter",
        "accueil physique",
        "rendez vous",
        "in person",
        "visite",
        "agence",
    ),
    "email": ("courriel", "mail", "email", "e mail", "par e mail", "messagerie", "messagerie electronique"),
    "letter": (
        "courrier",
        "lettre",
        "letter",
        "courrier postal",
        "par courrier",
        "post",
        "papier",
        "boite a idees",
        "boite a suggestions",
        "urne",
    ),
    "account": (
        "compte",
        "espace personnel",
        "compte ou espace personnel",
        "espace usager",
        "account",
        "espace en ligne",
    ),
    "chat": ("chat", "tchat", "messagerie instantanee", "chatbot", "par chat avec l administration", "whatsapp"),
    "form": (
        "formulaire",
        "formulaire d avis",
        "form",
        "formulaire en ligne",
        "je donne mon avis",
        "bouton",
        "tablette",
        "borne",
        "kiosque",
    ),
    "survey": ("enquete", "sondage", "survey", "questionnaire"),
    "social": (
        "reseaux sociaux",
        "reseau social",
        "twitter",
        "facebook",
        "x",
        "instagram",
        "google",
        "linkedin",
        "social",
        "avis google",
    ),
    "meeting": ("reunion", "atelier", "meeting", "reunion publique", "forum"),
    "web": (
        "demarche en ligne",
        "web",
        "site",
        "internet",
        "site internet",
        "en ligne",
        "online",
        "application",
        "appli",
        "site web",
        "app",
    ),
    "other": ("autre", "other", "autres"),
}
SPEAKERS: dict[str, tuple[str, ...]] = {
    "usager": (
        "la personne concernee",
        "usager",
        "moi meme",
        "personne concernee",
        "patient",
        "citizen",
        "user",
        "particulier",
        "citoyen",
        "self",
    ),
    "relative": (
        "un proche",
        "proche",
        "aidant",
        "famille",
        "parent",
        "relative",
        "carer",
        "family",
        "un proche de la personne concernee",
        "un aidant",
    ),
    "agent": ("agent", "un agent", "agent public", "staff", "employee", "fonctionnaire"),
    "partner": (
        "partenaire",
        "association",
        "une association",
        "professionnel",
        "entreprise",
        "partner",
        "travailleur social",
        "company",
        "elu",
    ),
}


def _longest(words: tuple[str, ...], padded: str) -> int:
    return max((len(word) for word in words if len(word) > 2 and f" {word} " in padded), default=0)


def _reader(table: dict[str, tuple[str, ...]], written: str) -> str:
    folded = fold(written)
    if not folded:
        return ""
    for value, words in table.items():
        if folded in words:
            return value
    padded = f" {folded} "
    found = (
        (max((len(word) for word in words if len(word) > 2 and f" {word} " in padded), default=0), value)
        for value, words in table.items()
    )
    length, value = max(found)
    return value if length else ""


@lru_cache(maxsize=5_000)
def read_channel(written: str) -> str:
    """A value of the list of channels, "" when the word says nothing known. « Téléphone|Accueil »: the first known."""
    parts = (part for piece in written.split("|") for part in piece.split(","))
    return next((value for part in parts if (value := _reader(CHANNELS, part))), "")


@lru_cache(maxsize=5_000)
def read_speaker(written: str) -> str:
    """A value of the list of speakers, "" when unknown."""
    return _reader(SPEAKERS, written)
