"""``python -m ecoute.methods.text.evaluation.growing``: what corrections are worth to the coder that the product runs.

Two labelled sets serve as small codebooks: eight sentences a theme (texts that hold it alone), no cues; then texts
checked whole, so many a theme, are learnt from as the product does (``learning.learn``, ``LearnedThemeCoder``). Judged
on texts drawn at random that nothing was learnt from: likeness to the sentences alone, what was learnt alone, and the
product's mixture. The mean over the draws is printed, with the range of the difference between the two last. Needs
the data sets (``ECOUTE_DATA``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ..codebooks import Codebook, Theme
from ..documents import Span, ThemeCode
from ..engines.embedding.use import UseEmbedder
from ..engines.themes.codebook import CodebookCoder
from ..engines.themes.learned import LearnedThemeCoder
from ..learning import Example, learn
from ..learning.stacking import calibration_error
from ..ports import Embedder, Passages, Vectors
from ..threads import one_thread
from ..words import fold
from . import corpora
from .comparing import counts, macro_f1
from .corpora import Labelled, MissingDataError
from .remembering import Remembering

SENTENCES = 8
STEPS = (0, 5, 20, 80)
DRAWS = 2
TEST = 600
WORDS = (4, 30)  # of a text that may stand for a sentence of a codebook
ENOUGH = 170  # texts of a theme from which it is in the codebook: some are sentences, some corrected, some tested
NO_THEME = frozenset({"Labelling not possible", "Not assigned"})
Flags = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
Embed = Callable[[Embedder, Sequence[str]], Vectors]
SETS: dict[str, Callable[[], list[Labelled]]] = {"NHS": corpora.nhs_feedback, "Vrai Débat": corpora.vrai_debat}


@dataclass(frozen=True)
class Draw:
    """Which texts play which part; ``corrected`` by theme, in the order in which people would correct them (texts of
    no theme of the codebook last, as if they were a theme)."""

    texts: list[str]
    themes: list[str]
    labels: Flags  # (n, themes)
    vectors: Vectors
    sentences: dict[str, list[int]]
    corrected: list[list[int]]
    test: list[int]

    @property
    def codebook(self) -> Codebook:
        """The themes with their sentences, without cues."""
        examples = {slug: tuple(self.texts[i] for i in rows) for slug, rows in self.sentences.items()}
        return Codebook("growing", "1", tuple(Theme(t, t, t, examples_en=examples[t]) for t in self.themes))

    @property
    def passages(self) -> list[Passages]:
        """The texts of the test, each one segment."""
        return [Passages(self.texts[i], [Span(0, len(self.texts[i]))], self.vectors[[i]]) for i in self.test]


@dataclass(frozen=True)
class Point:
    """What was measured with so many corrected texts a theme: macro-F1 of three coders, calibration error of two."""

    corrected: int
    passages: int
    likeness: float
    learned: float
    mixture: float
    learned_error: float
    mixture_error: float


def drawn(rows: Sequence[Labelled], number: int, embed: Embed) -> Draw:
    """The ``number``-th draw: test, sentences and corrections share no text."""
    distinct = list({fold(" ".join(row.text.split())): row for row in rows}.values())
    order = np.random.default_rng(number).permutation(len(distinct)).tolist()
    sizes = {theme: sum(theme in row.themes for row in distinct) for row in distinct for theme in row.themes}
    themes = sorted(theme for theme, size in sizes.items() if size >= ENOUGH and theme not in NO_THEME)
    test, rest = order[:TEST], order[TEST:]
    alone = [i for i in rest if len(distinct[i].themes) == 1 and WORDS[0] <= len(distinct[i].text.split()) <= WORDS[1]]
    sentences = {theme: [i for i in alone if theme in distinct[i].themes][:SENTENCES] for theme in themes}
    written = {i for chosen in sentences.values() for i in chosen}
    free = [i for i in rest if i not in written]
    corrected = [[i for i in free if theme in distinct[i].themes][: STEPS[-1]] for theme in themes]
    corrected.append([i for i in free if not distinct[i].themes & set(themes)][: STEPS[-1]])
    used = sorted({*test, *written, *(i for chosen in corrected for i in chosen)})
    place = {i: at for at, i in enumerate(used)}
    texts = [distinct[i].text for i in used]
    return Draw(
        texts,
        themes,
        np.array([[theme in distinct[i].themes for theme in themes] for i in used]),
        embed(UseEmbedder(), texts),
        {theme: [place[i] for i in chosen] for theme, chosen in sentences.items()},
        [[place[i] for i in chosen] for chosen in corrected],
        [place[i] for i in test],
    )


def learnt_after(draw: Draw, corrected: int, embedder: Embedder) -> tuple[LearnedThemeCoder, Flags, Floats, int]:
    """The product's coder after so many corrected texts a theme, what was learnt alone gives and its probabilities in
    the test, and how many texts were corrected in all."""
    names = np.array(draw.themes)
    rows = sorted({i for chosen in draw.corrected for i in chosen[:corrected]})
    written = [(i, Example(draw.texts[i], frozenset({t}))) for t, chosen in draw.sentences.items() for i in chosen]
    given = [frozenset(names[draw.labels[i]].tolist()) for i in rows]
    checked = [Example(draw.texts[i], t, frozenset(draw.themes) - t) for i, t in zip(rows, given, strict=True)]
    vectors = draw.vectors[[i for i, _ in written] + rows]
    learned = learn([*(e for _, e in written), *checked], draw.themes, embedder, vectors=vectors)
    coder = LearnedThemeCoder(draw.codebook, embedder, learned, 1, dict.fromkeys(draw.themes, len(rows)))
    probabilities = learned.probabilities([draw.texts[i] for i in draw.test], draw.vectors[draw.test])
    give = np.array([learned.thresholds[theme][0] for theme in draw.themes])
    return coder, probabilities >= give, probabilities.astype(np.float64), len(rows)


def measured(draw: Draw, embedder: Embedder) -> Iterator[Point]:
    """One point for each of ``STEPS``."""
    truth = draw.labels[draw.test]
    cues = CodebookCoder(draw.codebook, embedder)
    likeness = _said([cues.code(p.text, p.spans, p.vectors, "")[0] for p in draw.passages], draw.themes)
    for corrected in STEPS:
        coder, alone, probabilities, passages = learnt_after(draw, corrected, embedder)
        said = _said([codes for [codes] in coder.code_many(draw.passages)], draw.themes)
        confidence = np.vstack([coder.confidences(p) for p in draw.passages]).astype(np.float64)
        yield Point(
            corrected,
            passages,
            likeness=_score(truth, likeness),
            learned=_score(truth, alone),
            mixture=_score(truth, said),
            learned_error=_error(probabilities, truth),
            mixture_error=_error(confidence, truth),
        )


def _score(truth: Flags, said: Flags) -> float:
    return float(macro_f1(counts(truth, said).sum(axis=0)))


def _said(coded: Sequence[Sequence[ThemeCode]], themes: Sequence[str]) -> Flags:
    given = [{code.theme for code in codes if code.sure} for codes in coded]
    return np.array([[theme in row for theme in themes] for row in given])


def _error(probabilities: Floats, truth: Flags) -> float:
    columns = zip(probabilities.T, truth.T, strict=True)
    return float(np.mean([calibration_error(p, present) for p, present in columns]))


def lines(name: str, draws: Sequence[Sequence[Point]], themes: int) -> Iterator[str]:
    """Rows of the table: means over the draws, and how far the mixture is over what was learnt alone in each."""
    for points in zip(*draws, strict=True):
        values = np.array([[p.likeness, p.learned, p.mixture, p.learned_error, p.mixture_error] for p in points])
        mean, gains = values.mean(axis=0), values[:, 2] - values[:, 1]
        passages = round(float(np.mean([p.passages for p in points])))
        yield (
            f"| {name}, {themes} themes | {points[0].corrected} | {passages} | {mean[0]:.3f} | {mean[1]:.3f} "
            f"| {mean[2]:.3f} | {gains.min():+.3f} to {gains.max():+.3f} | {mean[3]:.3f} | {mean[4]:.3f} |"
        )


def main() -> None:
    """Print the table; a missing set is said to be missing."""
    print("| set | corrected a theme | in all | likeness | learned | mixture | its gain | ECE learned | ECE mixture |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | --- | ---: | ---: |")
    embedder = UseEmbedder()
    with one_thread():
        for name, rows in SETS.items():
            try:
                draws = [drawn(rows(), number, Remembering()) for number in range(DRAWS)]
            except MissingDataError as missing:
                print(f"| {name} | – | – | – | – | – | {missing} | – | – |")
                continue
            found = [list(measured(draw, embedder)) for draw in draws]
            print("\n".join(lines(name, found, len(draws[0].themes))), flush=True)


if __name__ == "__main__":
    main()
