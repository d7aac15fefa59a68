"""Names of people as rules see them: after a civility or an office, after telling words, in a signature, by first name.

Every rule reads the folded text, so that capitals, accents and their absence change nothing; shapes decide afterwards.
A bare surname in the middle of a sentence escapes (``recogniser.py`` looks for it).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .finding import Finding
from .lexicon import BODIES, NEVER, VOCABULARY, words
from .pairs import by_shape
from .persons import IBERIAN, Persons
from .reading import CAPITALS, LOWER, Reading

LEADING = words("de da do dos du des d el al ben bel van von der den le la ould ait abou")
THING_BEFORE = words("un une des ma mon ce cette nos")
_SITS = re.compile(
    r",? (?:est a|a|de|du|au|pour) ?(?:l'|la )?(?:accueil|acceuil|guichet|gichet|standard|secretariat"
    r"|ccas|telephone)\b|,? guichet \d"
)
_B = r"(?<![\w'-])"
_CIVILITY = re.compile(
    rf"{_B}(?P<title>monsieur|madame|mademoiselle|messieurs|mesdames|mmes?\.?|mlles?\.?|mr\.?|mrs\.?"
    rf"|miss|ms\.?|mm?\.|m(?=[ \u00a0]\w)"
    r"|docteure?|dr\.?|professeure?|pr\.?|maitre|me)[ \u00a0]{1,2}"
)
_OFFICE = re.compile(
    r"(?<![\w-])(?:agente?|conseillere?|brigadier|gendarme|adjudant|lieutenante?|capitaine"
    r"|commandante?|policiere?|gardien(?:ne)?|inspecteur|inspectrice|controleu(?:r|se)"
    r"|assistante? sociale?|avocate?|notaire|infirmiere?|medecin(?: traitant| conseil| scolaire)?"
    r"|huissiere?|juge|greffiere?|mediateur|mediatrice"
    r"|educateur|educatrice|instituteur|institutrice|prof(?:esseure?)?|maitresse|psychologue|kine"
    r"|dentiste|directeur|directrice|responsable|cheffe?"
    r"|secretaire|stagiaire|adjointe?|collegue|interlocuteur|interlocutrice|gestionnaire|referente?"
    r"|fonctionnaire|vigile|concierge|standardiste|aide[- ]soignante?|sage-femme|animateur|animatrice"
    r"|auxiliaire de vie|assistante maternelle|guichetiere?|surveillante?|orthophoniste|pediatre"
    r"|hote(?:sse)?|technicien(?:ne)?|facteur|factrice|receveur|receveuse|chargee?)"
    r"(?: (?:municipale?|sociale?|principale?|adjointe?|referente?|general[e]?|d'accueil|de police"
    r"|au maire|scolaire|de service|de mission|de projet|de bureau|de la paix|de garde|d'ecole))?(?:,? ?:? )"
)
_KIN = re.compile(
    r"\b(?:mon|ma|mes|notre|son|sa|leur|votre|mn|my|our|his|her) (?:\w{2,8}[ -])?(?:fils|filles?|mari"
    r"|epoux|epouse|femme|pere|mere|papa|maman|frere|soeur|conjointe?|compagne|compagnon|copain|copine"
    r"|voisine?|gendre|bru|belle-soeur|beau-frere|ex-mari|ex-femme|nounou|bailleur|proprio|aidante?|mamie|papi|papy"
    r"|beau-pere|belle-mere|beau-fils|belle-fille|petit[ -]fils|petite[ -]fille|grand[ -]mere"
    r"|grand[ -]pere|neveu|niece|cousine?|oncle|tante|amie?|bebe|enfant|ex|parrain|marraine"
    r"|collegue|conseillere?|assistante sociale|assistant social|avocate?|referente?|medecin traitant"
    r"|proprietaire|locataire|filleule?|tutrice|tuteur|curatrice|curateur"
    r"|advisor|adviser|colleague|neighbour|doctor|brother|sister|son|daughter|husband|wife|father"
    r"|mother)(?:,? |, ?|\()"
)
_TOLD = re.compile(
    r"\b(?:je m'appel+e|je m apel+e|je m appel+e|je ?mapp?el+e|je me nomme|mon nom(?: est| c'est)?"
    r"|mon prenom (?:est|c'est)|ce nomme|se nomme|s'appel+e|sappel+e|nommee?|prenommee?|denommee?"
    r"|je soussignee?(?:\(?e\)?)?,?|my name is|mon nom de famille (?:est|c'est)"
    r"|(?:nom|name)(?: de famille| d'usage| de naissance| marital| de jeune fille)? ?(?:[:=]"
    r"|(?<=e) est|(?<=l) est)|(?:nom et )?prenoms? ?[:=]|prenom)[ :]{1,3}"
)
_BORNE_BY = re.compile(
    r"\b(?:une? certaine?|signee?|suivie? par|au nom de(?: mon pere| ma mere| mon mari| ma femme)?"
    r"|dossier de|nee|epouse|veuve|familles?"
    r"|(?:titulaire(?: du (?:compte|dossier|contrat))?|allocataire|assuree?|beneficiaire|patiente?|eleve|demandeur"
    r"|demandeuse|destinataire|expediteur|interlocut(?:eur|rice)|contact|agente?|candidate?) ?:)[ :]{1,3}"
)
_I_AM = re.compile(r"\b(?:je suis|i am|i'm|c'est|ici|moi c'est|moi|de la part de|pour ?:|signature ?:)[ ,]{1,2}")
_NAMED = re.compile(r"\b(?:nom|name)[ :]{1,3}(?=[^\n]{2,40}\bprenoms?\b)")
_TOWARDS = re.compile(
    r"\b(?:merci|mercis|remerciements?|remercier|remercie|remercions|saluer?|salue|saluons|thanks|bravo|felicitations?|felicite"
    r"|chapeau)(?: (?:beaucoup|encore|infiniment|surtout|particulierement|vivement|specialement"
    r"|tout))*(?: (?:a|au|to|pour|envers))? "
    r"|\b(?:grace|voir|vu|eu|passe|parle|parler|voyez|voir|demandez|demander|appelez|rappelee?|recue?"
    r"|aidee?|aider|accueillie?|orientee?|renseignee?|conseillee?|suivie?|contacter?|contactee?|ecrire"
    r"|dit|repondu|remis|donne|laisse|envoye|adressee?|transmise?|with|by|from|to|dite|dites)(?: (?:a"
    r"|avec|par|au|chez|de|que))? "
    r"|\b(?:avec|par|et|puis|que|qu'|dame|monsieur|stagiaire|selon|d'apres|c'est|with|by|from|and|merci,) ?"
)
_CLOSING = re.compile(
    r"\b(?:cordialement|cordialment|cdlt|cdt|salutations(?: distinguees| les meilleures"
    r"| respectueuses)?|respectueusement|bien a vous|sinceres? salutations|sincerement|amicalement"
    r"|bonne (?:journee|soiree|reception|continuation)"
    r"|merci(?: d'avance| par avance| beaucoup)?|kind regards|best regards|regards|sincerely"
    r"|dans l'attente[^.\n]{0,60}|signe"
    r"|signature)[ \t]{0,3}[,.!\-–—:]{0,3}[ \t]{0,3}\n{0,3}[ \t]{0,3}(?=\w)"
)
_LINE_END = re.compile(r"[ \t.!,;:)]{0,8}(?:\n|$|\d)")


def names(text: str) -> Iterator[Finding]:
    """Every name the rules see in ``text``; the same one may come twice."""
    reading = Reading(text)
    if not len(reading):
        return
    persons = Persons(reading)
    for i, end, rank in _spans(reading, persons):
        if end > i and not _public(persons, i, end):
            stop = reading.ends[end - 1]
            if len(reading.words[end - 1]) == 1 and text[stop : stop + 1] == ".":
                stop += 1  # « Mme D. »
            yield Finding(reading.starts[i], stop, "name", rank)


def _public(p: Persons, i: int, end: int) -> bool:
    """Whether the name, or that which it is a part of (« Victor Hugo »), is a public figure's or a thing's."""
    return p.public(i, end) or (i > 0 and p.public(i - 1, end)) or p.public(i, p.end(i))


def _spans(r: Reading, p: Persons) -> Iterator[tuple[int, int, int]]:
    yield from _after_civility(r, p)
    yield from _after(r, p, _OFFICE, _bearer_of_office)
    yield from _after(r, p, _KIN, _relative)
    yield from _after(r, p, _TOLD, _told)
    yield from _after(r, p, _BORNE_BY, _borne_by)
    yield from _after(r, p, _NAMED, _told)
    yield from _after(r, p, _I_AM, _speaker)
    yield from _after(r, p, _CLOSING, _signer)
    told = expected(r)
    for i in range(len(r)):
        end = _by_first_name(r, p, i, i in told) or _by_initial(r, p, i) or _stranger(r, p, i) or by_shape(r, p, i)
        if end:
            yield p.start(i), end, 5


def expected(r: Reading) -> set[int]:
    """Words before which somebody is thanked, met, called or quoted."""
    return {r.at(m.end()) for m in _TOWARDS.finditer(r.folded)}


def _after_civility(r: Reading, p: Persons) -> Iterator[tuple[int, int, int]]:
    for m in _CIVILITY.finditer(r.folded):
        i = r.at(m.end())
        if i >= len(r) or r.starts[i] != m.end():
            continue
        title = m["title"].strip(".")
        if title == "m" and "." not in m.group() and r.text[m.start()] != "M":
            continue
        if title == "ms" and "." not in m.group() and r.text[m.start() + 1] != "s":
            continue
        if title == "me" and not (r.capital(i) and m.group()[0].isalpha() and r.text[m.start()] == "M"):
            continue
        if title in {"docteur", "dr", "professeur", "pr", "maitre", "me"} and p.borne(r.at(m.start())):
            continue
        if p.bare(i) and r.words[i] not in LEADING and len(r.words[i]) > 1:
            continue
        end = _named(r, p, i, title)
        if end:
            yield i, end, 4
            yield from _and_another(r, p, end)


def _and_another(r: Reading, p: Persons, end: int) -> Iterator[tuple[int, int, int]]:
    """« Messieurs Renaud et Zidi »: a second surname after « et »."""
    if end + 1 < len(r) and r.words[end] == "et" and r.capital(end + 1) and p.unknown(end + 1):
        yield end + 1, p.end(end + 1), 4


def _named(r: Reading, p: Persons, i: int, title: str) -> int:
    """The end of the name at word ``i`` right after a civility."""
    word = r.words[i]
    after = r.text[r.ends[i] : r.ends[i] + 1]
    if len(word) == 1:
        joined = after in {"'", "’"} and i + 1 < len(r) and r.shapes[i + 1] != LOWER and word in "ndmo"
        if joined:
            return p.end(i + 1)
        initial = r.shapes[i] != LOWER and after not in {"'", "’"}
        return p.end(i) if initial else 0
    if word in LEADING:
        at = i
        while at + 1 < len(r) and r.words[at] in LEADING and at - i < 3:
            at += 1
        small = title not in {"docteur", "professeur", "maitre", "pr", "dr"} and (
            p.unknown(at) or r.words[at] in IBERIAN
        )
        follows = r.capital(at) or small
        return p.end(at) if follows and not p.bare(at) and len(r.words[at]) > 1 else 0
    if r.capital(i):
        return 0 if p.bare(i) else p.end(i)
    if p.bare(i) or len(word) < 3:
        return 0
    if p.first_name(i) in {"certain", "sure"} or p.unknown(i):
        return p.end(i)
    return i + 1 if p.acts(r.ends[i]) and word not in {"qui", "a", "est"} else 0


def _after(r: Reading, p: Persons, pattern: re.Pattern[str], read: object) -> Iterator[tuple[int, int, int]]:
    for m in pattern.finditer(r.folded):
        i = r.at(m.end())
        if i < len(r) and r.starts[i] == m.end():
            end = read(r, p, i)  # type: ignore[operator]
            if end:
                yield p.start(i), end, 4


def _bearer_of_office(r: Reading, p: Persons, i: int) -> int:
    if p.bare(i) or p.borne(i):
        return 0
    kind = p.first_name(i)
    if r.capital(i) and (kind in {"certain", "sure"} or (p.unknown(i) and r.words[i] not in NEVER)):
        return p.end(i)
    if r.capital(i) and not r.opens(i) and r.words[i] not in BODIES and p.acts(r.ends[i]):
        return i + 1
    return p.end(i) if kind in {"certain", "sure"} and r.words[i] not in VOCABULARY else 0


def _relative(r: Reading, p: Persons, i: int) -> int:
    if p.bare(i):
        return 0
    kind = p.first_name(i)
    if r.capital(i) and (kind or p.unknown(i)):
        return p.end(i)
    return p.end(i) if kind in {"certain", "sure"} and r.words[i] not in VOCABULARY else 0


def _told(r: Reading, p: Persons, i: int) -> int:
    if p.bare(i) or len(r.words[i]) < 2:
        return 0
    kind = p.first_name(i)
    if r.capital(i):
        return (
            p.end(i)
            if kind or p.unknown(i) or (r.shapes[i] != LOWER and r.words[i] not in NEVER and _after_name(r, i))
            else 0
        )
    return p.end(i) if kind in {"certain", "sure"} or (p.unknown(i) and len(r.words[i]) > 2) else 0


def _borne_by(r: Reading, p: Persons, i: int) -> int:
    """After « épouse » or « une certaine » a lower-case word is a name only when it is a first name."""
    return _told(r, p, i) if r.capital(i) or p.first_name(i) in {"certain", "sure"} else 0


def _after_name(r: Reading, i: int) -> bool:
    """Whether word ``i``, an ordinary word with a capital, stands where only a name does (« épouse Martin »)."""
    return not r.folded[max(0, r.starts[i] - 11) : r.starts[i]].endswith(("dossier de ", "familles ", "nee "))


def _speaker(r: Reading, p: Persons, i: int) -> int:
    kind = p.first_name(i)
    if p.bare(i) or not kind:
        both = i + 1 < len(r) and r.capital(i) and r.capital(i + 1) and r.gap(i + 1) == " "
        return p.end(i) if both and not p.bare(i) and p.unknown(i) and p.unknown(i + 1) else 0
    if kind == "doubtful":
        return p.end(i) if r.capital(i) and p.end(i) > i + 1 else 0
    return p.end(i) if r.capital(i) or r.words[i] not in VOCABULARY else 0


def _signer(r: Reading, p: Persons, i: int) -> int:
    """The end of a signature: at most five words to the end of the line, all of which a name may hold."""
    end = i
    while end < len(r) and end - i < 5 and "\n" not in (r.gap(end) if end > i else ""):
        if end - i > 1 and r.gap(end) == ", " and r.shapes[end] == LOWER:
            break  # « Yann Kervella, marin-pêcheur »
        small = len(r.words[end]) == 1 and r.shapes[end] == LOWER
        if small or (p.bare(end) and r.words[end] not in {"et", "de", "la", "le", "du"} and len(r.words[end]) > 1):
            return 0
        end += 1
    if not _LINE_END.match(r.text, r.ends[end - 1]) and not (end < len(r) and r.gap(end) == ", "):
        return 0
    known = any(p.first_name(j) and r.words[j] not in VOCABULARY for j in range(i, end))
    capitals = all(r.capital(j) or r.words[j] in {"et", "de", "la", "le", "du"} for j in range(i, end))
    unknown = all(
        p.unknown(j) or p.first_name(j) or len(r.words[j]) == 1 or r.words[j] in {"et", "de", "du"}
        for j in range(i, end)
    )
    return end if (capitals and (unknown or (known and end - i > 1))) or (known and unknown) else 0


def _by_first_name(r: Reading, p: Persons, i: int, told: bool) -> int:
    kind = p.first_name(i)
    if not kind or r.words[i].startswith(("saint-", "sainte-")) or p.borne(i):
        return 0
    if (i and r.gap(i) == "-") or r.text[r.ends[i] : r.ends[i] + 1] in {"'", "’", "@", "_"}:
        return 0
    word, capital = r.words[i], r.capital(i)
    if _CAR.match(r.folded, r.starts[i]) or _MACHINE.match(r.folded, r.ends[i]):
        return 0
    if i and not told and r.words[i - 1] in THING_BEFORE and p.end(i) == i + 1 and not p.acts(r.ends[i]):
        return 0  # « une Zoé d'occasion »
    acronym = r.shapes[i] == CAPITALS and len(word) < 5 and p.end(i) == i + 1 and p.start(i) == i
    if acronym and kind != "certain" and not told and not p.acts(r.ends[i]):
        return 0
    if kind == "doubtful":
        return _doubtful(r, p, i, told) if capital else 0
    if capital or kind == "certain":
        return p.end(i)
    if word in VOCABULARY or len(word) < 3:
        return 0
    return p.end(i) if told or p.acts(r.ends[i]) or (r.shouted(i) and len(word) > 3) else 0


def _doubtful(r: Reading, p: Persons, i: int, told: bool) -> int:
    if i and r.words[i - 1] in {
        "le",
        "la",
        "les",
        "l",
        "un",
        "une",
        "des",
        "de",
        "du",
        "d",
        "en",
        "ma",
        "cette",
        "ce",
        "nos",
    }:
        return 0
    if i and r.gap(i) == ", " and r.capital(i - 1) and p.first_name(i - 1) in {"certain", "sure"}:
        return p.end(i)  # « Paul, Hortense et moi »
    if i > 2 and r.words[i - 1] == "a" and r.words[i - 2] == "et" and r.capital(i - 3) and p.first_name(i - 3):
        return p.end(i) if _THANKS.search(r.folded, max(0, r.starts[i] - 40), r.starts[i]) else 0
    if told and i > 1 and r.words[i - 1] in {"et", "puis", "and"}:
        told = p.first_name(i - 2) in {"certain", "sure"}
    if p.acts(r.ends[i]) or (told and not r.opens(i)):
        return i + 1
    nxt = i + 1
    if nxt + 1 < len(r) and r.words[nxt] in {"et", "puis", "and"} and r.capital(nxt + 1):
        return i + 1 if p.first_name(nxt + 1) in {"certain", "sure"} else 0
    return 0


def _by_initial(r: Reading, p: Persons, i: int) -> int:
    """« P. Moreau »: a capital, a full stop and a capitalised word that is no ordinary one."""
    if len(r.words[i]) != 1 or r.shapes[i] == LOWER or i + 1 >= len(r) or p.borne(i):
        return 0
    if r.gap(i + 1) not in {". ", ".", ".\u00a0"} or not r.capital(i + 1) or not p.unknown(i + 1):
        return 0
    if len(r.words[i + 1]) < 3 or (i and r.gap(i) == ".") or (i and r.gap(i) in {"'", "’"}):
        return 0
    return p.end(i + 1)


def _stranger(r: Reading, p: Persons, i: int) -> int:
    """One or two unknown words with a capital, of whom it is said that they sit at a desk, or two who act."""
    if not r.capital(i) or not p.unknown(i) or len(r.words[i]) < 3 or p.first_name(i) == "doubtful" or p.borne(i):
        return 0
    end = p.end(i)
    if not all(p.unknown(j) or p.first_name(j) for j in range(i, end)) or p.site(end - 1):
        return 0
    if r.shapes[i] == CAPITALS and end == i + 1:
        return 0
    after = r.ends[end - 1]
    says = _SITS.match(r.folded, after) or (end > i + 1 and _ACTS_ON_ME.match(r.folded, after))
    return end if says else 0


_THANKS = re.compile(r"\b(?:merci|bravo|remerci\w{1,4}|grace|parle|felicit\w{1,6}) ")
# « Zoé en panne »
_CAR = re.compile(
    r"(?:zoe|megane|clio|mercedes|laguna|octavia|fabia|corsa|tesla) (?:en panne|electrique|diesel|essence|hybride"
    r"|d'occasion|neuve|immatriculee|grise|noire|blanche|de (?:19|20)\d\d|\d)"
)
_MACHINE = re.compile(
    r",? (?:l'|le |la |un |une |votre |notre )?(?:assistante?|agente?|conseillere?|robot|chatbot|bot|avatar|logiciel"
    r"|application|appli|standardiste|voix) (?:virtuel|vocal|automatique|automatise|numerique|en ligne|artificiel)"
)  # « Élise, l'assistante virtuelle »
_ACTS_ON_ME = re.compile(r" (?:m'a |m'avait |ne m'|n'a (?:pas|jamais|rien) |m'aide )")
DETECTORS = (names,)
