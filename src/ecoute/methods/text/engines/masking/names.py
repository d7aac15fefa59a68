"""Names of people: after a civility, after « je m'appelle », in a signature, and beside a common first name.

Only what a rule can see; a bare surname in the middle of a sentence escapes (an entity recogniser is another engine).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .finding import Finding
from .lexicon import BEARERS, FIRST_NAMES, OFFICES, ORDINARY

_CAP = r"[A-ZÀ-ÖØ-Þ](?:[\w]*(?:['’\-][\w]+)*\.?)"
_PARTICLE = r"(?:(?:de la|de|du|des|d['’]|le|la|van der|van|von|ben|bin|el|al|da|dos)\s?)"
_SPACE = r"[ \t\u00a0]{1,2}"
_CIVILITY = re.compile(
    r"(?<![\w'’-])(?:[Mm]onsieur|[Mm]adame|[Mm]ademoiselle|[Mm]essieurs|[Mm]esdames|MONSIEUR|MADAME|MME|MLLE|MR|Mmes?|mmes?|Mlles?|mlle|Mr|mr|MM?\.|M(?=\s[A-Z])"
    r"|Dr\.?|DR\.?|[Dd]octeur|Pr\.?|[Pp]rofesseur|Me|[Mm]aître|[Mm]rs?\.?|Ms\.?)"
    rf"{_SPACE}(?=(?P<name>(?:{_PARTICLE})?{_CAP}(?:{_SPACE}(?:{_PARTICLE})?{_CAP}){{0,3}}))"
)
_LOWER = re.compile(
    r"(?<![\w'’-])(?:monsieur|madame|mademoiselle|mme|mlle|mr|docteur|dr)\.?\s(?P<name>[a-zà-ÿ][a-zà-ÿ'’-]{2,20})"
    r"(?=\s(?:m['’]a|m['’]avait|nous a|vous a|a bien|du service|de la (?:caf|mairie|cpam|préfecture)"
    r"|au guichet|au téléphone|pour (?:son|sa)))",
    re.I,
)
_TOLD = re.compile(
    r"\b(?:je m['’]appelle|je me nomme|mon nom est|mon nom de famille est|nomm[ée]e?"
    r"|je soussign[ée](?:\(?e\)?)?,?|my name is"
    r"|nom\s?:|pr[ée]nom\s?:|au nom de|mon (?:fils|mari|père|fr[èe]re|conjoint|compagnon|voisin|collègue|conseiller)"
    r"|ma (?:fille|femme|mère|s[œo]e?ur|conjointe|compagne|voisine|collègue|conseillère)|signé\s?:?)\s?,?\s"
    rf"(?P<name>{_CAP}(?:{_SPACE}(?:{_PARTICLE})?{_CAP}){{0,3}})",
    re.I,
)
_SIGNATURE = re.compile(
    r"(?:cordialement|cdlt|cdt|salutations(?: distinguées| les meilleures)?|respectueusement"
    r"|bien à vous|sincèrement|amicalement|merci d['’]avance|kind regards|best regards|regards|sincerely)"
    rf"[\s,.!\-–—:]{{1,12}}(?P<name>{_CAP}(?:[ \t]{{1,2}}(?:et[ \t])?(?:{_PARTICLE})?{_CAP}){{0,3}})"
    r"[ \t]{0,20}[.!]?[ \t]{0,20}(?=\n|$)",
    re.I,
)
_FIRST_NAMED = re.compile(
    rf"(?<![\w'’.-])(?P<first>[A-ZÀ-ÖØ-Þ][\w]+(?:-[A-ZÀ-Þ]\w+)?)(?P<last>(?:{_SPACE}(?:{_PARTICLE})?[A-ZÀ-ÖØ-Þ][\w'’-]+){{0,2}})"
)
_WORD = re.compile(r"[\w'’\-]+")


def after_civility(text: str) -> Iterator[Finding]:
    for match in _CIVILITY.finditer(text):
        end = _name_end(match["name"])
        if end:
            yield Finding(match.start("name"), match.start("name") + end, "name", 4)
    for match in _LOWER.finditer(text):
        if not _is_ordinary(match["name"]):
            yield Finding(match.start("name"), match.end("name"), "name", 4)


def told(text: str) -> Iterator[Finding]:
    for match in _TOLD.finditer(text):
        end = _name_end(match["name"])
        if end and match["name"][0].isupper():
            yield Finding(match.start("name"), match.start("name") + end, "name", 4)


def signatures(text: str) -> Iterator[Finding]:
    for match in _SIGNATURE.finditer(text):
        words = _WORD.findall(match["name"])
        if (
            len(match["name"]) > 1
            and match["name"][0].isupper()
            and not any(_is_ordinary(w) for w in words)
            and not _all_long_capitals(words)
        ):
            yield Finding(match.start("name"), match.end("name"), "name", 4)


def first_names(text: str) -> Iterator[Finding]:
    """A common first name with a capital, and the capitalised words that follow it."""
    for match in _FIRST_NAMED.finditer(text):
        first = match["first"].lower()
        if first not in FIRST_NAMES or _borne(text, match.start()):
            continue
        end = match.end("first") + (_name_end(match["last"]) if match["last"] else 0)
        yield Finding(match.start(), end, "name", 5)


def _borne(text: str, start: int) -> bool:
    """Whether the words just before say that this is a street, a school or a town that bears the name."""
    before = re.findall(r"[\w-]+", text[max(0, start - 30) : start].lower())[-3:]
    return any(word in BEARERS for word in before) or text[max(0, start - 1) : start] == "-"


def _name_end(name: str) -> int:
    """How far into ``name`` the person goes: it stops before an ordinary word and is 0 when it starts with one."""
    end, after_particle = 0, False
    for match in re.finditer(r"\S+", name):
        word = match.group().strip(".,'’")
        if _is_particle(word) or (after_particle and word in {"La", "Le", "L"}):
            after_particle = True
            continue
        after_particle = False
        if _is_ordinary(word):
            break
        end = match.end()
    return len(name[:end].rstrip("."))


def _is_particle(word: str) -> bool:
    return word in {
        "de",
        "la",
        "du",
        "des",
        "le",
        "van",
        "der",
        "von",
        "ben",
        "bin",
        "el",
        "al",
        "da",
        "dos",
        "et",
        "d",
    }


def _is_ordinary(word: str) -> bool:
    low = word.lower().replace("’", "'").strip(".")
    head = low.split("'")[0].split("-")[0] if "'" in low or "-" in low else low
    return low in ORDINARY or low in OFFICES or (head in ORDINARY and "'" in low) or head in OFFICES


def _all_long_capitals(words: list[str]) -> bool:
    """A shouted end of text (« MERCI DE REPONDRE ») is no signature."""
    return len(words) > 3 and all(w.isupper() for w in words)


DETECTORS = (after_civility, told, signatures, first_names)
