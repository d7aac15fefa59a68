"""Identifiers that have a shape of their own: addresses on the net, telephones, numbers with a control key, plates.

A number whose key is wrong is masked too where its shape or the words before it tell what it is: people mistype.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from . import checksums
from .finding import Finding

_EMAIL = re.compile(
    r"[\w.+-]{1,64}\s?(?:@|\(at\)|\[at\]|\s(?:arobase|at)\s)\s?[\w-]{1,63}(?:\s?(?:\.|\(dot\)|\spoint\s)\s?[a-zA-Z][\w-]{1,30}){1,3}",
    re.I,
)
_URL = re.compile(r"(?:https?://|www\.)[^\s<>\"»)\]]{3,2000}", re.I)
_PERSONAL_URL = re.compile(
    r"[?&;][^=&?;]{0,40}(?:token|id|user|mail|key|session|code|ref|dossier|nom|auth)[^=&?;]{0,40}=[^&]{3}"
    r"|\d{7}|[0-9a-f]{8}-[0-9a-f]{4}|[\w-]{28}|@"
    r"|(?:facebook|instagram|tiktok|twitter|x|linkedin)\.com/(?:in/|@)?[\w.-]{4}",
    re.I,
)
_PROFILE = re.compile(r"\b(?:facebook|instagram|tiktok|twitter|linkedin)\.com/(?:in/|@)?[\w.-]{4,60}", re.I)
_HANDLE = re.compile(r"(?<![\w@./])@[A-Za-z_]\w{2,30}\b")
_PHONE = re.compile(
    r"(?<![\w+])(?:(?:\+|00)\s?33[\s.\-]?(?:\(0\)[\s.\-]?)?|0)[1-79](?:[\s.\-/]{0,2}\d\d){4}(?!\d)"
    r"|(?<![\w+])(?:(?:\+|00)\s?33[\s.\-]?|0)[1-79]\d[\s.]\d{3}[\s.]\d{3}\d?(?![\d])"
)
_FOREIGN_PHONE = re.compile(
    r"(?<![\w+])(?:\+|00)(?!33)[1-9]\d{0,2}[\s.\-]?(?:\(0?\d{0,3}\)[\s.\-]?)?(?:\d[\s.\-]?){6,11}\d(?!\d)"
)
_NIR = re.compile(
    r"(?<!\d)[123478][\s.]?\d\d[\s.]?(?:0[1-9]|1[0-2]|[2-9]\d)[\s.]?(?:\d\d|2[AaBb])[\s.]?\d{3}[\s.]?\d{3}(?:[\s./-]{0,3}\d\d)?(?!\d)"
)
_IBAN = re.compile(r"\b[A-Za-z]{2}\d\d(?:[ \-]?[A-Za-z0-9]{4}){2,7}(?:[ \-]?[A-Za-z0-9]{1,3})?\b")
_CARD = re.compile(r"(?<!\d)\d{4}([ \-]?)\d{4}\1\d{4}\1\d{4}(?!\d)")
_SIRET = re.compile(r"(?<!\d)\d{3}[\s.]?\d{3}[\s.]?\d{3}[\s.]?\d{5}(?!\d)")
_SIREN = re.compile(r"\bsiren\b\D{0,12}(\d{3}[\s.]?\d{3}[\s.]?\d{3})(?!\d)", re.I)
_PLATE = re.compile(r"(?<![\w-])[A-HJ-NP-TV-Z]{2}([ -]?)\d{3}\1[A-HJ-NP-TV-Z]{2}(?![\w-])")
_PLATE_LOOSE = re.compile(r"(?<![\w-])[a-hj-np-tv-z]{2}-\d{3}-[a-hj-np-tv-z]{2}(?![\w-])", re.I)
_PLATE_OLD = re.compile(
    r"(?:immatricul\w{0,6}|plaque\w?|v[ée]hicule)\W{1,3}(?:\w{1,12}\W{1,2}){0,2}"
    r"(\d{2,4}[ -]?[A-Z]{2,3}[ -]?(?:\d\d|2[AB]))\b",
    re.I,
)
_LONG_NUMBER = re.compile(r"(?<![\w,.+])(?!08\d{8}(?!\d))[A-Za-z]{0,3}-?\d{8,24}[A-Za-z]{0,2}(?![\w]|[,.]\d)")


def emails(text: str) -> Iterator[Finding]:
    if "@" in text or "(at)" in text or "[at]" in text or "arobase" in text:
        yield from (Finding(m.start(), m.end(), "email", 1) for m in _EMAIL.finditer(text))


def links(text: str) -> Iterator[Finding]:
    """Addresses of the net that point at a person; a plain site stays readable."""
    for match in _URL.finditer(text):
        if _PERSONAL_URL.search(match.group()):
            end = match.start() + len(match.group().rstrip(".,;:!?…'’"))
            yield Finding(match.start(), end, "link", 0)
    yield from (Finding(m.start(), m.end(), "link", 1) for m in _PROFILE.finditer(text))


def handles(text: str) -> Iterator[Finding]:
    yield from (Finding(m.start(), m.end(), "handle", 2) for m in _HANDLE.finditer(text))


def phones(text: str) -> Iterator[Finding]:
    """French and foreign telephones. Short numbers (3949) and 08 numbers belong to services and stay."""
    for pattern in (_PHONE, _FOREIGN_PHONE):
        yield from (Finding(m.start(), m.end(), "phone", 3) for m in pattern.finditer(text))


def social_security_numbers(text: str) -> Iterator[Finding]:
    for match in _NIR.finditer(text):
        yield Finding(match.start(), match.end(), "nir", 1 if checksums.nir(match.group()) else 3)


def bank_accounts(text: str) -> Iterator[Finding]:
    for match in _IBAN.finditer(text):
        value = checksums.compact(match.group())
        if checksums.iban(value):
            yield Finding(match.start(), match.end(), "iban", 1)
        elif (value[:2] == "FR" and 24 <= len(value) <= 30) or "iban" in text[
            max(0, match.start() - 30) : match.start()
        ].lower():
            yield Finding(match.start(), match.end(), "iban", 2)
    yield from (Finding(m.start(), m.end(), "card", 2) for m in _CARD.finditer(text) if checksums.luhn(m.group()))


def company_numbers(text: str) -> Iterator[Finding]:
    for match in _SIRET.finditer(text):
        told = "siret" in text[max(0, match.start() - 30) : match.start()].lower()
        if told or checksums.luhn(match.group()):
            yield Finding(match.start(), match.end(), "siret", 2)
    for match in _SIREN.finditer(text):
        yield Finding(match.start(1), match.end(1), "siret", 2)


def plates(text: str) -> Iterator[Finding]:
    for pattern in (_PLATE, _PLATE_LOOSE):
        yield from (Finding(m.start(), m.end(), "plate", 3) for m in pattern.finditer(text))
    yield from (Finding(m.start(1), m.end(1), "plate", 3) for m in _PLATE_OLD.finditer(text))


def long_numbers(text: str) -> Iterator[Finding]:
    """Eight digits and more in one run are somebody's number, whatever it is called."""
    yield from (Finding(m.start(), m.end(), "reference", 6) for m in _LONG_NUMBER.finditer(text))


DETECTORS = (
    emails, links, handles, phones, social_security_numbers, bank_accounts, company_numbers, plates, long_numbers,
)  # fmt: skip
