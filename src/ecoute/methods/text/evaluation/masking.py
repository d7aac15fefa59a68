"""``python -m ecoute.methods.text.evaluation.masking``: recall and precision of masking, one table an engine.

Two sets of sentences by two authors (``masking_sentences.txt``, ``masking_sentences_2.txt``), of each of which every
third is held out from tuning. A thing counts as masked when four fifths of its characters are hidden; what is hidden
counts as right when half of it had to be. Shares
carry their 95 % Wilson interval. ``--failures ENGINE`` shows what goes wrong in the tuning part, for whoever changes
the rules; the held-out part is never shown.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ..documents import Span
from ..ports import Masker
from ..registry import installed_engines
from .figures import Figure, share, table
from .masking_sentences import SETS, Sentence, sentences

ENOUGH = 0.8  # share of its characters that must be hidden for a thing to count as masked
PARTS = (("tuning part", False), ("held out", True))
ENGINES = {
    "rules": ("masking.rules", {}),
    "recogniser where a name can be": ("masking.recogniser", {"everywhere": False}),
    "recogniser everywhere": ("masking.recogniser", {"everywhere": True}),
    "entity recogniser alone": ("masking.recogniser", {"everywhere": True, "rules": False}),
}


@dataclass(frozen=True, slots=True)
class Result:
    """A sentence and the characters that the masker hid in it."""

    sentence: Sentence
    found: tuple[Span, ...]

    def hidden(self, wanted: Span) -> bool:
        return covered(wanted, self.found) >= ENOUGH

    def wanted(self, found: Span) -> bool:
        return covered(found, [span for _, span in self.sentence.wanted]) > 0.5


def covered(span: Span, by: Iterable[Span]) -> float:
    """Share of the characters of ``span`` that lie in ``by`` (apart from one another)."""
    return sum(max(0, min(span.end, f.end) - max(span.start, f.start)) for f in by) / max(1, span.end - span.start)


def results(masker: Masker) -> list[Result]:
    """What ``masker`` hides in every sentence."""
    return [Result(s, tuple(m.raw for m in masker.mask(s.text, "fr").spans)) for s in sentences()]


def measure(masker: Masker, subject: str = "masking") -> Iterator[Figure]:
    """Figures of the tuning and held-out parts of each set, of both sets, then recall by kind, held out and in all."""
    found = results(masker)
    for author in SETS:
        yield from _parts(subject, f", {author}", [r for r in found if r.sentence.author == author])
    yield from _parts(subject, "", found)
    for kind in sorted({kind for r in found for kind, _ in r.sentence.wanted}):
        for name, part in (("both parts", found), ("held out", [r for r in found if r.sentence.held_out])):
            yield _recall(subject, f"{kind}, {name}", part, {kind})


def _parts(subject: str, of: str, found: Sequence[Result]) -> Iterator[Figure]:
    for name, held_out in PARTS:
        yield from _part(subject, name + of, [r for r in found if r.sentence.held_out is held_out])


def _part(subject: str, name: str, part: Sequence[Result]) -> Iterator[Figure]:
    kinds = {kind for r in part for kind, _ in r.sentence.wanted}
    yield _recall(subject, name, part, kinds)
    yield _recall(subject, f"structured, {name}", part, kinds - {"name"})
    yield _recall(subject, f"names, {name}", part, {"name"})
    spans = [(r, span) for r in part for span in r.found]
    yield share(subject, f"precision, {name}", sum(r.wanted(span) for r, span in spans), len(spans))
    clean = [r for r in part if not r.sentence.wanted]
    yield share(subject, f"clean sentences touched, {name}", sum(bool(r.found) for r in clean), len(clean))


def _recall(subject: str, name: str, part: Sequence[Result], kinds: set[str]) -> Figure:
    spans = [(r, span) for r in part for kind, span in r.sentence.wanted if kind in kinds]
    return share(subject, f"recall, {name}", sum(r.hidden(span) for r, span in spans), len(spans))


def failures(masker: Masker) -> Iterator[str]:
    """What goes wrong in the tuning part, one line a sentence: missed things and things hidden by mistake."""
    for result in results(masker):
        sentence = result.sentence
        if sentence.held_out:
            continue
        missed = [sentence.text[s.start : s.end] for _, s in sentence.wanted if not result.hidden(s)]
        wrong = [sentence.text[f.start : f.end] for f in result.found if not result.wanted(f)]
        if missed or wrong:
            yield f"{sentence.text!r} missed {missed} wrong {wrong}"


def main() -> None:
    """Print one table for all engines, or with ``--failures`` the failures of one in the tuning part."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--failures", choices=list(ENGINES), help="what this engine gets wrong in the tuning part")
    chosen = parser.parse_args().failures
    make = installed_engines().create
    if chosen:
        slug, options = ENGINES[chosen]
        sys.stdout.writelines(f"{line}\n" for line in failures(make(slug, **options)))
        return
    print(table(f for name, (slug, options) in ENGINES.items() for f in measure(make(slug, **options), name)))


if __name__ == "__main__":
    main()
