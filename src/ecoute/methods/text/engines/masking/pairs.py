"""Names that their shape or the words after them tell: « Tehani Rua, étudiante », « N'Diaye », « J-P Marchand ».

Each rule takes word ``i`` of a reading and returns the word after the name, 0 where it sees none.
"""

from __future__ import annotations

import re

from .lexicon import TOWNS, words
from .persons import Persons
from .reading import CAPITALS, LOWER, Reading

_TRADE = (
    r"(?:etudiante?|doctorante?|secretaire|infirmiere?|aide-soignante?|medecin|retraitee?|mere|pere|maman|papa|epouse"
    r"|president|presidente|directeur|directrice|cheffe?|agente?|assistante?|conseillere?|avocate?|professeure?|prof"
    r"|institut\w{4,6}|lyceen(?:ne)?|collegien(?:ne)?|eleve|artisane?|gerante?|habitante?|locataire|proprietaire|veuve"
    r"|veuf|divorcee?|celibataire|refugiee?|ressortissante?|fils|fille|soeur|frere|stagiaire|vigile|concierge|notaire"
    r"|juge|greffiere?|policiere?|gendarme|responsable|chargee?|gestionnaire|mariee?|handicapee?|salariee?|ouvriere?"
    r"|fonctionnaire|enseignante?|citoyen(?:ne)?|commercante?|agricult\w{4,5}|ingenieure?|animat\w{4,5}|educat\w{4,5}"
    r"|apprentie?|chomeu(?:r|se)|marin|nee?|agee?|tuteur|tutrice|curateur|curatrice|mediateur|mediatrice|technicien(?:ne)?)"
)
_WHO = re.compile(
    rf"(?:, |,| ?\(| [-–] )(?:(?:la|le|l'|un|une|notre|votre|ma|mon|ancien(?:ne)?|jeune|future?) ?){{0,2}}"
    rf"{_TRADE}(?![\w'-])"
    r"(?! virtuel| vocal)|(?:, | \()\d{1,3} ans\b"
)
_LIVES = re.compile(
    r" (?:vous salue|vous remercie|habite|est (?:decedee?|nee?|malade|enceinte|hospitalisee?|handicapee?)"
    r"|attend (?:toujours|depuis|son|sa|ses)|garde (?:mes|nos|ses)|souhaite|sollicite|demeurant"
    r"|s'est presentee?|demande)\b"
)
_NOT_PEOPLE = words(
    "france lorraine nancy mercedes victoria prince reine victoire grace cora carla europe noel ange jade"
)
_NOT_AFTER = words("le la les l un une de du des d en a au aux sur vers chez par")
_INITIALS = re.compile(r"[a-z]-[a-z]")


def doubtful_pair(r: Reading, p: Persons, i: int) -> int:
    """« Rose Lacombe »: a first name that is also a word, and a surname that is none."""
    nxt = i + 1
    if p.first_name(i) != "doubtful" or not r.capital(i) or r.words[i] in _NOT_PEOPLE or p.borne(i):
        return 0
    if i and r.words[i - 1] in _NOT_AFTER and not r.opens(i) and r.words[i - 1] != "a":
        return 0
    if nxt >= len(r) or r.gap(nxt) != " " or not r.capital(nxt) or p.bare(nxt) or r.words[nxt] in TOWNS:
        return 0
    end = p.end(i)
    if p.site(end - 1) or (r.shapes[nxt] == CAPITALS and len(r.words[nxt]) < 4):
        return 0
    ordinary = not p.unknown(nxt) and not p.first_name(nxt)
    return end if not ordinary or _said(r, end) else 0


def stranger_pair(r: Reading, p: Persons, i: int) -> int:
    """« Wang Xiaoming, étudiant »: two to four unknown words with a capital, and then what people are or do."""
    if not r.capital(i) or len(r.words[i]) < 2 or p.borne(i) or not _nameable(p, i):
        return 0
    end = p.end(i)
    if not 2 <= end - i <= 4 or not all(_nameable(p, j) for j in range(i, end) if r.shapes[j] != LOWER):
        return 0
    return end if not p.site(end - 1) and _said(r, end) else 0


def _nameable(p: Persons, i: int) -> bool:
    word = p.r.words[i]
    return (p.unknown(i) or bool(p.first_name(i))) and word not in TOWNS and not word.startswith("saint")


def _said(r: Reading, end: int) -> bool:
    after = r.ends[end - 1]
    return bool(_WHO.match(r.folded, after) or _LIVES.match(r.folded, after))


def apostrophe(r: Reading, p: Persons, i: int) -> int:
    """« N'Diaye », « M'Bappé », « O'Connor »: a capital, an apostrophe and a capital."""
    if r.words[i] not in {"n", "m", "o"} or r.shapes[i] == LOWER or i + 1 >= len(r) or r.gap(i + 1) not in {"'", "’"}:
        return 0
    nxt = i + 1
    if r.shapes[nxt] == LOWER or r.shouted(nxt) or not p.unknown(nxt) or r.words[nxt] in TOWNS or p.borne(i):
        return 0
    return p.end(nxt)


def initials(r: Reading, p: Persons, i: int) -> int:
    """« J-P Marchand »."""
    if not _INITIALS.fullmatch(r.words[i]) or r.shapes[i] != CAPITALS or i + 1 >= len(r) or p.borne(i):
        return 0
    return p.end(i + 1) if r.gap(i + 1) == " " and r.capital(i + 1) and not p.bare(i + 1) else 0


def by_shape(r: Reading, p: Persons, i: int) -> int:
    """The first of these rules that sees a name at word ``i``."""
    if r.shapes[i] == LOWER:
        return 0
    return apostrophe(r, p, i) or initials(r, p, i) or doubtful_pair(r, p, i) or stranger_pair(r, p, i)
