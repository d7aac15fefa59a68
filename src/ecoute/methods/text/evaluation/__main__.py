"""``python -m ecoute.methods.text.evaluation``: one table of figures, every learnt thing in five folds.

Needs the data sets (``ECOUTE_DATA``); says which is missing and prints the rest. Vectors are kept in ``var/bench``.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator

from ..codebooks import load_default
from ..documents import Document
from ..pipeline import Pipeline, default_pipeline
from ..threads import one_thread
from . import classification, coding, corpora, speed
from .corpora import MissingDataError, services_publics
from .discovery import discovered
from .figures import Figure, table
from .remembering import Remembering
from .train_polarity import prepare

Part = Callable[[Pipeline], Iterator[Figure]]


def words(pipeline: Pipeline) -> Iterator[Figure]:
    """Language, on our own short texts. Masking has a bench of its own (``evaluation.masking``)."""
    yield coding.languages(pipeline.language)


def experiences(pipeline: Pipeline) -> Iterator[Figure]:
    """The Services Publics + sample: sentiment, State tags, segments."""
    rows, material = services_publics(), prepare(Remembering())
    corpus, kept = classification.state_corpus(rows, material)
    yield from classification.sentiment(material)
    yield from classification.presence(corpus)
    yield from classification.tag_polarity(rows, material, corpus, kept)
    analysed = list(pipeline.analyse(Document(row.key, row.text) for row in rows))
    yield from coding.state_tags(rows, analysed, load_default())
    yield from coding.segments_by_hand(rows, analysed)


def vrai_debat(pipeline: Pipeline) -> Iterator[Figure]:
    """Nine themes of titles."""
    yield from classification.vrai_debat(classification.corpus_of(corpora.vrai_debat(), Remembering()))


def nhs(pipeline: Pipeline) -> Iterator[Figure]:
    """Some forty-five themes of comments in English."""
    yield from classification.nhs(classification.corpus_of(corpora.nhs_feedback(), Remembering()))


def discovery(pipeline: Pipeline) -> Iterator[Figure]:
    """Discovered themes, beside other ways of finding them."""
    yield from discovered(pipeline.embedder)


def speeds(pipeline: Pipeline) -> Iterator[Figure]:
    """Texts a second, and memory."""
    yield from speed.measure(pipeline, load_default(), [row.text for row in services_publics()])


PARTS: dict[str, Part] = {
    "words": words,
    "experiences": experiences,
    "vrai-debat": vrai_debat,
    "nhs": nhs,
    "discovery": discovery,
    "speed": speeds,
}


def figures(pipeline: Pipeline, parts: list[str]) -> Iterator[Figure]:
    """The figures of those parts; a missing data set is said to be missing."""
    for name in parts:
        try:
            yield from PARTS[name](pipeline)
        except MissingDataError as missing:
            yield Figure(name, "not measured", 0, "–", "", str(missing))


def main() -> None:
    """Print the table, or with ``--failures`` what masking gets wrong in its tuning part."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--no-speed", action="store_true", help="leave out speed and memory")
    parser.add_argument("--only", choices=PARTS, action="append", help="this part alone (may be given several times)")
    options = parser.parse_args()
    pipeline = default_pipeline(load_default())
    parts = options.only or [name for name in PARTS if name != "speed" or not options.no_speed]
    with one_thread():
        print(table(figures(pipeline, parts)))


if __name__ == "__main__":
    main()
