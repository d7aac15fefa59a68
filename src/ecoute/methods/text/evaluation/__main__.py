"""``python -m ecoute.methods.text.evaluation``: one table of figures on the engines of the default pipeline.

Needs the Services Publics + sample (``ECOUTE_DATA``); says so where it is missing and prints the rest.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator

from ..codebooks import load_default
from ..documents import Document
from ..pipeline import Pipeline, default_pipeline
from . import coding, masking, speed
from .corpora import MissingDataError, services_publics
from .figures import Figure, table
from .train_polarity import prepare

FOLDS = 10


def figures(pipeline: Pipeline, with_speed: bool) -> Iterator[Figure]:
    """All figures, the cheap ones first."""
    yield coding.languages(pipeline.language)
    yield from masking.measure(pipeline.masker)
    try:
        rows = services_publics()
    except MissingDataError as missing:
        yield Figure("Services Publics +", "not measured", 0, "–", "", str(missing))
        return
    analysed = list(pipeline.analyse(Document(row.key, row.text) for row in rows))
    yield from coding.state_tags(rows, analysed, load_default())
    yield from coding.segments_by_hand(rows, analysed)
    yield from coding.sentiment(prepare(), FOLDS)
    if with_speed:
        yield from speed.measure(pipeline, load_default(), [row.text for row in rows])


def main() -> None:
    """Print the table, or with ``--failures`` what masking gets wrong in its tuning part."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--no-speed", action="store_true", help="leave out speed and memory")
    parser.add_argument("--failures", action="store_true", help="show what masking gets wrong in its tuning part")
    options = parser.parse_args()
    pipeline = default_pipeline(load_default())
    if options.failures:
        sys.stdout.writelines(f"{line}\n" for line in masking.failures(pipeline.masker))
        return
    print(table(figures(pipeline, not options.no_speed)))


if __name__ == "__main__":
    main()
