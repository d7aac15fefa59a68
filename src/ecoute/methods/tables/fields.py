"""What a column can be, and the names people give it. Names are compared folded (``naming.fold``)."""

from __future__ import annotations

from enum import StrEnum


class Field(StrEnum):
    """``AUTHOR`` is personal: kept sealed with the raw words. ``EXTRA`` is kept as it is, ``IGNORE`` is dropped."""

    EXTERNAL_ID = "external_id"
    TITLE = "title"
    TEXT = "text"
    DATE = "date"
    RECEIVED = "received"
    SATISFACTION = "satisfaction"
    CHANNEL = "channel"
    SERVICE = "service"
    PLACE_REGION = "place_region"
    PLACE_DEPARTEMENT = "place_departement"
    PLACE_COMMUNE = "place_commune"
    POSTCODE = "postcode"
    COUNTRY = "country"
    SPEAKER = "speaker"
    LANGUAGE = "language"
    REPLY = "reply"
    REPLY_DATE = "reply_date"
    REPLY_STATUS = "reply_status"
    AUTHOR = "author"
    EXTRA = "extra"
    IGNORE = "ignore"


SEVERAL = frozenset(
    {
        Field.TEXT,
        Field.SERVICE,
        Field.CHANNEL,
        Field.REPLY,
        Field.REPLY_DATE,
        Field.REPLY_STATUS,
        Field.AUTHOR,
        Field.EXTRA,
        Field.IGNORE,
    }
)  # fields that several columns may share

# Whole names, folded, between bars; the number of a series ("structure 2") is taken off before comparing.
_NAMES: dict[Field, str] = {
    Field.EXTERNAL_ID: """
        id | identifiant | id experience | identifiant avis | id avis | numero | no | n | ref | reference | uid |
        uuid | guid | numero de dossier | numero de ticket | ticket | ticket id | id ticket | comment id | review id
        | record id | response id | id de la reponse | id reponse | submission id | identifiant reponse | respondent
        id | id verbatim | cle | key | code avis
    """,
    Field.TITLE: """
        titre | title | objet | sujet | subject | intitule | resume | headline | titre de l experience | en bref
    """,
    Field.TEXT: """
        texte | text | verbatim | verbatims | description | commentaire | commentaires | comment | comments |
        message | contenu | content | body | corps | avis | review | review text | feedback | expression |
        temoignage | remarque | remarques | observations | suggestion | suggestions | reponse libre | commentaire
        libre | free text | opinion | reclamation | plainte | fft answer | proposition | argument | recit |
        experience | contribution | texte libre | souhaitez vous nous en dire plus | detail | details | motif de la
        reclamation
    """,
    Field.DATE: """
        date | ecrit le | date de l avis | date avis | date experience | date de l experience | date de reponse du
        repondant | quand | date de saisie | date soumission | date de soumission | submitted at | submission date |
        completed at | horodateur | timestamp | created at | created | date de creation | cree le | written at |
        said on | depose le | date de depot | jour | day | survey date | date du message | sent at | date d envoi |
        date demande | date de la demande | response date | published at | createdat
    """,
    Field.RECEIVED: """
        date de publication | date de reception | recu le | received | received at | date received | publie le |
        date publication
    """,
    Field.SATISFACTION: """
        sentiment | ressenti | ressenti usager | satisfaction | satisfaction globale | note | note globale | rating
        | score | etoiles | stars | evaluation | appreciation | humeur | smiley | nps | csat | note de satisfaction
        | overall rating | niveau de satisfaction | de facon generale comment ca s est passe | comment sentiment |
        fft categorical answer | polarite | note sur 10 | note sur 5 | overall satisfaction | mood
    """,
    Field.CHANNEL: """
        canal | canaux | channel | channels | canaux typologie | mode de contact | moyen de contact | canal de
        contact | via
    """,
    Field.SERVICE: """
        structure | intitule structure | service | administration | organisme | etablissement | service public |
        guichet | agence | nom du service | nom de la structure | trust | organisation | organization | department
        name | office | direction | site | nom du formulaire | entite | unite | bureau | point d accueil | demarche
        | nom de la demarche | hospital | branch
    """,
    Field.PLACE_REGION: """
        region | intitule region | intitule region usager | region usager | nom region | code region
    """,
    Field.PLACE_DEPARTEMENT: """
        departement | intitule departement | intitule departement usager | departement usager | code departement |
        dept | dep | nom departement
    """,
    Field.PLACE_COMMUNE: """
        commune | ville | city | town | code insee | code commune | insee | nom commune | localite | commune usager
    """,
    Field.POSTCODE: """
        code postal | cp | postcode | zip | zip code | code postal usager | postal code
    """,
    Field.COUNTRY: """
        pays | country | intitule pays | intitule pays usager | pays usager
    """,
    Field.SPEAKER: """
        poste comme | posted as | qui parle | profil | vous etes | speaker | qualite du declarant | type d usager |
        type de declarant
    """,
    Field.LANGUAGE: """
        langue | language | lang | locale
    """,
    Field.REPLY: """
        reponse structure | reponse de l administration | reponse apportee | answer | response | reply | reponse du
        service
    """,
    Field.REPLY_DATE: """
        date de reponse | date de premiere reponse | replied at | answered at | date reponse | date de la reponse |
        date reponse structure | fields reply date
    """,
    Field.REPLY_STATUS: """
        statut reponse structure | statut reponse | statut de la reponse | reply status
    """,
    Field.AUTHOR: """
        pseudonyme | pseudonyme usager | pseudo | nom | prenom | nom et prenom | name | first name | last name |
        full name | auteur | author | email | e mail | mail | courriel | adresse mail | adresse e mail | adresse
        email | telephone | tel | phone | phone number | numero de telephone | adresse | address | adresse postale |
        nom de famille | date de naissance | username | utilisateur | login | ip | adresse ip | ip address | contact
        email | numero de securite sociale | nir | user name | author name | nom usager | prenom usager | email
        usager | identite | mobile | portable
    """,
}
NAMES: dict[Field, tuple[str, ...]] = {
    wanted: tuple(" ".join(name.split()) for name in names.split("|")) for wanted, names in _NAMES.items()
}

# A word in a longer name, when no whole name fits, in this order.
_WORDS: tuple[tuple[Field, str], ...] = (
    (Field.AUTHOR, "pseudonyme | e mail | email | courriel | telephone portable | numero de telephone"),
    (Field.AUTHOR, "adresse ip | date de naissance | prenom"),
    (Field.REPLY_DATE, "date de reponse"),
    (Field.REPLY_STATUS, "statut reponse"),
    (Field.REPLY, "reponse structure | reponse de l administration"),
    (Field.POSTCODE, "code postal | postcode"),
    (Field.RECEIVED, "recu le | date de publication"),
    (Field.DATE, "date"),
    (Field.SATISFACTION, "satisfaction | satisfait | satisfied | recommand | note | rating"),
    (Field.TEXT, "commentaire | verbatim | comment | remarque | suggestion | en dire plus | texte | message"),
    (Field.CHANNEL, "canal"),
    (Field.PLACE_DEPARTEMENT, "departement"),
    (Field.PLACE_REGION, "region"),
    (Field.PLACE_COMMUNE, "commune"),
    (Field.COUNTRY, "pays"),
    (Field.EXTERNAL_ID, "identifiant"),
)
WORDS: tuple[tuple[str, Field], ...] = tuple(
    (word.strip(), wanted) for wanted, words in _WORDS for word in words.split("|")
)
