"""The kinds of work there are: a name, the function, how long a lease lasts, how often to try."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any, TypeVar

from django.utils.module_loading import autodiscover_modules

from ecoute.core.registry import Registry

Work = Callable[..., Any]
W = TypeVar("W", bound=Work)


@dataclass(frozen=True)
class Kind:
    """``lease``: how long a worker may stay silent before its job is given to another. ``attempts``: runs at most."""

    name: str
    work: Work
    lease: timedelta
    attempts: int
    backoff: timedelta


KINDS: Registry[Kind] = Registry("job kinds", of=Kind)


def job(
    name: str,
    *,
    lease: timedelta = timedelta(minutes=2),
    attempts: int = 3,
    backoff: timedelta = timedelta(seconds=10),
) -> Callable[[W], W]:
    """Registers ``def work(progress, **arguments)`` under ``name``.

    ``work`` may return a dict (JSON), kept as the job's result. The wait before a new attempt is ``backoff``, doubled
    at each failure.
    """

    def register(work: W) -> W:
        KINDS.register(name, Kind(name, work, lease, attempts, backoff))
        return work

    return register


def kind_named(name: str) -> Kind:
    """The kind called ``name``; raises RegistryError, naming those that exist.

    ``tasks.py`` of every installed room is imported at the first unknown name and not at start: tasks may pull in the
    text engines, which most commands do not need.
    """
    if name not in KINDS:
        _autodiscover()
    return KINDS.get(name)


def is_kind(name: str) -> bool:
    """Whether ``name`` is registered by any installed room."""
    if name not in KINDS:
        _autodiscover()
    return name in KINDS


@cache
def _autodiscover() -> None:
    autodiscover_modules("tasks")
