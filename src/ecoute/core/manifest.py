"""What a room declares about itself. Core, the portal and others only loop over what is declared.

A room has a module ``manifest`` with a constant ``MANIFEST``; all are found when the program starts.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Literal

from django.apps import apps
from django.utils.functional import Promise

from ecoute.core.registry import Registry, RegistryError

Text = str | Promise
Group = Literal["converser", "comprendre", "collaborer", "capitaliser", "administration"]
GROUPS: tuple[Group, ...] = ("converser", "comprendre", "collaborer", "capitaliser", "administration")


@dataclass(frozen=True, kw_only=True)
class MenuEntry:
    """A line of the rail. Shown to people who hold ``permission`` somewhere (empty: everybody signed in).

    ``everywhere``: only to those who hold it on the whole tree. ``or_everywhere``: a permission that also shows it, to
    those who hold that one on the whole tree.
    """

    label: Text  # lazy, in the reader's language
    url_name: str
    icon: str
    group: Group
    permission: str = ""
    everywhere: bool = False
    or_everywhere: str = ""
    order: int = 50

    def __post_init__(self) -> None:
        if self.group not in GROUPS:
            raise RegistryError(f"menu entry « {self.url_name} »: group must be one of {', '.join(GROUPS)}")


@dataclass(frozen=True, kw_only=True)
class PersonalData:
    """Fields of a model that hold personal data, why, and for how long (None: as long as the row lives)."""

    model: str  # "app.Model"
    fields: tuple[str, ...]
    purpose: Text
    retention: timedelta | None = None


@dataclass(frozen=True, kw_only=True)
class HomeCard:
    """A card of the home page: a title, a figure or a sentence, and where it leads."""

    title: Text
    text: Text = ""
    figure: str = ""  # already written out for the reader
    href: str = ""
    icon: str = ""
    order: int = 50


@dataclass(frozen=True, kw_only=True)
class VerbatimAction:
    """A next step offered on a verbatim; ``url_name`` takes the verbatim's ``uid``."""

    label: Text
    url_name: str
    icon: str = ""
    permission: str = ""
    order: int = 50


@dataclass(frozen=True, kw_only=True)
class SelectionAction:
    """A next step offered on the verbatims that filters describe: ``url_name`` takes no argument, and the filters as
    its query. Offered to holders of ``permission`` on the whole tree."""

    label: Text
    url_name: str
    icon: str = ""
    permission: str
    order: int = 50


@dataclass(frozen=True, kw_only=True)
class Schedule:
    """Work to enqueue again and again: the job ``kind`` with ``arguments``, once in every period ``every``."""

    name: str
    kind: str
    every: timedelta
    arguments: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """Everything the rest of the house may know of a room without importing it.

    ``permissions`` and ``audit_verbs``: slug → label. ``home_cards``: each called with the request, gives cards.
    ``setup``: each called with ``by=`` the first administrator at ``ecoute init``; must be repeatable; gives a sentence
    saying what it did, or an empty string. ``rebuild``: called after a restore, makes again what backups leave out
    because it follows from the records (an index of words). ``transient_media``: folders of private files that wait in
    clear for a moment; no backup holds them. ``derived_models``: tables ("app.model") that follow from other records
    and are made again when they are missing; no backup holds them either.
    ``audit_words``: keys of the details of audit entries, and names of models ("app.model"), in words.
    """

    slug: str
    name: Text
    menu: tuple[MenuEntry, ...] = ()
    permissions: tuple[tuple[str, Text], ...] = ()
    audit_words: tuple[tuple[str, Text], ...] = ()
    audit_verbs: tuple[tuple[str, Text], ...] = ()
    personal_data: tuple[PersonalData, ...] = ()
    home_cards: tuple[Callable[[Any], Iterable[HomeCard]], ...] = ()
    verbatim_actions: tuple[VerbatimAction, ...] = ()
    selection_actions: tuple[SelectionAction, ...] = ()
    schedules: tuple[Schedule, ...] = ()
    setup: tuple[Callable[..., str], ...] = ()
    rebuild: tuple[Callable[[], Any], ...] = ()
    transient_media: tuple[str, ...] = ()
    derived_models: tuple[str, ...] = ()


MANIFESTS: Registry[Manifest] = Registry("manifests", of=Manifest, group="ecoute.manifests")


def load_manifests() -> None:
    """Registers core's own, the ``MANIFEST`` of every other installed room, then those of entry points."""
    for config in apps.get_app_configs():
        module = "ecoute.core.housekeeping" if config.name == "ecoute.core" else f"{config.name}.manifest"
        if config.name.startswith("ecoute.") and find_spec(module):
            found = getattr(import_module(module), "MANIFEST", None)
            if not isinstance(found, Manifest):
                raise RegistryError(f"{module} must have a constant MANIFEST, of type core.manifest.Manifest")
            MANIFESTS.register(found.slug, found)
    MANIFESTS.load_entry_points()


def menu_entries() -> Iterator[MenuEntry]:
    """All menu entries, by group then order."""
    entries = [entry for manifest in MANIFESTS for entry in manifest.menu]
    yield from sorted(entries, key=lambda entry: (GROUPS.index(entry.group), entry.order))


def verbatim_actions() -> list[VerbatimAction]:
    """All next steps offered on a verbatim, by order."""
    return sorted((a for manifest in MANIFESTS for a in manifest.verbatim_actions), key=lambda action: action.order)


def selection_actions() -> list[SelectionAction]:
    """All next steps offered on the verbatims that filters describe, by order."""
    found = (action for manifest in MANIFESTS for action in manifest.selection_actions)
    return sorted(found, key=lambda action: action.order)


def transient_media() -> frozenset[str]:
    """The folders of private files that no backup holds."""
    return frozenset(folder for manifest in MANIFESTS for folder in manifest.transient_media)


def derived_models() -> frozenset[str]:
    """The tables that no backup holds, for they follow from others."""
    return frozenset(label for manifest in MANIFESTS for label in manifest.derived_models)


def schedules() -> list[Schedule]:
    """All schedules declared."""
    return [schedule for manifest in MANIFESTS for schedule in manifest.schedules]
