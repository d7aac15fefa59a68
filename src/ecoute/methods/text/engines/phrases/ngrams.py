"""Key phrases: runs of one to three words that neither begin nor end with an empty word, counted over folded stems.

A phrase is shown as people wrote it most often, accents kept.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

import Stemmer

from ...words import fold, words_of
from ..stems.stop_words import stop_words

MAX_WORDS = 3
MAX_CHARS = 20_000  # of one text
PER_TEXT = 5
_LINKS = frozenset(fold("de d du des la le les l a au aux en et sur par pour of the for to in on").split())
# Words that say little by themselves: alone they are no phrase (« existe »), within one they may stand.
_FAINT_WORDS = """
jour journée mois an année fois personne gens temps heure minute semaine janvier février mars avril mai juin juillet
août septembre octobre novembre décembre existe sert servir répond répondre voulais vouloir trouve trouver touche
cesse utilise semble permet demande demander reçu recevoir envoyer envoyé passe passé part prise seul plusieurs libre
tour belle ville
service administration france public usager problème solution impossible utile possible moment suite cas point situation
manière façon niveau question raison début fin nombre exemple nouveau nouvelle ligne aujourd affiche apprécié comprendre
modifier gov gouv www service-public day time week month year thing service people problem
"""
_FAINT = frozenset(Stemmer.Stemmer("french").stemWords(fold(_FAINT_WORDS).split()))


@lru_cache(maxsize=2)
def _stemmer(language: str) -> Stemmer.Stemmer:
    """One a language: it remembers the words it has stemmed."""
    return Stemmer.Stemmer(language)


class PhraseCounter:
    """Collects phrases over texts: how many texts say each, and its most frequent written form."""

    def __init__(self, language: str = "fr") -> None:
        self._stop = stop_words(language)
        self._stemmer = _stemmer("english" if language == "en" else "french")
        self.texts: Counter[str] = Counter()
        self._forms: dict[str, Counter[str]] = defaultdict(Counter)

    def of(self, text: str) -> dict[str, int]:
        """Phrases of one text (stemmed keys) with their counts; remembers how they were written."""
        counts: Counter[str] = Counter()
        for key, form in self._phrases(text[:MAX_CHARS]):
            counts[key] += 1
            self._forms[key][form] += 1
        return dict(counts)

    def add(self, text: str) -> dict[str, int]:
        """As ``of``, and counts the text once for each of its phrases."""
        found = self.of(text)
        self.texts.update(found.keys())
        return found

    def form(self, key: str) -> str:
        """The way a phrase is written most often (first in the alphabet when several tie)."""
        forms = self._forms[key]
        return min(forms, key=lambda f: (-forms[f], f))

    def forget_rare(self, limit: int = 400_000) -> None:
        """Forget phrases said once when there are more than ``limit``: memory stays bounded on any corpus."""
        if len(self.texts) > limit:
            for key in [k for k, n in self.texts.items() if n == 1]:
                del self.texts[key]
                self._forms.pop(key, None)

    def _phrases(self, text: str) -> Iterator[tuple[str, str]]:
        words, starts, ends = _compounds(text)
        stems = self._stemmer.stemWords(words)
        opens = [self._opens(word) for word in words]
        inside = [self._inside(word) for word in words]
        for i in range(len(words)):
            if not opens[i]:
                continue
            for j in range(i, min(i + MAX_WORDS, len(stems))):
                if j > i and not _near(text, ends[j - 1], starts[j]):
                    break
                if opens[j] and all(inside[i + 1 : j]):
                    key = " ".join([stems[k] for k in range(i, j + 1) if words[k] not in _LINKS])
                    yield key, text[starts[i] : ends[j]].lower().replace("’", "'")

    def _opens(self, word: str) -> bool:
        return len(word) > 2 and word not in self._stop and not word[0].isdigit()

    def _inside(self, word: str) -> bool:
        return word in _LINKS or word not in self._stop


def _compounds(text: str) -> tuple[list[str], list[int], list[int]]:
    """Words with those that a hyphen joins taken as one (« rendez-vous »), and where each begins and ends."""
    found = words_of(text)
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for word, start, end in zip(found.words, found.starts, found.ends, strict=True):
        if words and (text[ends[-1] : start] == "-" or (words[-1], word) == ("rendez", "vous")):
            words[-1], ends[-1] = f"{words[-1]}-{word}", end
        else:
            words.append(word)
            starts.append(start)
            ends.append(end)
    return words, starts, ends


def _near(text: str, end: int, start: int) -> bool:
    """Whether only a space, an apostrophe or a hyphen stands between two words."""
    return start - end <= 1 and text[end:start] in {" ", "'", "’", "-", "\u00a0"}


def top_phrases(counter: PhraseCounter, scores: Iterable[tuple[str, float]], limit: int) -> list[str]:
    """Best phrases by score without those that say the same as one already kept."""
    kept: list[tuple[set[str], str]] = []
    for key, _ in sorted(scores, key=lambda s: (-s[1], s[0])):
        words = set(key.split())
        if any(words <= other or other <= words for other, _ in kept) or words <= _FAINT:
            continue
        kept.append((words, counter.form(key)))
        if len(kept) == limit:
            break
    return [form for _, form in kept]


class NgramPhrases:
    """Per text: longer and repeated phrases first. Over a corpus: number of texts, weighted by length."""

    name = "ngrams"
    version = "1"
    network = False

    def extract(self, texts: Sequence[str], language: str) -> list[tuple[str, ...]]:
        found = []
        for text in texts:
            counter = PhraseCounter(language)
            counts = counter.of(text)
            scores = [(key, n * _weight(key)) for key, n in counts.items()]
            found.append(tuple(top_phrases(counter, scores, PER_TEXT)))
        return found


def corpus_phrases(texts: Iterable[str], language: str = "fr", limit: int = 40) -> list[tuple[str, int]]:
    """Phrases said in most texts, two words and more preferred, with the number of texts."""
    counter = PhraseCounter(language)
    for text in texts:
        counter.add(text)
        counter.forget_rare()
    scores = {key: n * _weight(key) for key, n in counter.texts.items() if n > 1}
    best = top_phrases(counter, scores.items(), limit)
    by_form = {counter.form(key): n for key, n in counter.texts.items() if n > 1}
    return [(form, by_form[form]) for form in best]


def _weight(key: str) -> float:
    words = key.split()
    known = sum(w not in _FAINT for w in words)
    return (0.2, 0.5, 2.2, 2.6)[min(known, 3)] * math.sqrt(min(len(key), 16))
