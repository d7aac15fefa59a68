"""Ideas of a text: lines, sentences, and the two sides of a strong contrast (« …, mais … »)."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import pairwise

from ...documents import Span

_ABBREVIATION = re.compile(
    r"(?:^|[\s('’])(?:M|MM|Mr|Mrs|Ms|Mme|Mmes|Mlle|Dr|Pr|Me|St|Ste|art|Art|cf|Cf|ex|etc|n|N|tél|Tél|tel|env|min|max|av|bd|p|approx|resp)$"
)
_END = re.compile(r"[.!?…]+[\"»”)\]]*(?=\s|$|[A-ZÀ-Þ«])|\n+|;\s|(?<=[\s])[•●▪–—→](?=\s)|\s-\s(?=[A-ZÀ-Þ])")
_GREETING = re.compile(r"\A\W*(?:Bonjour|Bonsoir|Hello|Madame, Monsieur|Madame,? monsieur)(?:[,!.\s]*)(?=[A-ZÀ-Þ])")
_CONTRAST = re.compile(
    r"[,(:]?\s+(?=(?:mais(?! (?:aussi|également|encore|surtout|bon\b))|par contre|en revanche|cependant|toutefois"
    r"|néanmoins"
    r"|malheureusement|seul (?:bémol|hic|regret)|petit bémol|heureusement que?|but|however|whereas|unfortunately)\b)",
    re.I,
)
_WORD = re.compile(r"\w+")
_SOFT = re.compile(r",\s|\s(?=(?:et|puis|alors|car|donc|parce que|and|because|so)\s)")
MIN_SIDE = 3  # words on either side of a contrast
MAX_WORDS = 60  # a text without punctuation is cut here at the latest


class ClauseSegmenter:
    """Rules over punctuation and contrast words; every word belongs to exactly one segment."""

    name = "clauses"
    version = "1"
    network = False

    def segment(self, text: str, language: str) -> list[Span]:
        words = [m.start() for m in _WORD.finditer(text)]
        if not words:
            return _trimmed(text, [0, len(text)]) if text.strip() else []
        cuts = sorted({0, len(text), *_sentence_cuts(text), *_greeting_cut(text)})
        cuts = _with_contrasts(text, cuts, words)
        return _trimmed(text, _with_long_ones_cut(text, _without_wordless(cuts, words), words))


def _sentence_cuts(text: str) -> list[int]:
    return [m.end() for m in _END.finditer(text) if not _is_abbreviation(text, m)]


def _is_abbreviation(text: str, end: re.Match[str]) -> bool:
    if end.group() != ".":
        return False
    return bool(_ABBREVIATION.search(text[max(0, end.start() - 8) : end.start()]))


def _greeting_cut(text: str) -> list[int]:
    found = _GREETING.match(text)
    return [found.end()] if found else []


def _count(words: list[int], start: int, end: int) -> int:
    return bisect_right(words, end - 1) - bisect_right(words, start - 1)


def _with_contrasts(text: str, cuts: list[int], words: list[int]) -> list[int]:
    """Cut before a contrast word when both sides say enough to stand alone."""
    kept = list(cuts)
    for match in _CONTRAST.finditer(text):
        at = match.end()
        i = bisect_right(kept, at)
        before, after = kept[i - 1] if i else 0, kept[i] if i < len(kept) else len(text)
        if min(_count(words, before, at), _count(words, at, after) - 1) >= MIN_SIDE:
            kept.insert(i, at)
    return kept


def _without_wordless(cuts: list[int], words: list[int]) -> list[int]:
    """Pieces without a word join the piece before (or after, at the beginning)."""
    kept = [0]
    for cut in cuts[1:-1]:
        if _count(words, kept[-1], cut):
            kept.append(cut)
    if len(kept) > 1 and not _count(words, kept[-1], cuts[-1]):
        kept.pop()
    return [*kept, cuts[-1]]


def _with_long_ones_cut(text: str, cuts: list[int], words: list[int]) -> list[int]:
    """Pieces of more than ``MAX_WORDS`` words are cut at the softest place near their middle words."""
    result = [cuts[0]]
    for end in cuts[1:]:
        while _count(words, result[-1], end) > MAX_WORDS:
            first = bisect_right(words, result[-1] - 1)
            low, high = words[first + MAX_WORDS // 2], words[first + MAX_WORDS]
            soft = [m.end() for m in _SOFT.finditer(text, low, high)]
            result.append(soft[-1] if soft else high)
        result.append(end)
    return result


def _trimmed(text: str, cuts: list[int]) -> list[Span]:
    spans = []
    for start, end in pairwise(cuts):
        piece = text[start:end]
        left, right = len(piece) - len(piece.lstrip()), len(piece.rstrip())
        if right > left:
            spans.append(Span(start + left, start + right))
    return spans
