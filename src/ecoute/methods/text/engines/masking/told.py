"""Personal data told by the words before it: file numbers, tax numbers, dates of birth, street addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .finding import Finding

_VALUE = r"(?P<value>(?=[\w./-]*\d)[A-Za-z0-9](?:[\w]|[./\-](?=\w)){3,29})"
_MARK = r"(?:\s?(?:n[°ºo]s?\.?|num[ée]ro|num\.?|r[ée]f\.?|r[ée]f[ée]rence|#|:|est(?: le)?|du|le)){1,4}\s?:?\s?"
_THING = (
    r"(?:dossier|demande|allocataire|matricule|contrat|facture|recours|affaire|ticket|incident|r[ée]clamation|amende"
    r"|proc[èe]s[- ]verbal|pv|avis|r[ée]c[ée]piss[ée]|permis|passeport|carte|titre|client|adh[ée]rent|usager|compte"
    r"|abonn[ée]"
    r"|agr[ée]ment|courrier|commande|t[ée]l[ée]d[ée]clarant|fiscal|spi|foyer|agdref|[ée]tranger|b[ée]n[ée]ficiaire|pension"
    r"|inscription|candidat|file|case|claim|policy|application)"
)
_REFERENCE = re.compile(rf"\b{_THING}(?:\s(?:[a-zéèê']+\s){{0,2}})?{_MARK}{_VALUE}", re.I)
_BARE = re.compile(
    rf"\b{_THING}\s(?P<value>[A-Z]{{0,3}}\d{{4,20}}(?:[-/]\d{{2,12}})+|[A-Z]{{0,3}}\d{{5,20}}[A-Z]?)\b", re.I
)
_NUMBERED = re.compile(
    rf"(?P<law>\b(?:loi|d[ée]cret|arr[êe]t[ée]|ordonnance|circulaire|directive|r[èe]glement|article|art\.?|cerfa|formulaire"
    rf"|imprim[ée]|annexe|livret|guichet|rue|agence|ligne|bus|tramway)\s(?:[a-zà-ÿ']+\s){{0,2}})?"
    rf"(?:\bn[°º]\s?|\bnum[ée]ro\s(?:d['’e ][\w'’ ]{{3,30}}?\s?)?(?::|est)?\s?"
    rf"|\br[ée]f(?:[ée]rences?|\.)?\s?(?::|n[°º])?\s?)"
    rf"{_VALUE}",
    re.I,
)
_SECRET = re.compile(
    r"\b(?:identifiant|login|mot de passe|mdp|code (?:secret|pin|confidentiel|d'acc[èe]s|personnel)|password)"
    r"\s?(?:est|:|=|\bis\b)\s?(?P<value>[^\s,;]{3,40})",
    re.I,
)
_MONTHS = r"(?:janvier|f[ée]vrier|mars|avril|mai|juin|juillet|ao[uû]t|septembre|octobre|novembre|d[ée]cembre)"
_DATE = rf"(?:\d{{1,2}}\s?[/.\- ]\s?\d{{1,2}}\s?[/.\- ]\s?\d{{2,4}}|\d{{1,2}}(?:er)?\s{_MONTHS}\s\d{{4}})"
_BIRTH = re.compile(
    rf"(?:\bn[ée](?:e|\(e\)|\.e|s|es)?\s(?:\w+\s){{0,2}}?le|\bdate de naissance\s?(?:est le|est|:|le)?|\bborn on)"
    rf"\s?:?\s?(?P<value>{_DATE})",
    re.I,
)
_WAY = (
    r"(?i:rue|avenue|av\.?|boulevard|boul\.?|bd\.?|bld|place|pl\.?|all[ée]es?|chemin|ch\.|impasse|route|rte|quai|square|cours|r[ée]sidence"
    r"|lotissement|faubourg|fbg|passage|villa|sentier|hameau|voie|cit[ée]|esplanade|promenade|mont[ée]e|ruelle|venelle|clos)"
)
_ADDRESS = re.compile(
    rf"(?<![\w/])\d{{1,4}}\s?(?:(?:bis|ter|quater|[a-dA-D])\b)?\s?,?\s?{_WAY}\s"
    rf"(?:(?:de|du|des|la|le|les|l['’]|d['’]|au|aux|à|et|en|sur|saint|sainte|st|ste)[ '’-]?\s?){{0,3}}"
    rf"[\w'’\-]{{2,30}}"
    rf"(?:(?:[ -](?:de|du|des|la|le|les|et))?(?:[ -]l['’]|[ -]d['’]|[ -])[A-ZÀ-Þ][\w'’\-]{{1,30}}){{0,4}}",
)
_YEAR = re.compile(r"(?:19|20)\d\d\Z")
_ORDINARY = re.compile(
    r"\d{1,2}[./-]\d{1,2}(?:[./-]\d{2,4})?\Z|\d{1,4}\Z|\d+(?:er|e|eme|ème|h|€|km|%|j)\w{0,3}\Z", re.I
)


def references(text: str) -> Iterator[Finding]:
    """Numbers after words such as « dossier n° » or « matricule : ». Laws, forms, years and dates stay."""
    for match in _REFERENCE.finditer(text):
        if _telling(match["value"]):
            yield Finding(match.start("value"), match.end("value"), "reference", 4)
    yield from (Finding(m.start("value"), m.end("value"), "reference", 4) for m in _BARE.finditer(text))
    for match in _NUMBERED.finditer(text):
        if not match["law"] and _telling(match["value"]):
            yield Finding(match.start("value"), match.end("value"), "reference", 5)


def _telling(value: str) -> bool:
    return not (_YEAR.match(value) or _ORDINARY.match(value)) and sum(c.isdigit() for c in value) >= 3


def tax_numbers(text: str) -> Iterator[Finding]:
    """Thirteen digits in any grouping after « fiscal » or « SPI »."""
    for match in re.finditer(
        r"\b(?:fiscale?|spi|t[ée]l[ée]d[ée]clarant)\b[^\d\n]{0,20}((?:\d[ .]?){12}\d)(?!\d)", text, re.I
    ):
        yield Finding(match.start(1), match.end(1), "tax", 2)


def secrets(text: str) -> Iterator[Finding]:
    """What follows « identifiant : » or « mot de passe : » when it holds a digit."""
    for match in _SECRET.finditer(text):
        if any(c.isdigit() for c in match["value"]):
            yield Finding(match.start("value"), match.end("value"), "reference", 4)


def birth_dates(text: str) -> Iterator[Finding]:
    yield from (Finding(m.start("value"), m.end("value"), "birth", 2) for m in _BIRTH.finditer(text))


def street_addresses(text: str) -> Iterator[Finding]:
    """Number and street; the postcode and the commune stay."""
    yield from (Finding(m.start(), m.end(), "address", 3) for m in _ADDRESS.finditer(text))


DETECTORS = (references, tax_numbers, secrets, birth_dates, street_addresses)
