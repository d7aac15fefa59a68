"""The home page: what awaits the reader."""

from dataclasses import dataclass

from django.http import HttpRequest

from ecoute.core.manifest import MANIFESTS, HomeCard


@dataclass(frozen=True, slots=True)
class Home:
    """What the home page shows to one reader."""

    cards: tuple[HomeCard, ...]


def home_of(request: HttpRequest) -> Home:
    """Everything the home page shows to the reader of ``request``."""
    return Home(cards=cards_for(request))


def cards_for(request: HttpRequest) -> tuple[HomeCard, ...]:
    """What the rooms say awaits this reader, by order."""
    found = [card for manifest in MANIFESTS for cards in manifest.home_cards for card in cards(request)]
    return tuple(sorted(found, key=lambda card: card.order))
