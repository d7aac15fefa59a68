"""Named things that rooms and other packages add to: a slug gives an object, checked when the program starts."""

from collections.abc import Iterator
from importlib.metadata import entry_points
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class RegistryError(Exception):
    """Something registered does not fit; the message names it and says what is missing."""


class Registry(Generic[T]):
    """Slug → object of one type or runtime-checkable Protocol ``of``, in order of registration.

    ``group`` names the entry points by which other packages add theirs (``[project.entry-points."<group>"]``).
    """

    def __init__(self, name: str, of: Any = object, group: str = "") -> None:
        self.name, self.of, self.group = name, of, group
        self._things: dict[str, T] = {}

    def register(self, slug: str, thing: T) -> T:
        """Adds ``thing``; raises RegistryError when the slug is taken by another or the type does not fit."""
        if self._things.get(slug, thing) is not thing:
            raise RegistryError(f"{self.name}: two things are called « {slug} »")
        self._check(slug, thing)
        self._things[slug] = thing
        return thing

    def load_entry_points(self) -> None:
        """Adds what installed packages declare under ``group``; a name already taken or a misfit is an error."""
        for point in entry_points(group=self.group) if self.group else ():
            self.register(point.name, point.load())

    def get(self, slug: str) -> T:
        """The thing called ``slug``; raises RegistryError naming those that exist."""
        try:
            return self._things[slug]
        except KeyError:
            known = ", ".join(sorted(self._things)) or "none"
            raise RegistryError(f"{self.name}: nothing is called « {slug} » (known: {known})") from None

    def remove(self, slug: str) -> None:
        """Forgets ``slug`` (used by tests that register for a moment)."""
        self._things.pop(slug, None)

    def _check(self, slug: str, thing: Any) -> None:
        if isinstance(thing, self.of):
            return
        wanted = getattr(self.of, "__name__", str(self.of))
        names: set[str] = getattr(self.of, "__protocol_attrs__", set())
        missing = sorted(name for name in names if not hasattr(thing, name))
        detail = f"; it lacks {', '.join(missing)}" if missing else ""
        raise RegistryError(f"{self.name}: « {slug} » is not a {wanted}{detail}")

    def __contains__(self, slug: object) -> bool:
        return slug in self._things

    def __iter__(self) -> Iterator[T]:
        return iter(list(self._things.values()))

    def __len__(self) -> int:
        return len(self._things)

    def items(self) -> list[tuple[str, T]]:
        """Slugs with their things, in order of registration."""
        return list(self._things.items())
