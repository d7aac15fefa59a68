"""One pipeline for the whole folder: its encoder takes a moment to load."""

import pytest

from ecoute.methods.text.codebooks import load_default
from ecoute.methods.text.pipeline import Pipeline, default_pipeline


@pytest.fixture(scope="session")
def pipeline() -> Pipeline:
    return default_pipeline(load_default())
