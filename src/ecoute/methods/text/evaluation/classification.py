"""Themes and sentiment that people gave, learnt and judged in five folds beside the baseline.

What runs here is what the product runs: ``learning.learn`` for themes, the voices of ``engines/polarity`` for
sentiment. Nothing is learnt, weighed or calibrated on the fold it is judged on; texts of the same words are in one
fold; of a row nothing is read but its words. Constants of the method were chosen on these sets over other folds, and
the cues of the codebook after reading some of their rows: other rows are the harder test.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ..codebooks import load_default
from ..engines.embedding.use import UseEmbedder
from ..learning import Example, learn
from ..learning.labels import folds_of, table
from ..learning.stacking import calibration_error
from ..ports import Vectors
from ..vectors import unit_rows
from . import baseline
from .comparing import accuracy, compare, counts, figure, macro_f1, micro_f1
from .corpora import TAGS, Experience, Labelled
from .figures import Figure
from .train_polarity import Embed, Material, judge, second_encoder, train_documents

FOLDS = 5
COMMON = 30  # rows from which a theme of the NHS set counts
OWN_WEIGHT = 2.0  # of the tag itself beside the other tags, when the side of a tag is learnt
Flags = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
Rows = npt.NDArray[np.intp]
FINE_MISSING = "not measured: install requirements/fine.txt"
ROOTS = {tag: tag.replace("_", "-") for tag in TAGS}


class Named:
    """The name under which vectors made elsewhere were made, for a learner that is given them."""

    def __init__(self, name: str, dimensions: int) -> None:
        self.name, self.version, self.network, self.dimensions = name, "bench", False, dimensions

    def embed(self, texts: Sequence[str]) -> Vectors:
        raise NotImplementedError("the bench gives its vectors")


@dataclass(frozen=True)
class Corpus:
    """Texts with their themes and, by profile, their vectors."""

    texts: list[str]
    themes: list[str]
    labels: Flags  # (n, themes)
    vectors: Mapping[str, Vectors]
    cues: Mapping[str, Sequence[str]]

    @property
    def examples(self) -> list[Example]:
        """Each text as coded whole."""
        names = np.array(self.themes)
        return [
            Example(text, frozenset(names[row].tolist()), None)
            for text, row in zip(self.texts, self.labels, strict=True)
        ]


def vectors_of(texts: Sequence[str], embed: Embed) -> dict[str, Vectors]:
    """As the encoders of the profiles make them (« fine »: those of ``BothEmbedder``)."""
    first = embed(UseEmbedder(), texts)
    second = second_encoder()
    if second is None:
        return {"fast": first}
    return {"fast": first, "fine": unit_rows(np.hstack([first, embed(second, texts)]))}


def corpus_of(rows: Sequence[Labelled], embed: Embed) -> Corpus:
    """A set of labelled texts, without cues: its codebook has none."""
    themes = sorted({theme for row in rows for theme in row.themes})
    labels = np.array([[theme in row.themes for theme in themes] for row in rows])
    texts = [row.text for row in rows]
    return Corpus(texts, themes, labels, vectors_of(texts, embed), {})


def state_corpus(rows: Sequence[Experience], material: Material) -> tuple[Corpus, Rows]:
    """Rows with at least one tag (an empty tag of a row without any says nothing), with the cues of the codebook."""
    kept = np.array([i for i, row in enumerate(rows) if row.tags])
    labels = np.array([[tag in rows[i].tags for tag in TAGS] for i in kept])
    vectors = {"fast": material.vectors[kept]}
    if material.read is not None:
        vectors["fine"] = unit_rows(np.hstack([material.vectors[kept], material.read[kept]]))
    return Corpus([material.texts[i] for i in kept], list(TAGS), labels, vectors, _state_cues()), kept


def _state_cues() -> dict[str, list[str]]:
    """Cues of the codebook by tag (a veto of one theme is none for its tag), and again by theme."""
    codebook = load_default()
    by_tag = {
        tag: [cue for theme in codebook.subtree(root) for cue in theme.cues if not cue.startswith("!")]
        for tag, root in ROOTS.items()
    }
    return {**by_tag, **{theme.slug: list(theme.cues) for theme in codebook.leaves()}}


@dataclass(frozen=True)
class Answers:
    """By system, the themes said of each text when it was held out; ``calibration`` by profile."""

    said: dict[str, Flags]
    calibration: dict[str, float]


def answers(corpus: Corpus, single: bool) -> Answers:
    """All systems in the same folds. ``single``: each text has one theme, the most probable is said."""
    examples = corpus.examples
    folds = folds_of(examples, table(examples, corpus.themes), FOLDS)
    said = {name: np.zeros(corpus.labels.shape, bool) for name in ("baseline", *corpus.vectors)}
    errors: dict[str, list[float]] = {name: [] for name in corpus.vectors}
    for fold in range(FOLDS):
        held, seen = np.flatnonzero(folds == fold), np.flatnonzero(folds != fold)
        said["baseline"][held] = _baseline(corpus, seen, held, single)
        for name, vectors in corpus.vectors.items():
            learned = learn(
                [examples[i] for i in seen],
                corpus.themes,
                Named(name, vectors.shape[1]),
                vectors=vectors[seen],
                cues=corpus.cues,
            )
            probabilities = learned.probabilities([corpus.texts[i] for i in held], vectors[held])
            give = np.array([learned.thresholds[theme][0] for theme in corpus.themes])
            said[name][held] = _first(probabilities) if single else probabilities >= give
            errors[name].append(_calibration(probabilities, corpus.labels[held]))
    return Answers(said, {name: float(np.mean(found)) for name, found in errors.items()})


def _baseline(corpus: Corpus, seen: Rows, held: Rows, single: bool) -> Flags:
    matrices = baseline.matrices([corpus.texts[i] for i in seen], [corpus.texts[i] for i in held])
    found = baseline.judged(*matrices, corpus.labels[seen], balanced=not single)
    said: Flags = _first(found) if single else found >= 0.5
    return said


def _first(probabilities: npt.NDArray[np.floating]) -> Flags:
    """The most probable of each row alone."""
    said: Flags = np.eye(probabilities.shape[1], dtype=bool)[probabilities.argmax(axis=1)]
    return said


def _calibration(probabilities: npt.NDArray[np.floating], labels: Flags) -> float:
    """Mean over themes of the expected calibration error in texts that nothing was learnt from."""
    columns = zip(probabilities.T.astype(np.float64), labels.T, strict=True)
    return float(np.mean([calibration_error(p, present) for p, present in columns]))


def _lines(
    subject: str, name: str, system: str, base: int, ours: Floats, other: Floats, measure: Callable[[Floats], Floats]
) -> Figure:
    return figure(subject, f"{name}, {system}", base, compare(ours, other, measure))


def vrai_debat(corpus: Corpus) -> Iterator[Figure]:
    """Nine themes, one a title."""
    found = answers(corpus, single=True)
    other = counts(corpus.labels, found.said["baseline"])
    for name in corpus.vectors:
        ours = counts(corpus.labels, found.said[name])
        yield _lines("Vrai Débat", f"accuracy, {len(corpus.themes)} themes", name, len(ours), ours, other, accuracy)
        yield _lines("Vrai Débat", "macro-F1", name, len(ours), ours, other, macro_f1)
    yield from _fine_missing("Vrai Débat", corpus.vectors)


def nhs(corpus: Corpus) -> Iterator[Figure]:
    """Several themes a comment; macro-F1 over those with ``COMMON`` rows or more, micro-F1 over all."""
    found = answers(corpus, single=False)
    common = corpus.labels.sum(axis=0) >= COMMON
    for name in corpus.vectors:
        ours, other = (counts(corpus.labels, found.said[system]) for system in (name, "baseline"))
        measure = f"macro-F1, {int(common.sum())} themes"
        yield _lines("NHS", measure, name, len(ours), ours[:, :, common], other[:, :, common], macro_f1)
        yield _lines("NHS", f"micro-F1, {len(common)} themes", name, len(ours), ours, other, micro_f1)
        remark = "mean over themes, texts held out"
        yield Figure("NHS", f"calibration error, {name}", len(ours), f"{found.calibration[name]:.3f}", "", remark)
    yield from _fine_missing("NHS", corpus.vectors)


def presence(corpus: Corpus) -> Iterator[Figure]:
    """Whether each State tag is there: macro-F1 of present and absent, by tag and their mean."""
    found = answers(corpus, single=False)
    other = _both_sides(corpus.labels, found.said["baseline"])
    for name in corpus.vectors:
        ours = _both_sides(corpus.labels, found.said[name])
        for k, tag in enumerate(corpus.themes):
            pair = [k, k + len(TAGS)]
            yield _lines("State tags", f"presence, {tag}", name, len(ours), ours[..., pair], other[..., pair], macro_f1)
        yield _lines("State tags", "presence, mean of the five", name, len(ours), ours, other, macro_f1)
    yield from _fine_missing("State tags", corpus.vectors)


def _both_sides(labels: Flags, said: Flags) -> Floats:
    """Present and absent as two classes of each theme: their mean F1 is the mean macro-F1 of presence."""
    return counts(np.hstack([labels, ~labels]), np.hstack([said, ~said]))


def sentiment(material: Material) -> Iterator[Figure]:
    """Declared by the user: three classes, and which side among texts declared on one."""
    labels = material.labels
    truth = np.eye(3, dtype=bool)[labels]
    examples = [Example(t, frozenset({str(y)}), None) for t, y in zip(material.texts, labels, strict=True)]
    folds = folds_of(examples, table(examples, ["0", "1", "2"]), FOLDS)
    said = {name: np.zeros((len(labels), 3)) for name in _systems(material)}
    for fold in range(FOLDS):
        held, seen = np.flatnonzero(folds == fold), np.flatnonzero(folds != fold)
        matrices = baseline.matrices([material.texts[i] for i in seen], [material.texts[i] for i in held])
        said["baseline"][held] = baseline.judged(*matrices, truth[seen], balanced=False)
        weights = train_documents(material, seen, labels[seen])
        for name in list(said)[1:]:
            said[name][held] = judge(weights, material, held, fine=name == "fine")
    sided = labels != 1
    for name in list(said)[1:]:
        ours, other = (counts(truth, _first(said[s])) for s in (name, "baseline"))
        yield _lines("sentiment", "accuracy, 3 classes", name, len(labels), ours, other, accuracy)
        ours, other = (counts(truth[sided][:, ::2], _first(said[s][sided][:, ::2])) for s in (name, "baseline"))
        yield _lines("sentiment", "accuracy, positive/negative", name, int(sided.sum()), ours, other, accuracy)
    yield from _fine_missing("sentiment", said)


def _systems(material: Material) -> tuple[str, ...]:
    return ("baseline", "fast") if material.read is None else ("baseline", "fast", "fine")


def tag_polarity(rows: Sequence[Experience], material: Material, corpus: Corpus, kept: Rows) -> Iterator[Figure]:
    """Positive or negative, given that the tag is there. Each tag learns from its own texts and, half as loud, from
    those of the other tags; texts and not tags are drawn again and change sides, since a text may have several."""
    folds = folds_of(corpus.examples, table(corpus.examples, corpus.themes), FOLDS)
    owner, tag, side = _sides(rows, kept)
    said = {name: np.zeros((len(owner), 2)) for name in _systems(material)}
    for fold in range(FOLDS):
        held, seen = folds[owner] == fold, folds[owner] != fold
        for k in range(len(TAGS)):
            mine = held & (tag == k)
            if not mine.any():
                continue
            own = seen & (tag == k)
            texts = [[material.texts[kept[i]] for i in owner[which]] for which in (own, mine)]
            truth = np.eye(2, dtype=bool)[side[own]]
            said["baseline"][mine] = baseline.judged(*baseline.matrices(*texts), truth, balanced=True)
            weights = np.where(tag[seen] == k, OWN_WEIGHT, 1.0)
            learnt = train_documents(material, kept[owner[seen]], side[seen], weights)
            for name in list(said)[1:]:
                said[name][mine] = judge(learnt, material, kept[owner[mine]], fine=name == "fine")
    truth = _by_tag(np.eye(2, dtype=bool)[side], tag)
    for name in list(said)[1:]:
        ours, other = (counts(truth, _by_tag(_first(said[s]), tag), owner) for s in (name, "baseline"))
        yield _lines("State tags", "polarity given presence, mean macro-F1", name, len(owner), ours, other, macro_f1)
        yield _lines("State tags", "polarity given presence, accuracy", name, len(owner), ours, other, accuracy)


def _sides(rows: Sequence[Experience], kept: Rows) -> tuple[Rows, Rows, npt.NDArray[np.int64]]:
    """Text (its place in ``kept``), tag and side of each tag coded positive or negative."""
    known = {"Négatif": 0, "Positif": 1}
    found = [
        (at, k, known[rows[i].tags[tag]])
        for at, i in enumerate(kept)
        for k, tag in enumerate(TAGS)
        if rows[i].tags.get(tag) in known
    ]
    table_of = np.array(found, np.intp).reshape(-1, 3)
    return table_of[:, 0], table_of[:, 1], table_of[:, 2]


def _by_tag(sides: Flags, tag: Rows) -> Flags:
    """Two sides of five tags as ten classes."""
    out = np.zeros((len(sides), 2 * len(TAGS)), bool)
    for side in (0, 1):
        out[np.arange(len(sides)), 2 * tag + side] = sides[:, side]
    return out


def _fine_missing(subject: str, systems: Mapping[str, object]) -> Iterator[Figure]:
    if "fine" not in systems:
        yield Figure(subject, "all, fine", 0, "–", "", FINE_MISSING)
