"""Postal addresses: number and street, « lieu-dit », BP and CS, with the postcode and the town that follow.

A street, a square or a town alone stays: verbatims are about places.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...words import fold
from .finding import Finding
from .lexicon import VOCABULARY, words

_CAP = r"[A-ZÀ-ÖØ-Þ][\w'’\-]{0,30}"
_SMALL = (
    r"(?:(?:de|du|des|la|le|les|l['’]|d['’]|au|aux|saint|sainte|st|ste|docteur|dr|g[ée]n[ée]ral"
    r"|mar[ée]chal|pr[ée]sident|professeur|abb[ée])[ '’\-]?\s?)"
)
_WAY = (
    r"(?:rue|r\.|avenue|av\.?|ave\.?|boulevard|boul\.?|bd\.?|bld\.?|blvd\.?|all[ée]es?(?! et venues)"
    r"|all\.|chemin|che\.?|ch\.|chem\.|impasse|imp\.?|route|rte\.?|quai|square|sq\.?"
    r"|lotissement|lot\.|faubourg|fbg|sentier|sente|hameau|esplanade|promenade|ruelle|venelle|traverse"
    r"|rond[- ]point|lieu[- ]dit|chauss[ée]e|street|road)"
)
_WAY_OR_NOT = (
    r"(?:place|pl\.?|cours|passage|villa|cit[ée]|voie|clos|mont[ée]e|r[ée]sidence|r[ée]s\.|domaine"
    r"|parc|r(?= (?:de|du|des)))"
)
_NUMBER = r"(?<![\w/.,])\d{1,4}\s?(?:(?:bis|ter|quater|[a-eA-E])\b)?\s?,?\s?"
_TOWN = (
    rf"(?:[A-ZÀ-Þ][\w'’\-]{{1,40}}(?:[ -](?:sur|sous|en|les?|la|de|du|des|lès|l['’]"
    rf"|d['’])?[ -]?{_CAP}){{0,4}}|(?!aux|pour|les|est|dans|mais|que|qui|avec|sur|depuis|euros?"
    rf"|car)[a-zà-ÿ][\w'’\-]{{2,30}})(?:\s(?:cedex|CEDEX|Cedex)(?:\s\d{{1,2}})?)?"
)
_INSIDE = (
    r"(?:[ ,]{1,3}(?i:b[âa]t(?:iment)?\.?|app?t\.?|appartement|apt\.?|esc(?:alier)?\.?|[ée]tage|porte"
    r"|entr[ée]e|bo[iî]te|bp|immeuble|hall|lot)"
    r"\.?\s?(?:n[°o]\s?)?[\w\d]{1,12})"
)
_POSTCODE = rf"(?:[ ,\-–(]{{1,4}}(?:[FL]-)?(?:\d{{5}}|\d{{2}} \d{{3}})(?:[ ,\-]{{1,3}}{_TOWN}|\b))"
_TAIL = rf"(?:{_INSIDE}){{0,3}}{_POSTCODE}?"
_NAME = (
    rf"{_SMALL}{{0,4}}(?:\d{{1,2}}(?:er)?\s\w{{3,9}}(?:\s\d{{4}})?|[\w'’\-]{{2,30}})(?:[ -](?:(?:de|du"
    rf"|des|la|le|les|et)[ -])?(?:l['’]|d['’])?{_CAP}){{0,4}}"
)
_NAME_CAP = rf"{_SMALL}{{0,4}}{_CAP}(?:[ -](?:(?:de|du|des|la|le|les|et)[ -])?(?:l['’]|d['’])?{_CAP}){{0,4}}"
_LOOSE = r"(?:[\w'’\-.]{1,30}[ ,]{1,2}){1,7}?"  # whatever stands between a street and its postcode
_STREET = re.compile(rf"{_NUMBER}(?i:{_WAY})\s(?P<name>{_NAME})(?P<tail>{_TAIL})")
_NEXT_LINES = re.compile(
    rf"[ \t,.]{{0,3}}\n(?:[^\n\d]{{0,25}}\d{{0,3}}[^\n\d]{{0,5}}\n)?[ \t]{{0,3}}\d{{5}}[ ,]{{1,2}}{_TOWN}"
)
_NEXT = re.compile(r"[ -]([a-zà-ÿ][\w'’-]{2,30})")
_DONE_TO = re.compile(r"(?:e|es|ees|is|ies|ues|us)\Z(?<=.{5})|s\Z")  # « 2 rue barrées »: what was done to a street
_OTHER_NUMBER = re.compile(
    r"\b(?:bureau|guichet|salle|porte|ligne|bus|tram(?:way)?|lot|[ée]tage|articles?|page|caisse|quai|sortie)\s(?:n[°o]\s?)?\Z",
    re.I,
)  # « bureau 12, rue Pasteur »
_BEFORE = words(
    "nationale departementale communale de du des la le les l d au aux saint sainte st ste docteur "
    "dr general marechal president"
)
_STREET_CAP = re.compile(rf"{_NUMBER}(?i:{_WAY_OR_NOT})\s(?:{_NAME_CAP}){_TAIL}")
_STREET_LONG = re.compile(
    rf"(?:{_NUMBER}(?i:{_WAY}|{_WAY_OR_NOT})|\b(?i:{_WAY}))\s{_LOOSE}\d{{5}}(?!\s?€|\s?eur)[ ,]{{1,3}}{_TOWN}"
)
_PLACE = re.compile(
    rf"(?i:\blieu[- ]dit\s)(?:{_SMALL}{{0,3}}[\w'’\-]{{2,30}}(?:[ -]{_CAP}){{0,3}}){_TAIL}"
    rf"|\b(?:[Rr][ée]sidence|[Vv]illa|[Ll]otissement|[Ii]mmeuble|[Dd]omaine|[Cc]it[ée])\s(?:[Ll]es?\s"
    rf"|[Ll]a\s|[Dd]es?\s|[Dd]u\s)?{_CAP}(?:[ -]{_CAP}){{0,3}}"
    rf"(?:{_INSIDE}{_TAIL}|{_POSTCODE}|(?=,? \d{{1,4}}(?: bis| ter)?,? (?i:{_WAY})))"
)
_BOX = re.compile(rf"(?<!\w)(?:B\.?P\.?|bp|CS|cs|TSA)\s?(?:n[°o]\s?)?\d{{1,3}}[ ]?\d{{0,3}}(?!\d){_TAIL}")
_TOLD = re.compile(
    rf"(?i:\b(?:j['’ ]?habite|je (?:vis|demeure|loge|r[ée]side)|domicili[ée]e?s?|demeurant|r[ée]sidant"
    rf"|h[ée]berg[ée]e?|mon adresse(?: est)?|adresse ?:|my address is|i live))"
    rf"(?:\s(?:au|[àa]|dans|at|toujours|la|le|l['’]))?\s?:?\s(?P<value>(?i:{_WAY})\s(?:{_NAME}){_TAIL})"
)


def street_addresses(text: str) -> Iterator[Finding]:
    """Addresses with what belongs to them, in the order of the patterns."""
    for m in _STREET.finditer(text):
        end = _whole(text, m)
        if end and not _OTHER_NUMBER.search(text, max(0, m.start() - 20), m.start()):
            yield Finding(m.start(), _with_town(text, end), "address", 3)
    for pattern in (_STREET_CAP, _STREET_LONG, _PLACE, _BOX):
        for m in pattern.finditer(text):
            yield Finding(m.start(), _with_town(text, m.start() + len(m.group().rstrip(" ,-"))), "address", 3)
    yield from (Finding(m.start("value"), m.end("value"), "address", 3) for m in _TOLD.finditer(text))


def _with_town(text: str, end: int) -> int:
    """The end of an address whose postcode and town stand on one of the next two lines."""
    more = _NEXT_LINES.match(text, end)
    return more.end() if more else end


def _whole(text: str, match: re.Match[str]) -> int:
    """The end of a street in small letters (« 12 rue victor hugo »), or 0 where it is none (« 2 rue barrées »)."""
    name, end = match["name"], match.start() + len(match.group().rstrip(" ,-"))
    if match["tail"] or not name[0].islower():
        return end
    words = fold(name).replace("'", " ").split()
    if len(words) == 1 and words[0] not in _BEFORE and (words[0] in VOCABULARY or _DONE_TO.search(words[0])):
        return 0
    for _ in range(3):
        more = _NEXT.match(text, end)
        if not more or fold(more[1]) in VOCABULARY:
            break
        end = more.end(1)
    return end


DETECTORS = (street_addresses,)
