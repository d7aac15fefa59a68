"""Identifiers that have a shape of their own: addresses on the net, telephones, numbers with a control key, plates.

A number whose key is wrong is masked too where its shape or the words before it tell what it is: people mistype.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from . import checksums
from .finding import Finding
from .lexicon import words

_AT = r"(?:\s?(?:@|\(at\)|\[at\])\s?|\s(?:arobase|arobas|at)\s)"
_DOT = r"(?:\s?\.\s?|,(?=(?:com|fr|net|org|re|be|eu)\b)|\s?\(dot\)\s?|\s(?:point|dot)\s)"
_EMAIL = re.compile(
    rf"(?<![\w.+*-])(?:\w{{1,30}}\s(?:point"
    rf"|tiret|\.)\s){{0,3}}[\w.+*-]{{1,254}}{_AT}[\w-]{{1,63}}(?:{_DOT}[a-zA-Z][\w-]{{1,30}}){{1,3}}",
    re.I,
)
_EMAIL_BROKEN = re.compile(r"(?<![\w.+*-])[\w.+*-]{2,254}@[\w.-]{3,60}")
_FUNCTION = re.compile(
    r"(?<![\w.+*-])(?:contact|accueil|info|infos|mairie|support|assistance|no-?reply|ne-pas-repondre|secretariat|courrier"
    r"|etat-?civil|urbanisme|prefecture|webmaster|communication|standard)"
    r"@(?:[\w-]{1,40}\.){0,3}(?:gouv|caf|ameli|service-public|urssaf|francetravail|(?:mairie|ville|prefecture)-?[\w-]{2,40}"
    r"|[\w-]{2,40}-(?:mairie|ville))\.fr\b",
    re.I,
)
_URL = re.compile(r"(?:https?://|www\.)[^\s<>\"»)\]]{3,2000}", re.I)
_PERSONAL_URL = re.compile(
    r"[?&;][^=&?;]{0,40}(?:token|id|user|mail|key|cle|session|code|ref|dossier|nom|auth)[^=&?;]{0,40}=[^&]{3}"
    r"|\d{7}|[0-9a-f]{8}-[0-9a-f]{4}|(?=\w{0,40}\d)\w{24}|@"
    r"|(?:facebook|instagram|tiktok|twitter|x|linkedin)\.com/(?:in/|@)?[\w.-]{4}",
    re.I,
)
_PROFILE = re.compile(
    r"\b(?:facebook|fb|instagram|tiktok|twitter|linkedin|snapchat)\.com/(?:in/|add/|@)?[\w.-]{4,60}", re.I
)
_HANDLE = re.compile(r"(?<![\w@./])@[A-Za-z_](?:[\w]|\.(?=\w)){2,40}")
_HANDLE_TOLD = re.compile(
    r"\b(?:pseudo(?:nyme)?|insta(?:gram)?|snap(?:chat)?|twitter|tiktok|facebook|telegram)\s?(?::|est|="
    r"|c'est)\s?(?P<value>[\w][\w.-]{3,40})",
    re.I,
)
_S = r"[ \u00a0\u202f.\-/_]{0,3}"
_PHONE = re.compile(
    rf"(?<![\w+,])(?:(?:\+|00){_S}33{_S}(?:\(0\){_S})?|33{_S}(?=[67])|\(0\){_S}"
    rf"|0{_S})(?P<first>[1-79])(?:{_S}\d){{8}}(?!\d|[,.]\d)"
)
_PHONE_TOLD = re.compile(
    r"\b(?:t[ée]l(?:[ée]phone)?s?|tel|portables?|mobile|gsm|fixe|num(?:[ée]ro)?|joign\w{1,6}|joindre"
    r"|(?:r?appel\w{0,6})|contact\w{0,4}|whatsapp|sms|phone|call)\b"
    r"[^\d\n+(]{0,25}(?P<value>(?:\+|\(?0)[\dOo()][\dOo()  .\-/]{5,22}[\dOo])(?![\w])",
    re.I,
)
_FIXED = re.compile(r"(?:(?:00)?33)?0?[1-59]\d{8}")
_BODY = (
    r"(?:mairie|pr[ée]fecture|sous-pr[ée]fecture|caf|cpam|carsat|msa|mdph|urssaf|p[ôo]le emploi|france travail"
    r"|h[ôo]pital|chu|clinique|commissariat|gendarmerie|tr[ée]sor(?:erie| public)|tribunal|consulat|ambassade|rectorat"
    r"|[ée]cole|coll[èe]ge|lyc[ée]e|crous|ccas|centre des (?:imp[ôo]ts|finances)|imp[ôo]ts|sip|ofii|ants|d[ée]partement"
    r"|r[ée]gion|conseil (?:d[ée]partemental|r[ée]gional)|urgences|service client|services?(?: [\wà-ÿ']{3,15}){0,2}"
    r"|plate-?forme|agence|accueil|secr[ée]tariat|standard|mission locale)"
)
_ITS_OFFICE = re.compile(
    r"\b(?:standard|num[ée]ro|ligne|t[ée]l[ée]phone|t[ée]l)\b[^.;!?\d]{0,12}\b(?:de|du|des|d['’])\s?"
    rf"(?:la |l['’])?{_BODY}\b"
    r"|\b(?:standard|accueil|secr[ée]tariat)\b[^.;!?\d]{0,12}\Z"
    rf"|\b(?:joindre|appel\w{{1,3}}|contacter) (?:la |le |l['’]|les )?{_BODY}\b"
    rf"|\b{_BODY}\b[\w ]{{0,20}}\s?[(:]\s?(?:t[ée]l\.? ?:? ?)?\Z",
    re.I,
)
_OFFICE_AFTER = re.compile(
    rf"\)?,? (?:(?:le )?(?:num[ée]ro|standard|accueil|secr[ée]tariat) )?(?:de la |du |de l['’]|des |d['’]){_BODY}\b"
    r"|,? (?:le )?standard\b",
    re.I,
)
_ONESELF = re.compile(
    r"\b(?:me|m['’]|moi|mon|ma|mes|nous|notre|nos|son|sa|ses|perso\w{0,4}|domicile|je suis|rappele[zr]|monsieur|madame"
    r"|mme|mr?\.?)(?=\b|[^\w])",
    re.I,
)
_DIGIT = (
    r"(?:z[ée]ro|un|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingt|trente"
    r"|quarante|cinquante|soixante|septante|nonante|\d{1,2})"
)
_PHONE_SPELT = re.compile(  # « zéro six, douze, trente-quatre… »
    rf"\bz[ée]ro[ -](?:un|deux|trois|quatre|cinq|six|sept|neuf)\b(?:(?:[ ,.-]|\set\s){{1,3}}{_DIGIT}\b){{4,16}}", re.I
)
_A_DATE = re.compile(r"\d{1,2}[ ./-]\d{1,2}[ ./-]\d{4}\Z")
_PHONE_SHORT = re.compile(
    r"\b(?:t[ée]l(?:[ée]phone)?|portable|mobile|gsm|fixe|whatsapp)\b[^\d\n]{0,12}(?P<value>(?!08"
    r"|[13]\d{3}(?!\d)|3[0-9][ .]?\d\d(?!\d))\d(?:[ .\-]?\d){5,12})(?![\d,]|[ .\-]?\d)",
    re.I,
)
_FOREIGN_PHONE = re.compile(
    r"(?<![\w+])(?:\+|00)(?!33)[1-9]\d{0,2}[\s.\-]?(?:\(0?\d{0,3}\)[\s.\-]?)?(?:\d[\s.\-]?){5,11}\d(?!\d)"
)
_K = r"[ \u00a0.\-/]{0,2}"
_NIR = re.compile(
    rf"(?<![\d.,])[123478]{_K}\d\d{_K}(?:0[1-9]|1[0-2]"
    rf"|[2-9]\d){_K}(?:\d{_K}[\dABab])(?:{_K}\d){{6,7}}(?:{_K}\d{_K}\d)?(?!\d)"
)
_NIR_TOLD = re.compile(
    r"(?:s[ée]cu(?:rit[ée] sociale)?|\bnir\b|\bn[°o]?\s?ss\b|\binsee\b|assur[ée]e?\b"
    r"|immatriculation)[^\d\n]{0,25}(?P<value>[123478](?:[ .\-/]{0,2}[\dABab]){10,16})(?!\w)",
    re.I,
)
_IBAN = re.compile(r"\b[A-Za-z]{2}\d\d(?:[ \-.]?[A-Za-z0-9]{4}){2,7}(?:[ \-.]?[A-Za-z0-9]{1,3})?\b")
_IBAN_LENGTH = {
    "FR": 27, "MC": 27, "BE": 16, "DE": 22, "ES": 24, "IT": 27, "PT": 25, "LU": 20, "CH": 21, "NL": 18, "GB": 22,
    "IE": 22, "AT": 20, "PL": 28, "RO": 24, "LT": 20, "MT": 31, "CY": 28, "GR": 27, "HU": 28, "CZ": 24, "DK": 18,
    "SE": 24, "FI": 18, "TN": 24, "MR": 27, "TR": 26,
}  # fmt: skip
_IBAN_TOLD = re.compile(
    r"\b(?:iban|rib"
    r"|compte(?: bancaire)?)\b[^\d\n]{0,20}?(?P<value>(?:[A-Za-z]{2}[ ]?)?\d(?:[ \-.]?[\dA-Za-z]){13,33})\b",
    re.I,
)
_RIB = re.compile(r"(?<!\w)\d{5}[ -]?\d{5}[ -]?[0-9A-Z]{11}[ -]?\d\d(?!\w)")
_CARD = re.compile(r"(?<!\d)\d{4}([ \-.]?)\d{4}\1\d{4}\1\d{3,4}(?!\d)")
_CARD_TOLD = re.compile(r"\b(?:cartes?|cb|visa|mastercard)\b", re.I)
_SIRET = re.compile(r"(?<!\d)\d{3}[\s.]?\d{3}[\s.]?\d{3}[\s.]?\d{5}(?!\d)")
_SIRET_TOLD = re.compile(r"\bsire[tn]\b[^\d\n]{0,20}(?P<value>\d(?:[ .\-]?\d){7,15})(?![\d])", re.I)
_VAT = re.compile(r"(?<!\w)FR[ ]?[0-9A-Z]{2}[ ]?\d{3}[ ]?\d{3}[ ]?\d{3}(?!\w)", re.I)
_LETTERS = "A-HJ-NP-TV-Z"
_PLATE = re.compile(rf"(?<![\w-])(?P<a>[{_LETTERS}]{{2}})(?P<s>[ \-.]?)\d{{3}}(?P=s)[{_LETTERS}]{{2}}(?![\w-])")
_PLATE_LOOSE = re.compile(rf"(?<![\w-])[{_LETTERS}]{{2}}-\d{{3}}-[{_LETTERS}]{{2}}(?![\w-])", re.I)
_PLATE_TOLD = re.compile(
    rf"(?<![\w-])(?:[{_LETTERS}]{{2}}[ \-.]?\d{{3}}[ \-.]?[{_LETTERS}]{{2}}"
    rf"|\d{{1,4}}[ \-.]?[A-Z]{{2,3}}[ \-.]?(?:97\d|\d\d|2[AB]))(?![\w-])",
    re.I,
)
_VEHICLE = re.compile(
    r"immat|plaque|v[ée]hicule|voiture|\bauto\b|moto|scooter|camion|utilitaire|fourgon|caravane"
    r"|camping|carte grise|cession|certificat"
    r"|amende|\bpv\b|stationn|fourri[èe]re|contravention|radar|clio|megane|twingo|kangoo|scenic"
    r"|peugeot|renault|citro[ëe]n|dacia|fiat|opel|ford"
    r"|volkswagen|golf|polo|toyota|audi|bmw|mercedes|tesla|208|308|\bc[34]\b|sandero|duster|\bcar\b|vehicle|plate",
    re.I,
)
_WORDS_LIKE_PLATES = words("DE LE LA ET EN JE CE SE ME NE ES SA MA TA DES")
_A_SERVICE = re.compile(r"0x[0-9a-f]+\Z|08\d{8}(?!\d)|\d{3,4}x\d{3,4}\Z|\d+(?:km|eur|euros|kwh|mo|go|kg|m2|cv)\Z", re.I)
_LONG_NUMBER = re.compile(r"(?<![\w,.+])(?!08\d{8}(?!\d))[A-Za-z]{0,3}-?\d{8,24}[A-Za-z]{0,2}(?![\w]|[,.]\d)")
_MIXED = re.compile(
    r"(?<![\w,.+-])(?=[A-Za-z\d]{0,12}[A-Za-z])(?=\d{0,20}[A-Za-z]{1,4}\d|\d{6})[A-Za-z\d]{8,24}(?![\w]|[,.]\d)"
)


def emails(text: str) -> Iterator[Finding]:
    """Addresses, also spelt or spaced; « contact@… » of a public body belongs to it and stays."""
    kept = [m.span() for m in _FUNCTION.finditer(text)] if "@" in text else []
    yield from (f for f in _emails(text) if not any(a <= f.start < b for a, b in kept))


def _emails(text: str) -> Iterator[Finding]:
    if "@" in text:
        yield from (Finding(m.start(), m.end(), "email", 2) for m in _EMAIL_BROKEN.finditer(text))
    low = text.lower()
    if "@" in text or any(sign in low for sign in ("(at)", "[at]", "arobas", " at ")):
        for m in _EMAIL.finditer(text):
            if "@" in m.group() or " at " not in m.group().lower():
                yield Finding(m.start(), m.end(), "email", 1)


def links(text: str) -> Iterator[Finding]:
    """Addresses of the net that point at a person; a plain site stays readable."""
    for match in _URL.finditer(text):
        if _PERSONAL_URL.search(match.group()):
            end = match.start() + len(match.group().rstrip(".,;:!?…'’"))
            yield Finding(match.start(), end, "link", 0)
    yield from (Finding(m.start(), m.end(), "link", 1) for m in _PROFILE.finditer(text))


def handles(text: str) -> Iterator[Finding]:
    if "@" in text:
        yield from (Finding(m.start(), m.end(), "handle", 2) for m in _HANDLE.finditer(text))
    yield from (
        Finding(m.start("value"), m.end("value"), "handle", 4)
        for m in _HANDLE_TOLD.finditer(text)
        if re.search(r"[\d_.]", m["value"])
    )


def _of_an_office(text: str, start: int, end: int) -> bool:
    """Whether the clause says that this fixed line is a public body's, and nobody speaks of oneself in it."""
    number = re.sub(r"\D", "", text[start:end])
    if not _FIXED.fullmatch(number):
        return False
    before = re.split(r"[.;!?\n](?=\s|$)", text[max(0, start - 70) : start])[-1]
    after = re.split(r"[.;!?\n](?=\s|$)", text[end : end + 40])[0]
    return not _ONESELF.search(before + " # " + after) and bool(
        _ITS_OFFICE.search(before) or _OFFICE_AFTER.match(after)
    )


def phones(text: str) -> Iterator[Finding]:
    """French and foreign telephones. Short numbers (3949), 08 numbers and fixed lines that are said to be an office's
    belong to services and stay."""
    for pattern in (_PHONE, _FOREIGN_PHONE):
        for m in pattern.finditer(text):
            if not _of_an_office(text, m.start(), m.end()):
                yield Finding(m.start(), m.end(), "phone", 3)
    yield from (Finding(m.start(), m.end(), "phone", 3) for m in _PHONE_SPELT.finditer(text))
    for match in _PHONE_TOLD.finditer(text):
        digits = checksums.compact(match["value"]).replace("O", "0")
        if _of_an_office(text, match.start("value"), match.end("value")):
            continue
        if 8 <= len(digits) <= 14 and not digits.startswith("08") and not _A_DATE.match(match["value"]):
            yield Finding(match.start("value"), match.end("value"), "phone", 3)
    for match in _PHONE_SHORT.finditer(text):
        if not _of_an_office(text, match.start("value"), match.end("value")):
            yield Finding(match.start("value"), match.end("value"), "phone", 4)


def social_security_numbers(text: str) -> Iterator[Finding]:
    for match in _NIR.finditer(text):
        yield Finding(match.start(), match.end(), "nir", 1 if checksums.nir(match.group()) else 3)
    yield from (Finding(m.start("value"), m.end("value"), "nir", 2) for m in _NIR_TOLD.finditer(text))


def _iban_end(match: re.Match[str]) -> int:
    """Where the number ends by its country's length (ISO 13616): « BE68 5390 0754 7034 impossible » goes no further."""
    length = _IBAN_LENGTH.get(match.group()[:2].upper(), 0)
    signs = [i for i, sign in enumerate(match.group(), match.start()) if sign.isalnum()]
    return signs[length - 1] + 1 if 0 < length <= len(signs) else match.end()


def bank_accounts(text: str) -> Iterator[Finding]:
    for match in _IBAN.finditer(text):
        end = _iban_end(match)
        value = checksums.compact(text[match.start() : end])
        if checksums.iban(value):
            yield Finding(match.start(), end, "iban", 1)
        elif (value[:2] == "FR" and 24 <= len(value) <= 30) or "iban" in text[
            max(0, match.start() - 30) : match.start()
        ].lower():
            yield Finding(match.start(), match.end(), "iban", 2)
    for match in _IBAN_TOLD.finditer(text):
        if sum(c.isdigit() for c in match["value"]) >= 12:
            yield Finding(match.start("value"), match.end("value"), "iban", 3)
    yield from (Finding(m.start(), m.end(), "iban", 2) for m in _RIB.finditer(text))
    for match in _CARD.finditer(text):
        if checksums.luhn(match.group()) or _CARD_TOLD.search(text, max(0, match.start() - 60), match.start()):
            yield Finding(match.start(), match.end(), "card", 2)


def company_numbers(text: str) -> Iterator[Finding]:
    for match in _SIRET.finditer(text):
        if checksums.luhn(match.group()):
            yield Finding(match.start(), match.end(), "siret", 2)
    for pattern in (_SIRET_TOLD,):
        yield from (Finding(m.start("value"), m.end("value"), "siret", 2) for m in pattern.finditer(text))
    yield from (Finding(m.start(), m.end(), "siret", 2) for m in _VAT.finditer(text))


def plates(text: str) -> Iterator[Finding]:
    """AA-123-AA anywhere; in small letters with spaces, or of the former kind, where a vehicle is spoken of."""
    for match in _PLATE.finditer(text):
        if match["s"] != " " or match["a"] not in _WORDS_LIKE_PLATES:
            yield Finding(match.start(), match.end(), "plate", 3)
    yield from (Finding(m.start(), m.end(), "plate", 3) for m in _PLATE_LOOSE.finditer(text))
    for match in _PLATE_TOLD.finditer(text):
        head = match.group()[:2].upper()
        if head not in _WORDS_LIKE_PLATES and _VEHICLE.search(text, max(0, match.start() - 60), match.end() + 20):
            yield Finding(match.start(), match.end(), "plate", 3)


def long_numbers(text: str) -> Iterator[Finding]:
    """Eight digits and more in one run, alone or with letters, are somebody's number, whatever it is called."""
    yield from (Finding(m.start(), m.end(), "reference", 6) for m in _LONG_NUMBER.finditer(text))
    for match in _MIXED.finditer(text):
        if sum(c.isdigit() for c in match.group()) >= 6 and not _A_SERVICE.match(match.group()):
            yield Finding(match.start(), match.end(), "reference", 6)


DETECTORS = (
    emails, links, handles, phones, social_security_numbers, bank_accounts, company_numbers, plates, long_numbers,
)  # fmt: skip
