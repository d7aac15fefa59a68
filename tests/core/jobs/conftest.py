from collections.abc import Callable, Iterator
from typing import Any

import pytest

from ecoute.core.jobs import KINDS, Kind, job


@pytest.fixture
def kind() -> Iterator[Callable[..., Kind]]:
    """Registers work for one test: ``kind(work, attempts=1)``, called « test.work »."""
    made: list[str] = []

    def register(work: Callable[..., Any], name: str = "test.work", **options: Any) -> Kind:
        job(name, **options)(work)
        made.append(name)
        return KINDS.get(name)

    yield register
    for name in made:
        KINDS.remove(name)
