"""The home page: what came in, what awaits the reader, where they were."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from ecoute.core.manifest import MANIFESTS, HomeCard
from ecoute.directory.facade import Permission, can, scope_of
from ecoute.portal.navigation import address_of
from ecoute.portal.queries.received import Received, received_from
from ecoute.verbatims.facade import ImportLine, ViewLine, corpus_of, recent_imports, views_for

SHOWN_VIEWS, SHOWN_IMPORTS = 6, 5


@dataclass(frozen=True, slots=True)
class Shortcut:
    """A page one often goes to from here."""

    label: str
    href: str
    icon: str
    primary: bool = False


@dataclass(frozen=True, slots=True)
class Home:
    """What the home page shows to one reader. ``received`` is None when there is nothing to read yet."""

    received: Received | None
    cards: tuple[HomeCard, ...]
    views: tuple[ViewLine, ...]
    imports: tuple[ImportLine, ...]
    shortcuts: tuple[Shortcut, ...]
    may_read: bool
    import_href: str
    imports_href: str


def home_of(request: HttpRequest) -> Home:
    """Everything the home page shows to the reader of ``request``."""
    scope = scope_of(request.user, Permission.READ)
    importing = scope_of(request.user, Permission.IMPORT)
    may_import = not importing.is_empty
    corpus = None if scope.is_empty else corpus_of(scope)
    return Home(
        received=received_from(corpus, timezone.localdate()) if corpus else None,
        cards=cards_for(request),
        views=tuple(views_for(request.user, corpus)[:SHOWN_VIEWS]) if corpus else (),
        imports=recent_imports(request.user, importing, limit=SHOWN_IMPORTS) if may_import else (),
        shortcuts=shortcuts_for(request),
        may_read=not scope.is_empty,
        import_href=address_of("verbatims:import_new") if may_import else "",
        imports_href=address_of("verbatims:imports") if may_import else "",
    )


def cards_for(request: HttpRequest) -> tuple[HomeCard, ...]:
    """What the rooms say awaits this reader, by order."""
    found = [card for manifest in MANIFESTS for cards in manifest.home_cards for card in cards(request)]
    return tuple(sorted(found, key=lambda card: card.order))


def shortcuts_for(request: HttpRequest) -> tuple[Shortcut, ...]:
    """The two things a person with these rights does first."""
    wanted = [
        (_("Importer un fichier"), "verbatims:import_new", "upload", Permission.IMPORT),
        (_("Lire les verbatims"), "verbatims:explorer", "message-square-text", Permission.READ),
        (_("Tableau de bord"), "indicators:dashboard", "chart-line", Permission.READ),
    ]
    found = [
        Shortcut(label, address_of(name), icon, primary=permission == Permission.IMPORT)
        for label, name, icon, permission in wanted
        if address_of(name) and can(request.user, permission)
    ]
    return tuple(found[:2])
