"""Files recognised without any question: exports of Services Publics + and of « Je donne mon avis »."""

from __future__ import annotations

import re

from .fields import Field
from .model import Table
from .naming import fold

SPP_2023 = "services-publics-plus-2023"
SPP_2025 = "services-publics-plus-2025"
SPP_SAMPLE = "services-publics-plus-sample"
SPP_REPLIES = "services-publics-plus-replies"
JDMA = "jdma"

_SPP = {"id experience", "titre", "description", "ressenti usager", "ecrit le"}
_SAMPLE = {"id", "date", "title", "text", "sentiment", "posted as", "structure", "typology", "channels"}
_REPLIES = {"title", "date", "text", "sentiment", "fields structures"}
_JDMA = {"date de l avis", "nom du formulaire", "identifiant avis"}
_JDMA_QUESTIONS = {"de facon generale comment ca s est passe", "souhaitez vous nous en dire plus", "verbatim"}

# Folded name, "#" standing for the number of a series → field.
_SPP_FIELDS = {
    "id experience": Field.EXTERNAL_ID,
    "titre": Field.TITLE,
    "description": Field.TEXT,
    "ecrit le": Field.DATE,
    "date de publication": Field.RECEIVED,
    "date": Field.RECEIVED,
    "poste comme": Field.SPEAKER,
    "ressenti usager": Field.SATISFACTION,
    "pseudonyme usager": Field.AUTHOR,
    "code postal usager": Field.POSTCODE,
    "intitule departement usager": Field.PLACE_DEPARTEMENT,
    "departement usager": Field.PLACE_DEPARTEMENT,
    "departement": Field.PLACE_DEPARTEMENT,
    "intitule region usager": Field.PLACE_REGION,
    "region usager": Field.PLACE_REGION,
    "region": Field.PLACE_REGION,
    "intitule pays usager": Field.COUNTRY,
    "pays usager": Field.COUNTRY,
    "pays": Field.COUNTRY,
    "canaux typologie #": Field.CHANNEL,
    "canaux #": Field.CHANNEL,
    "intitule structure #": Field.SERVICE,
    "structure #": Field.SERVICE,
    "statut reponse structure #": Field.REPLY_STATUS,
    "reponse structure #": Field.REPLY,
    "date reponse structure #": Field.REPLY_DATE,
}
_SAMPLE_FIELDS = {
    "id": Field.EXTERNAL_ID,
    "title": Field.TITLE,
    "text": Field.TEXT,
    "date": Field.DATE,
    "sentiment": Field.SATISFACTION,
    "posted as": Field.SPEAKER,
    "departement": Field.PLACE_DEPARTEMENT,
    "region": Field.PLACE_REGION,
    "country": Field.COUNTRY,
    "channels": Field.CHANNEL,
    "structure": Field.SERVICE,
}
_JDMA_FIELDS = {
    "date de l avis": Field.DATE,
    "nom du formulaire": Field.SERVICE,
    "identifiant avis": Field.EXTERNAL_ID,
    "de facon generale comment ca s est passe": Field.SATISFACTION,
    "satisfaction": Field.SATISFACTION,
    "souhaitez vous nous en dire plus": Field.TEXT,
    "verbatim": Field.TEXT,
    "adresse mail": Field.AUTHOR,
    "contact email": Field.AUTHOR,
}
_REPLIES_FIELDS = {
    "title": Field.TITLE,
    "text": Field.TEXT,
    "date": Field.DATE,
    "sentiment": Field.SATISFACTION,
    "fields canaux": Field.CHANNEL,
    "fields structures": Field.SERVICE,
    "fields reponse structure": Field.REPLY,
    "fields departement": Field.PLACE_DEPARTEMENT,
}


def recognise(table: Table) -> str | None:
    """The name of the known shape, or None."""
    names = {fold(column) for column in table.columns}
    if names >= _SPP:
        newer = any(name.startswith(("reponse structure", "statut reponse", "demarches saisies")) for name in names)
        return SPP_2025 if newer else SPP_2023
    if names >= _SAMPLE:
        return SPP_SAMPLE
    if names >= _REPLIES:
        return SPP_REPLIES
    if names >= _JDMA and names & _JDMA_QUESTIONS:
        return JDMA
    return None


def shape_fields(table: Table, shape: str) -> dict[str, Field]:
    """Column → field for the columns that the shape knows; the others are kept as extra."""
    known = {SPP_SAMPLE: _SAMPLE_FIELDS, JDMA: _JDMA_FIELDS, SPP_REPLIES: _REPLIES_FIELDS}.get(shape, _SPP_FIELDS)
    found: dict[str, Field] = {}
    for column in table.columns:
        name = re.sub(r" \d$", " #", fold(column))
        wanted = known.get(name) or known.get(name.removesuffix(" #"))
        if wanted is not None:
            found[column] = wanted
    return found
