"""What was unusual about a text, in stable codes kept with its analysis. None of them hides or drops anything."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .words import fold

ANALYSED_CHARS = 20_000  # of a masked text; what follows is masked and kept, but not coded
_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"\w+")
_END = re.compile(r"[.!?…\n]")

EMPTY = "empty"
NO_WORDS = "no-words"  # emoji, punctuation or digits only
TRUNCATED = "truncated"  # longer than ``ANALYSED_CHARS``: the rest is not coded
REPETITIVE = "repetitive"  # the same few words again and again
NO_SENTENCES = "no-punctuation"
LIST_LIKE = "list-like"  # a dictionary, a log, a table pasted in
NOT_FRENCH = "not-french"
MIXED = "mixed-languages"
HIDDEN = "hidden-characters"  # control characters, marks without width, orders to write backwards
INSULTING = "insulting"
INJECTION = "injection-suspected"  # words that would give orders to a machine that reads them
UNAVAILABLE = "endpoint-unavailable"  # an engine elsewhere did not answer: coded by that of this machine
REFUSED = "endpoint-refused"  # … answered beside the question
FAILED = "failed"  # the analysis broke on this text; its words remain

NOTES = (
    EMPTY, NO_WORDS, TRUNCATED, REPETITIVE, NO_SENTENCES, LIST_LIKE, NOT_FRENCH, MIXED, HIDDEN, INSULTING, INJECTION,
    UNAVAILABLE, REFUSED, FAILED,
)  # fmt: skip

_HIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069]")
_SCRIPTS = tuple(
    re.compile(pattern)
    for pattern in (
        r"[A-Za-zÀ-ɏ]{3}",
        r"[\u0370-\u03FF]{3}",
        r"[\u0400-\u04FF]{3}",
        r"[\u0590-\u05FF]{3}",
        r"[\u0600-\u06FF]{3}",
        r"[\u4E00-\u9FFF]{3}",
    )
)
_NOT_LATIN = re.compile("[\u0370-\u04ff\u0590-\u06ff\u4e00-\u9fff]")  # where the scripts after the first are
_BOTH = 4  # words of each of two languages that make a mixture …
_SHARE = 0.3  # … when the rarer has that share of both
# Frequent words, a language a line; those of two languages count for neither.
_FREQUENT = """\
fr je le la les des une est et pour pas dans vous nous qui que sur avec mais très c'est du au été ont
en the is are was were to of and you they with this that have has for not very my it at been
es el los las una y que por para con pero muy esta son como del mi porque
de der die das und ist nicht ich sie mit auf ein eine für sehr war wir auch
it il gli che di per una sono con molto non della questo anche perché
"""
_LINES = [line.split() for line in _FREQUENT.splitlines()]
_ONLY = {
    word: language for language, *words in _LINES for word in words if sum(word in others for others in _LINES) == 1
}
_INSULTS = re.compile(
    r"\b(?:conn?ards?|conn?asses?|salopes?|salauds?|encules?|fdp|fils de pute|putes?|batards?|abrutis?|cretins?"
    r"|debiles?(?! leger)|imbeciles?|ordures?(?= (?:de|humaines?)\b)|nique|ta gueule|vos gueules|va te faire"
    r"|allez vous faire|bande d(?:e |')(?:nuls|incapables|faineants|voleurs|escrocs|cons)|pauvres? (?:cons?|types?)"
    r"|gros con"
    r"|assholes?|bastards?|fuck(?:ing)?|morons?|idiots?)\b"
)
_ORDERS = re.compile(
    r"\b(?:ignore[zr]?|oublie[zr]?|disregard|forget)\b.{0,40}\b(?:instructions?|consignes?|prompt|regles|rules)\b"
    r"|\b(?:system|developer) ?(?:prompt|message)\b|\bprompt systeme\b|<\|?/?(?:system|im_start|im_end|assistant)\b"
    r"|\b(?:tu es|you are|vous etes) (?:maintenant |now |desormais )?(?:une?|an?)"
    r" (?:assistant|modele|ia|ai|language)"
    r"|\b(?:reponds|repondez|respond|answer|output|return|renvoie[zr]?) (?:uniquement|seulement|only|with only)\b"
    r"|\bjailbreak\b|\bbegin system\b"
)


def notes_of(text: str, language: str = "fr") -> tuple[str, ...]:
    """Codes that hold for this raw text, in a fixed order; none for an ordinary one. Linear in the text."""
    if not text.strip():
        return (EMPTY,)
    return tuple(_notes(text, text[:ANALYSED_CHARS], language))


def _notes(text: str, head: str, language: str) -> Iterator[str]:
    worded = _LETTER.search(head) is not None
    if not worded:
        yield NO_WORDS
    if len(text) > ANALYSED_CHARS:
        yield TRUNCATED
    if worded:
        yield from _of_words([w.lower() for w in _WORD.findall(head)], head, language)
    if _HIDDEN.search(text):
        yield HIDDEN
    if worded:
        folded = fold(head)
        if _INSULTS.search(folded):
            yield INSULTING
        if _ORDERS.search(folded):
            yield INJECTION


def _of_words(words: Sequence[str], head: str, language: str) -> Iterator[str]:
    different = len(set(words)) / max(1, len(words))
    if len(words) >= 60 and different < 0.12:
        yield REPETITIVE
    if len(words) >= 80 and not _END.search(head):
        yield NO_SENTENCES
    if len(words) >= 200 and different > 0.9:
        yield LIST_LIKE
    if language != "fr":
        yield NOT_FRENCH
    if _is_mixed(words, head):
        yield MIXED


def _is_mixed(words: Sequence[str], head: str) -> bool:
    """Two scripts, or the frequent words of two languages each often enough."""
    if _NOT_LATIN.search(head) and sum(script.search(head) is not None for script in _SCRIPTS) > 1:
        return True
    if len(words) < 2 * _BOTH:
        return False
    counts: dict[str, int] = {}
    for word in words:
        if found := _ONLY.get(word):
            counts[found] = counts.get(found, 0) + 1
    first, second = [*sorted(counts.values(), reverse=True), 0, 0][:2]
    return second >= _BOTH and second >= _SHARE * (first + second)
