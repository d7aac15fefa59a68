"""Where a person's name begins and ends, word by word; the words before (``names.py``) say how much to expect one."""

from __future__ import annotations

import re

from .lexicon import (
    BEARERS,
    BODIES,
    CERTAIN,
    FIRST_NAMES,
    NEVER,
    OFFICES,
    PUBLIC_FIGURES,
    PUBLIC_SURNAMES,
    SURE,
    SURNAMES,
    THINGS,
    TOWNS,
    VOCABULARY,
    words,
)
from .reading import CAPITAL, CAPITALS, LOWER, Reading

LONGEST = 6  # words of a name
PARTICLES = words(
    "de da do dos das di du des d del della la le les el al ben bin ibn bel van von der den ter ould ait abou"
)
_BETWEEN = words("de du des d la le l")  # between first name and surname they may also announce a town
IBERIAN = words(
    "oliveira sousa souza almeida jesus freitas castro carvalho costa silva araujo azevedo barros "
    "brito lima matos melo morais moura pina pinho sa santos la andrade abreu leon"
)
_JOINED = words("n d o m")  # N'Diaye, D'Angelo, O'Connor, M'Bappé
_SPACE = re.compile(r"[ \t\u00a0\u202f]{1,3}|\.[ \t\u00a0]{0,2}|[ \t]?-[ \t]?")
_DOES = re.compile(
    r"[ ,]{1,3}(?:(?:ne |n')?(?:m'a|m a|ma (?!d[eé]m|demande|fille|mere|femme|soeur|sit|carte|conseil)"
    r"|m'avait|m'ont|m'aide|nous a|nous ont"
    r"|vous a|lui a|t'a|n'a |n'est |ne (?:me |m'|vous |nous )?\w{2,12} (?:pas|jamais|rien|plus)"
    r"|a (?:ete|bien|pris|su|refuse|dit|repondu|eu|perdu|fait|signe|raccroche)"
    r"|est (?:tres|une?|toujours|en conge|en arret|super|adorable|gentil|parfait|formidable|absente?"
    r"|partie?|restee?|au top|venue?|efficace|desagreable)"
    r"|etait|sont|ont|m'est|me (?:dit|repond|rappelle|demande))"
    r"|du (?:guichet|gichet|service|secretariat|standard|pole|ccas|sip|ciph?|bureau|secteur|\d)"
    r"|de l'(?:accueil|acceuil|agence|urssaf|assurance|etat civil|etat-civil)"
    r"|de la (?:mairie|caf|cpam|prefecture|tresorerie|carsat|msa|perception|mdph|poste|maison|mission"
    r"|sous-prefecture|cnav|secu)"
    r"|de (?:france services?|pole emploi|france travail)|de votre|au (?:guichet|gichet|telephone|tel"
    r"|standard|bureau|ccas|accueil)|a l'accueil|guichet|gichet|de chez|pour (?:son|sa|ses))"
)


class Persons:
    """Names in one reading. All methods take and return numbers of words; 0 or ``None`` means nobody."""

    def __init__(self, reading: Reading) -> None:
        self.r = reading

    def first_name(self, i: int) -> str:
        """``"certain"``, ``"sure"``, ``"doubtful"`` or nothing, for word ``i`` as a first name; compounds too."""
        word = self.r.words[i]
        if word in BODIES or (word == "marie" and self.r.text[self.r.ends[i] - 1] in "éÉ") or self.site(i):
            return ""
        if _GLUED.search(self.r.text, self.r.starts[i], self.r.ends[i]):
            return ""  # « CléA »
        if word in CERTAIN:
            return "certain"
        if word in SURE or word in SURNAMES:
            return "sure"
        if word in FIRST_NAMES:
            return "doubtful"
        head, _, tail = word.partition("-")
        if tail and head in FIRST_NAMES and tail in FIRST_NAMES:
            return "certain" if CERTAIN & {head, tail} else "sure"
        return "sure" if tail and head in SURE and tail not in VOCABULARY and self.r.capital(i) else ""

    def site(self, i: int) -> bool:
        """Whether word ``i`` is the name of a site: « amelie.fr »."""
        return _DOMAIN.match(self.r.folded, self.r.ends[i]) is not None

    def bare(self, i: int) -> bool:
        """Whether word ``i`` cannot be a part of a name."""
        return self.r.words[i] in NEVER or self.r.words[i] in OFFICES

    def unknown(self, i: int) -> bool:
        """Whether word ``i`` is no word that people write in lower case, nor a body's name."""
        word = self.r.words[i]
        return (
            word not in VOCABULARY
            and word not in BODIES
            and not self.bare(i)
            and not (word.endswith("s") and word[:-1] in VOCABULARY)
            and not all(part in VOCABULARY for part in word.split("-"))
        )

    def likely(self, i: int) -> bool:
        """Whether word ``i`` has a telling capital and is no ordinary word, no acronym, no body, no site."""
        word, shape = self.r.words[i], self.r.shapes[i]
        if (
            shape == LOWER
            or len(word) < 3
            or (shape == CAPITALS and len(word) < 5)
            or not self.unknown(i)
            or self.site(i)
            or (word in TOWNS and not self.first_name(i))
        ):
            return False
        raw = self.r.text[self.r.starts[i] : self.r.ends[i]]
        return self.r.capital(i) and not word.startswith("saint") and not _GLUED.search(raw)

    def acts(self, end: int) -> bool:
        """Whether what follows character ``end`` is what people do, or where agents sit."""
        return _DOES.match(self.r.folded, end) is not None

    def borne(self, i: int) -> bool:
        """Whether the words just before ``i`` say that a street, a building, a law or a thing bears the name."""
        r = self.r
        for j in range(i - 1, max(-1, i - 5), -1):
            if re.search(r"[,;:!?\n()]|\.(?!\w| ?[A-Z]\b)", r.gap(j + 1)):
                return False
            if (
                i - j == 1
                and j
                and r.words[j] in {"le", "la", "les", "sur", "sous", "en"}
                and r.shapes[j - 1] != LOWER
                and not r.opens(j)
            ):
                return True  # Sillé le Guillaume
            if r.words[j] in BEARERS or (r.words[j].endswith("s") and r.words[j][:-1] in BEARERS):
                return True
            if r.shapes[j] == LOWER and i - j > 1 and r.words[j] not in PARTICLES and r.words[j] not in VOCABULARY:
                return False
            if r.words[j] in {"a", "par", "avec", "m", "madame", "monsieur", "mme", "merci", "et", "que", "est"}:
                return False
        return False

    def public(self, i: int, end: int) -> bool:
        """Whether words ``[i, end)`` are a public figure's name or a thing's (« Leroy Merlin »)."""
        words = " ".join(self.r.words[i:end])
        if words in PUBLIC_FIGURES or words in PUBLIC_SURNAMES:
            return True
        if {words.replace("-", " "), self.r.words[i].replace("-", " ")} & _PUBLIC_PLAIN:
            return True
        if self.r.words[i] in PUBLIC_SURNAMES and end - i == 1:
            return True
        if i and self.r.words[i - 1] in {"ministre", "ministres"}:
            return True
        if set(words) <= {"x", " "} or (len(words) < 2 and self.r.text[self.r.ends[i] : self.r.ends[i] + 1] != "."):
            return True
        if not set(self.r.words[i].split("-")) & _THING_WORDS:
            return False
        start, stop = self.r.starts[i], self.r.ends[end - 1]
        around = self.r.folded[max(0, start - 12) : stop + 24].replace("-", " ")
        return any(
            thing in around and self.r.folded[start:stop].replace("-", " ").split(" ")[0] in thing for thing in THINGS
        )

    def end(self, i: int) -> int:
        """The word after the last of the name that begins at word ``i``."""
        r, at = self.r, i + 1
        low = r.shapes[i] == LOWER or r.shouted(i)
        after_first = bool(self.first_name(i))
        while at < len(r) and at - i < LONGEST and _SPACE.fullmatch(r.gap(at)):
            if low and self.acts(r.ends[at - 1]):
                break
            step = self._particles(at, after_first, low)
            if (
                at + step >= len(r)
                or (step and not _joined(r, at, step))
                or not self._goes_on(at + step, i, low and not step)
            ):
                break
            after_first = after_first and not step and bool(self.first_name(at))
            at += step + 1
        return self._with_apostrophe(i, at)

    def _particles(self, at: int, after_first: bool, low: bool) -> int:
        r, step = self.r, 0
        while at + step < len(r) and step < 3 and r.words[at + step] in PARTICLES:
            step += 1
        if not step or at + step >= len(r):
            return 0
        words = r.words[at : at + step]
        if words[-1] in _BETWEEN and not (step > 1 and words[0] in {"de", "d"} and r.capital(at + step)):
            capital = r.capital(at + step - 1) or r.words[at + step] in IBERIAN or self._estate(at + step, after_first)
            return step if (capital or words[-1] == "d") and not (low and r.words[at + step] not in IBERIAN) else 0
        return step

    def _estate(self, i: int, after_first: bool) -> bool:
        """Whether word ``i`` after « de » is a part of the name (« Anne de Kergorlay »), neither town nor body."""
        r, word = self.r, self.r.words[i]
        return (
            after_first
            and r.words[i - 1] in {"de", "d"}
            and r.shapes[i] == CAPITAL
            and self.unknown(i)
            and len(word) > 4
            and word not in TOWNS
            and not word.startswith("saint")
            and not self.site(i)
        )

    def _goes_on(self, at: int, first: int, low: bool) -> bool:
        r = self.r
        word = r.words[at]
        if len(word) == 1:
            return (word not in "ayj" or r.shapes[at] != LOWER) and self._initial(at) and r.shapes[first] != CAPITALS
        if self.bare(at) or word in BODIES:
            return False
        if r.capital(at):
            return not _SENTENCE.search(r.gap(at)) or len(r.words[at - 1]) == 1
        return (
            low
            and (self.unknown(at) or bool(self.first_name(at) in {"certain", "sure"}))
            and len(word) > 2
            and at - first < 3
        )

    def _initial(self, at: int) -> bool:
        """A single letter that ends a name: « Stéphanie R. », « nicolas f »."""
        after = self.r.text[self.r.ends[at] : self.r.ends[at] + 2]
        if after[:1] in {"'", "’"}:
            return False
        return self.r.shapes[at] != LOWER or after.strip(" .") == "" or after[:1] in {"\n", ","}

    def _with_apostrophe(self, i: int, end: int) -> int:
        """« N'Diaye »: a letter, an apostrophe and a capital go together."""
        r = self.r
        while end < len(r) and r.words[end - 1] in _JOINED and r.gap(end) in {"'", "’"} and r.shapes[end] != LOWER:
            end += 1
        return end

    def start(self, i: int) -> int:
        """The first word of the name whose first name is word ``i``: « DURAND Michel », « J.-P. Martin »."""
        r = self.r
        while (
            i
            and r.shapes[i - 1] == CAPITALS
            and not r.shouted(i)
            and r.gap(i) in {" ", "\u00a0"}
            and not self.bare(i - 1)
            and r.words[i - 1] not in BODIES
            and (self.unknown(i - 1) or r.ends[i - 1] - r.starts[i - 1] > 4)
        ):
            i -= 1
        return i - 1 if self._surname_before(i) else i

    def _surname_before(self, i: int) -> bool:
        """« Ndiaye Ousmane »: an unknown word with a capital right before a first name that is nothing else."""
        return (
            i > 0
            and self.r.gap(i) == " "
            and self.r.capital(i)
            and self.first_name(i) in {"certain", "sure"}
            and self.r.shapes[i - 1] == CAPITAL
            and self.likely(i - 1)
            and not self.first_name(i - 1)
            and self.r.words[i - 1] not in TOWNS
            and not self.borne(i - 1)
        )


_PUBLIC_PLAIN = frozenset(name.replace("-", " ") for name in PUBLIC_FIGURES)  # « Charles-de-Gaulle »
_THING_WORDS = frozenset(word for thing in THINGS for word in thing.replace(",", " ").split())
_GLUED = re.compile(r"[a-zà-ÿ][A-ZÀ-Þ]|[A-ZÀ-Þ]{3}[a-zà-ÿ]")  # two words run together: « PROPREJe »
_DOMAIN = re.compile(r"\.(?:fr|com|org|net|gouv|eu)\b")
_SENTENCE = re.compile(r"\.[ \t\u00a0]")


def _joined(r: Reading, at: int, step: int) -> bool:
    """Whether particles ``at … at + step`` are parted by spaces or apostrophes alone."""
    return all(
        _SPACE.fullmatch(r.gap(j)) or r.gap(j) in {"'", "’"} or r.gap(j) == "" for j in range(at + 1, at + step + 1)
    )
