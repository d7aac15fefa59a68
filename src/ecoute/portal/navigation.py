"""The rail: what the manifests declare, kept to what the reader may use."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from ecoute.core.manifest import GROUPS, MenuEntry, menu_entries
from ecoute.directory.facade import Permission, can, can_everywhere
from ecoute.ui.components import MenuGroup, MenuItem


def context(request: HttpRequest) -> dict[str, Any]:
    """``nav`` (the groups of the rail) and ``account_links``, worked out only when a page shows them."""
    return {
        "nav": SimpleLazyObject(lambda: menu_of(request)),
        "account_links": SimpleLazyObject(lambda: account_links(request)),
    }


def group_labels() -> dict[str, str]:
    """The four C's of the quality mission, and the administration, in their order."""
    return {
        "converser": _("Converser"),
        "comprendre": _("Comprendre"),
        "collaborer": _("Collaborer"),
        "capitaliser": _("Capitaliser"),
        "administration": _("Administration"),
    }


def menu_of(request: HttpRequest) -> list[MenuGroup]:
    """Groups with at least one entry that the reader may use; nothing for a visitor who is not signed in."""
    if not request.user.is_authenticated:
        return []
    entries = [(entry, address_of(entry.url_name)) for entry in menu_entries() if _allowed(request.user, entry)]
    here = _nearest(request.path, [address for _entry, address in entries])
    items = {group: tuple(_items(group, entries, here)) for group in GROUPS}
    labels = group_labels()
    return [MenuGroup(group, labels[group], items[group]) for group in GROUPS if items[group]]


def _items(group: str, entries: list[tuple[MenuEntry, str]], here: str) -> Iterator[MenuItem]:
    for entry, address in entries:
        if entry.group == group and address:
            yield MenuItem(str(entry.label), address, entry.icon, current=address == here)


def _allowed(user: Any, entry: MenuEntry) -> bool:
    if not entry.permission:
        return True
    if entry.or_everywhere and can_everywhere(user, Permission(entry.or_everywhere)):
        return True
    check = can_everywhere if entry.everywhere else can
    return check(user, Permission(entry.permission))


def _nearest(path: str, addresses: list[str]) -> str:
    """The entry the page lies under: the longest address that begins its path."""
    return max((address for address in addresses if address and path.startswith(address)), key=len, default="")


def address_of(url_name: str) -> str:
    """The address of a page without arguments, or an empty string when no room has it."""
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""


def account_links(request: HttpRequest) -> list[MenuItem]:
    """What one may do with the own account."""
    if not request.user.is_authenticated:
        return []
    pages = [
        (_("Mon profil"), "directory:profile", "user"),
        (_("Changer de mot de passe"), "account_change_password", "key-round"),
        (_("Second facteur"), "mfa_index", "shield-check"),
    ]
    return [MenuItem(label, address_of(name), icon) for label, name, icon in pages if address_of(name)]
