"""A menu entry that leads nowhere, or asks for a right nobody has heard of, stops the start with its name."""

from collections.abc import Iterator
from typing import Any

from django.core.checks import CheckMessage, Error, register

from ecoute.core.manifest import MenuEntry, menu_entries
from ecoute.directory.facade import Permission
from ecoute.portal.navigation import address_of


@register
def menu_entries_lead_somewhere(**_given: Any) -> list[CheckMessage]:
    """One error for each fault of each menu entry (``portal.E001`` no such page, ``portal.E002`` no such right)."""
    return [fault for entry in menu_entries() for fault in _faults(entry)]


def _faults(entry: MenuEntry) -> Iterator[CheckMessage]:
    if not address_of(entry.url_name):
        yield Error(f"menu entry « {entry.label} »: no page is called {entry.url_name}", id="portal.E001")
    if entry.permission and entry.permission not in Permission.values:
        yield Error(f"menu entry « {entry.label} »: no right is called {entry.permission}", id="portal.E002")
