"""Each test reads its own base: what an earlier one left in memory is dropped."""

from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def _fresh_columns() -> Iterator[None]:
    from ecoute.verbatims.columns.store import STORE

    STORE.forget()
    yield
    STORE.forget()
