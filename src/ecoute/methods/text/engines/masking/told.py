"""Personal data told by the words before it: file numbers, tax numbers, secrets, dates of birth."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .finding import Finding

_GROUP = r"[A-Za-z]{0,6}\d[\dA-Za-z]{0,24}"
_VALUE = (
    rf"(?P<value>(?:(?-i:[A-Z]{{1,6}}) (?=\d)"
    rf"|[A-Za-z]{{1,6}}[-/](?=[\w/-]{{0,12}}\d))?{_GROUP}(?:(?:[-/._]{{1,2}}[A-Za-z\d]{{1,20}})"
    rf"|(?:[ \u00a0](?:\d|(?-i:[A-Z])\d{{3}})[\dA-Za-z]{{0,12}})){{0,7}}"
    r"(?:\s?[-/]?\s?[A-Z](?![\w'’]))?)"
)
_MARK = (
    r"(?:\s?(?:n[°ºo]s?\.?|num[ée]ro|num\.?|nb|r[ée]f\.?|r[ée]f[ée]rences?|#|:|=|est(?: le)?|is"
    r"|portant(?: le)?|sous(?: le)?)){1,4}\s?:?\s?"
)
_THING = (
    r"(?:dossiers?|dosier|demande|allocataire|alloc|matricule|contrat|facture|recours|affaire|ticket"
    r"|incident|r[ée]clamation|amende|contravention"
    r"|proc[èe]s[- ]verbal|pv|avis|r[ée]c[ée]piss[ée]|permis|passeport|carte|cni|titre|client"
    r"|adh[ée]rent|usager|compte|abonn[ée](?:ment)?"
    r"|agr[ée]ment|courrier|commande|t[ée]l[ée]d[ée]clarant|fiscal|spi|foyer|agdref|anef|[ée]tranger"
    r"|b[ée]n[ée]ficiaire|pension|retraite|requ[êe]te"
    r"|inscription|candidat(?:ure)?|suivi|colis(?:simo)?|chronopost|recommand[ée]|ar\b|identifiant|ine"
    r"|bourse|quittance|police|sinistre|plainte|convocation|rdv|rendez-vous"
    r"|visa|attestation|compteur|pdl|linky|badge|licence|certificat|mandat|bordereau|devis|assur[ée]e?"
    r"|patient|siv|ants|lot|mutuelle"
    r"|file|case|claim|policy|application|number|account|customer|card|booking|order)"
)
_REFERENCE = re.compile(rf"\b{_THING}(?:\s[\w'’.]{{1,14}}){{0,3}}?{_MARK}{_VALUE}", re.I)
_BARE = re.compile(
    rf"\b{_THING}(?:\s(?!du\b|le\b|en\b|depuis\b|de\b(?! (?:titre|s[ée]jour|conduire|pension"
    rf"|suivi)))[A-Za-zÀ-ÿ'’]{{1,14}}){{0,2}}?\s?\(?{_VALUE}",
    re.I,
)
_NUMBERED = re.compile(
    r"(?P<law>\b(?:loi|d[ée]cret|arr[êe]t[ée]|ordonnance|circulaire|directive|r[èe]glement|articles?"
    r"|art\.?|cerfa|formulaire"
    r"|imprim[ée]|d[ée]claration|notice|annexe|livret|guichet|rue|agence|ligne|bus|tramway|tram|bureau"
    r"|salle|porte|quai|version|norme|erreur|chambre|caisse|page|lot)\s(?:[a-zà-ÿ'’()]+\s){0,3})?"
    r"(?:\bn[°º]\s?|\bnum[ée]ros?\s(?:d['’e ][\w'’ ]{3,30}?\s?)?(?:[\w'’]{3,14}\s)?(?::|est(?: le)?)?\s?"
    r"|\br[ée]f(?:[ée]rences?|\.)?\s?(?:[\w'’ ]{0,20}:|n[°º])?\s?)"
    rf"{_VALUE}",
    re.I,
)
_LAW = re.compile(
    r"\b(?:lois?|d[ée]crets?|arr[êe]t[ée]s?|ordonnances?|circulaires?|directives?|r[èe]glements?|cerfa)\b", re.I
)
_SECRET = re.compile(
    r"\b(?:identifiant|login|mot de passe|mdp|code (?:secret|pin|confidentiel|d['’]acc[èe]s|personnel)"
    r"|password|user(?:name)?|code)"
    r"\s?(?P<sign>est|:|=|\bis\b)?\s?(?P<value>[^\s,;]{4,40})",
    re.I,
)
_MONTHS = (
    r"(?:janvier|janv\.?|f[ée]vrier|fevr?\.?|mars|avril|mai|juin|juillet|juil\.?|ao[uû]t|septembre"
    r"|sept\.?|octobre|oct\.?|novembre|nov\.?|d[ée]cembre|d[ée]c\.?"
    r"|january|february|march|april|may|june|july|august|september|october|november|december)"
)
_DATE = (
    r"(?:\d{1,2}\s?[/.\- ]\s?\d{1,2}\s?[/.\- ]\s?\d{2,4}|(?:19|20)\d\d[-/.]\d\d[-/.]\d\d|\d{8}(?!\d)"
    rf"|\d{{1,2}}(?:er|st|nd|rd|th)?\s{_MONTHS}(?:\s\d{{2,4}})?|{_MONTHS}\s\d{{1,2}},?\s\d{{4}})"
)
_BIRTH = re.compile(
    rf"(?:\b(?:né|n[ée](?:e|\(e\)|[.·]e|s|es)|ne(?= le)"
    rf"|(?<!acte de )(?<!extrait de )(?<!certificat de )naissance|natif|native"
    rf"|born)\b(?:[ ,(]{{1,2}}[\w'’\-]{{1,16}}){{0,4}}?[ ,(:]{{1,3}}(?:le |on |: ?)"
    rf"|\b(?:date de naissance|date of birth|dob|ddn|d\.d\.n\.?|naissance"
    rf"|n[ée]e? ?:)[ (:=]{{0,3}}(?:est |is |au )?(?:le |du )?)"
    rf"\s?(?P<value>{_DATE})",
    re.I,
)
_BIRTH_MONTH = re.compile(
    rf"\b(?:n[ée](?:e|\(e\)|[.·]e|s|es)?|naissance|born)(?:[ ,(]{{1,2}}[\w'’\-]{{1,16}}){{0,3}}? (?:en |in |d['’])"
    rf"(?P<value>{_MONTHS} (?:19|20)\d\d)",
    re.I,
)
_BESIDE_KIN = re.compile(
    r"\b(?:m[èe]re|p[èe]re|fils|fille|mari|femme|[ée]poux|[ée]pouse|fr[èe]re|s[œo]e?ur|conjointe?|b[ée]b[ée]|enfant|compagn\w{2,3})"
    r"(?: [A-ZÀ-Þ][\w-]{1,20})? ?\((?P<value>\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)\d\d)\)",
    re.I,
)
_BIRTH_AFTER = re.compile(rf"\b(?P<value>{_DATE})\s?[(,]?\s?(?:date de naissance|ddn)\b", re.I)
_YEAR = re.compile(r"(?:19|20)\d\d(?:\s?[-/]\s?(?:(?:19|20)\d\d|\d\d))?\Z")
_ORDINARY = re.compile(
    r"\d{1,2}[./-]\d{1,2}(?:[./-]\d{2,4})?\Z|\d{1,4}\Z|\d+(?:er|e|eme|ème|h|€|km|%|j)\w{0,3}\Z"
    r"|\d{1,2}[ .]\d{1,2}[ .](?:19|20)\d\d\Z|(?:19|20)\d\d[ -/]\d\d?[ -/]\d\d?(?: \d\d)?\Z",
    re.I,
)
_COURT = re.compile(
    r",? (?:du |de la )?(?:conseil d['’][ée]tat|conseil constitutionnel|cour de cassation|cjue)\b", re.I
)
_THOUSANDS = re.compile(r"\d{1,3}(?:[ \u00a0.]\d{3})+\Z")
_UNIT = re.compile(
    r"[,.]\d|\*|\s?(?:€|euros?\b|eur\b|%|h\b|heures?|jours?|mois|ans?\b|km|kg|m2|m²|francs?|points?\b"
    r"|habitants?|logements?|personnes|trimestres?|agents|fois|places?\b|dossiers|demandes|usagers"
    r"|dollars|livres|pages|minutes|semaines|janvier|f[ée]vrier|mars|avril|mai|juin|juillet|ao[uû]t"
    r"|septembre|octobre|novembre|d[ée]cembre)",
    re.I,
)


def references(text: str) -> Iterator[Finding]:
    """Numbers after words such as « dossier n° » or « matricule : ». Laws, forms, amounts, years and dates stay."""
    for match in _REFERENCE.finditer(text):
        if _telling(text, match):
            yield _finding(match, 4)
    for match in _BARE.finditer(text):
        if _telling(text, match) and _strong(match["value"]):
            yield _finding(match, 4)
    for match in _NUMBERED.finditer(text):
        if not match["law"] and not _law_before(text, match.start()) and _telling(text, match):
            yield _finding(match, 5)


def _law_before(text: str, at: int) -> bool:
    """Whether the clause before ``at`` names a law: « arrêté du 12 janvier 2023 n° … »."""
    return _LAW.search(re.split(r"[.;:!?\n]", text[max(0, at - 60) : at])[-1]) is not None


def _finding(match: re.Match[str], rank: int) -> Finding:
    return Finding(match.start("value"), match.start("value") + len(match["value"].rstrip(" -/.")), "reference", rank)


def _telling(text: str, match: re.Match[str]) -> bool:
    value = match["value"].strip()
    digits = sum(c.isdigit() for c in value)
    if digits < 3 or _YEAR.match(value) or _ORDINARY.match(value) or _UNIT.match(text, match.end("value")):
        return False
    service = re.sub(r"\D", "", value)
    if re.match(r"0[1-9](?:[ .]\d\d){4}\Z", value) or _COURT.match(text, match.end("value")):
        return False  # a telephone (``structured.phones`` says whose), a published decision
    return not (service.startswith(("08", "0 8")) and len(service) == 10) and not (
        len(service) == 4 and service[0] in "13" and value.isdigit()
    )


def _strong(value: str) -> bool:
    """Whether a number without « n° » before it is more than an amount, a year or a floor."""
    value = value.strip()
    digits = sum(c.isdigit() for c in value)
    if digits < 9 and _THOUSANDS.match(value):
        return False
    if re.match(r"(?:19|20)\d\d[ -]", value) and digits < 8:
        return False
    mixed = any(c.isalpha() for c in value)
    return digits >= 5 if not mixed else digits >= 4 and len(value) >= 6


def tax_numbers(text: str) -> Iterator[Finding]:
    """Thirteen digits in any grouping after « fiscal » or « SPI »."""
    for match in re.finditer(
        r"\b(?:fiscale?|spi|t[ée]l[ée]d[ée]clarant"
        r"|imp[ôo]ts?)\b[^\d\n]{0,25}((?:\d[ .\-]?){11,13}\d)(?!\d)",
        text,
        re.I,
    ):
        yield Finding(match.start(1), match.end(1), "tax", 2)


def secrets(text: str) -> Iterator[Finding]:
    """What follows « identifiant », « login » or « mot de passe » when it holds a digit."""
    for match in _SECRET.finditer(text):
        value = match["value"].rstrip(".)!?") if not match["sign"] else match["value"]
        digits = sum(c.isdigit() for c in value)
        letters = any(c.isalpha() for c in value)
        plain_code = match.group()[:4].lower() == "code" and not re.match(r"code (?:s|p|c|d)", match.group(), re.I)
        if digits and not plain_code and (match["sign"] or (letters and digits >= 2) or digits >= 5):
            yield Finding(match.start("value"), match.start("value") + len(value), "reference", 4)


def birth_dates(text: str) -> Iterator[Finding]:
    """After « né le », « date de naissance : »; a month and its year after « né en »; « mon père (11.02.1939) »."""
    for pattern in (_BIRTH, _BIRTH_MONTH, _BESIDE_KIN, _BIRTH_AFTER):
        yield from (Finding(m.start("value"), m.end("value"), "birth", 2) for m in pattern.finditer(text))


DETECTORS = (references, tax_numbers, secrets, birth_dates)
