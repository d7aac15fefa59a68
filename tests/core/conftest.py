from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.core.installation import Installation, new_installation, postgresql_url


@pytest.fixture
def install(tmp_path: Path) -> Iterator[Callable[..., Installation]]:
    """A factory of installations: ``install("first", postgresql=True)``; by default on the database of this run."""
    with ExitStack() as stack:

        def make(name: str = "here", postgresql: bool | None = None) -> Installation:
            chosen = bool(postgresql_url()) if postgresql is None else postgresql
            return stack.enter_context(new_installation(tmp_path / name, postgresql=chosen))

        yield make
