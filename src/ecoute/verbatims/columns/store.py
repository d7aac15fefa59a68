"""The columns of this process, brought up to date at each request and swapped whole."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import numpy as np
from django.db import connection

from ecoute.core.counters import current_number
from ecoute.verbatims.models import Verbatim

from .loading import load
from .patching import patched
from .snapshot import Snapshot

COUNTER = "verbatims"
RELOAD_SHARE = 0.25  # above this share of changed verbatims, reading everything again is as fast
_ABSENT = object()


class Prepared:
    """A snapshot with what was computed from it (lists, masks, orders): forgotten together when words change."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self._made: dict[Any, Any] = {}
        self._lock = threading.Lock()

    def once(self, key: Any, make: Callable[[], Any], keep: int = 256) -> Any:
        """What ``make`` gives, computed once; at most ``keep`` things are held, the oldest leave first."""
        found = self._made.get(key, _ABSENT)  # one look: another thread may push it out right after
        if found is not _ABSENT:
            return found
        value = make()
        with self._lock:
            while len(self._made) >= keep:
                self._made.pop(next(iter(self._made)))
            self._made[key] = value
        return value


class Store:
    """Thread-safe: readers take a whole snapshot that nobody changes; one thread at a time makes the next one."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._current: tuple[Any, Prepared] | None = None

    def current(self) -> Prepared:
        """The columns with every change committed before this call. One query when nothing changed."""
        # The number is read before the rows: what commits in between is read again next time, never missed.
        number, place = current_number(COUNTER), _place()
        found = self._current
        if found is not None and found[0] == place and found[1].snapshot.number == number:
            return found[1]
        with self._lock:
            return self._refreshed(current_number(COUNTER), place)  # while we waited another may have read further

    def forget(self) -> None:
        """Drops the columns; the next request reads them whole."""
        self._current = None

    def _refreshed(self, number: int, place: Any) -> Prepared:
        found = self._current
        old = found[1].snapshot if found is not None and found[0] == place else None
        if found is not None and old is not None and old.number == number:
            return found[1]  # another thread was first
        snapshot = _next(old, number) if old is not None and old.number < number else load(number)
        prepared = Prepared(snapshot)
        self._current = (place, prepared)
        return prepared


def _next(old: Snapshot, number: int) -> Snapshot:
    changed = np.array(
        Verbatim.objects.filter(revision__gt=old.number).order_by("pk").values_list("pk", flat=True), np.int64
    )
    if len(changed) > RELOAD_SHARE * old.size:
        return load(number)
    return patched(old, load(number, after=old.number, languages=old.languages), changed)


def _place() -> Any:
    """Which database: tests and tools switch."""
    settings = connection.settings_dict
    return settings["HOST"], settings["PORT"], settings["NAME"]


STORE = Store()
