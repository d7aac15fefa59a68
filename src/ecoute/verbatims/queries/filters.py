"""Which verbatims are wanted: read from an address, written back in one canonical way."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any
from urllib.parse import quote_plus

from django.utils.translation import gettext as _

from ecoute.verbatims.enums import Channel, NatureChoice, PolarityChoice, Satisfaction, Speaker

# Field → name in the address, in canonical order. French, because people read and share addresses.
LISTS = {
    "services": "service",
    "themes": "theme",
    "natures": "nature",
    "polarities": "polarite",
    "satisfactions": "satisfaction",
    "channels": "canal",
    "places": "lieu",
    "speakers": "auteur",
    "sources": "source",
    "languages": "langue",
}
WORDS = {"since": "du", "until": "au", "words": "mots", "meaning": "sens", "like": "comme"}
_CLOSED: dict[str, Iterable[str]] = {
    "natures": NatureChoice.values,
    "polarities": PolarityChoice.values,
    "satisfactions": Satisfaction.values,
    "channels": Channel.values,
    "speakers": Speaker.values,
}
_NUMBERS = ("services", "places")
MAX_VALUES, MAX_LENGTH = 100, 300


@dataclass(frozen=True)
class Filters:
    """Values of one list are alternatives; the lists add up. Theme, nature and polarity speak of one same segment.

    ``services`` and ``places`` are ids and hold all that is under them; ``themes`` are slugs and hold their finer
    themes. ``since`` and ``until`` are included. ``words`` is a question (see ``search/question.py``), ``meaning`` a
    sentence, ``like`` the uid of a verbatim. ``problems``: what an address asked that cannot be, for the reader.
    """

    services: tuple[int, ...] = ()
    themes: tuple[str, ...] = ()
    natures: tuple[str, ...] = ()
    polarities: tuple[str, ...] = ()
    satisfactions: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    places: tuple[int, ...] = ()
    speakers: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    words: str = ""
    meaning: str = ""
    like: str = ""
    problems: tuple[str, ...] = field(default=(), compare=False)

    @classmethod
    def from_query(cls, query: Any) -> Filters:
        """From a ``QueryDict`` (or a dict of lists). What is not understood filters nothing: see ``problems``."""
        problems: list[str] = []
        values: dict[str, Any] = {name: _list(query, name, problems) for name in LISTS}
        values |= {name: _day(query, name, problems) for name in ("since", "until")}
        values |= {name: _text(query, WORDS[name]) for name in ("words", "meaning")}
        asked = _text(query, "q")  # the search box of a page without JavaScript
        if asked:
            values["meaning" if _text(query, "par") == "sens" else "words"] = asked
        values["like"] = _uid(query, problems)
        if values["since"] and values["until"] and values["since"] > values["until"]:
            values["since"], values["until"] = values["until"], values["since"]
        return cls(**values, problems=tuple(problems))

    def to_query(self) -> str:
        """The canonical query string, without « ? »; empty when nothing is asked. Equal filters give equal strings."""
        pairs = [(LISTS[name], str(value)) for name in LISTS for value in sorted(set(getattr(self, name)))]
        pairs += [(WORDS[name], str(getattr(self, name))) for name in WORDS if getattr(self, name)]
        return "&".join(f"{name}={quote_plus(value)}" for name, value in pairs)

    def with_(self, **changes: Any) -> Filters:
        """The same with these fields replaced."""
        return replace(self, **changes)

    def adding(self, name: str, value: Any) -> Filters:
        """The same with one more value in the list ``name``."""
        held: tuple[Any, ...] = getattr(self, name)
        return self if value in held else self.with_(**{name: (*held, value)})

    def without(self, name: str, value: Any = None) -> Filters:
        """The same without ``value`` in the list ``name``; without a value, the whole field is emptied."""
        if name in LISTS and value is not None:
            return self.with_(**{name: tuple(held for held in getattr(self, name) if held != value)})
        return self.with_(**{name: _EMPTY[name]})

    @property
    def is_empty(self) -> bool:
        return self == Filters()


_EMPTY = {item.name: item.default for item in fields(Filters)}


def _values(query: Any, name: str) -> list[str]:
    if hasattr(query, "getlist"):
        return list(query.getlist(name))
    found = query.get(name, []) if isinstance(query, Mapping) else []
    return [found] if isinstance(found, str) else [str(value) for value in found]


def _list(query: Any, name: str, problems: list[str]) -> tuple[Any, ...]:
    found: list[Any] = []
    for written in _values(query, LISTS[name])[:MAX_VALUES]:
        value = _understood(name, written.strip())
        if value is None and written.strip():
            problems.append(_("« %(value)s » n’est pas une valeur connue de « %(name)s » : ce filtre est ignoré.")
                            % {"value": written[:60], "name": LISTS[name]})  # fmt: skip
        elif value is not None and value not in found:
            found.append(value)
    return tuple(found)


def _understood(name: str, written: str) -> Any:
    if name in _NUMBERS:
        return int(written) if written.isascii() and written.isdigit() and len(written) < 10 else None
    if name in _CLOSED:
        return written if written in _CLOSED[name] else None
    return written if 0 < len(written) <= 80 and "\x00" not in written else None


def _text(query: Any, name: str) -> str:
    return next((" ".join(v.replace("\x00", " ").split())[:MAX_LENGTH] for v in _values(query, name)[-1:]), "")


def _day(query: Any, name: str, problems: list[str]) -> date | None:
    written = _text(query, WORDS[name])
    if not written:
        return None
    try:
        return date.fromisoformat(written)
    except ValueError:
        problems.append(_("« %(value)s » n’est pas une date : la période est ignorée.") % {"value": written[:60]})
        return None


def _uid(query: Any, problems: list[str]) -> str:
    written = _text(query, WORDS["like"])
    try:
        return str(uuid.UUID(written)) if written else ""
    except ValueError:
        problems.append(_("Le verbatim de référence est inconnu : la ressemblance est ignorée."))
        return ""
