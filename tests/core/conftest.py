from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.core.installation import Installation, new_installation, postgresql_url

WITHOUT_PLACES = """
from ecoute.directory.models import Place
Place.objects.update(parent=None)
Place.objects.all().delete()
print(1)
"""


@pytest.fixture(scope="session")
def _models(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[bool], Installation]]:
    """One installation a database, initialised once and copied afterwards; without the 35,000 places, to be light."""
    made: dict[bool, Installation] = {}
    with ExitStack() as stack:

        def model(postgresql: bool) -> Installation:
            if postgresql not in made:
                folder = tmp_path_factory.mktemp("model") / "var"
                new = stack.enter_context(new_installation(folder, postgresql=postgresql))
                new.init()
                new.python(WITHOUT_PLACES)
                made[postgresql] = new
            return made[postgresql]

        yield model


@pytest.fixture
def install(tmp_path: Path, _models: Callable[[bool], Installation]) -> Iterator[Callable[..., Installation]]:
    """A factory of installations, by default on the database of this run.

    ``install("name", ready=True)``: Ada administers it already; otherwise nothing was done yet.
    """
    with ExitStack() as stack:

        def make(name: str = "here", postgresql: bool | None = None, ready: bool = False) -> Installation:
            chosen = bool(postgresql_url()) if postgresql is None else postgresql
            like = _models(chosen) if ready else None
            return stack.enter_context(new_installation(tmp_path / name, postgresql=chosen, like=like))

        yield make
