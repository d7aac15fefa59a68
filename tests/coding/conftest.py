"""A small listening base, a codebook of four leaves, people, and a round drawn from it."""

from __future__ import annotations

import pytest
from django.utils import translation

from ecoute.coding.actions.draw import draw_round
from ecoute.coding.actions.reading import finish, save_reading
from ecoute.coding.models import RoundItem
from ecoute.coding.queries.frame import frame_of
from ecoute.verbatims.facade import Filters
from tests.factories.people import make_user
from tests.factories.verbatims import Idea, make_service, make_theme, make_verbatim


@pytest.fixture(autouse=True)
def _in_french():
    """A page asked for in English leaves its language behind in this thread."""
    with translation.override("fr"):
        yield


@pytest.fixture
def room(db):
    return Room()


class Room:
    """Twelve verbatims about taxes, four about customs; the machine finds « attente » in the first six."""

    def __init__(self) -> None:
        self.state = make_service("Ministère", kind="administration")
        self.taxes = make_service("Impôts", self.state)
        self.customs = make_service("Douanes", self.state)
        access = make_theme("acces", label_fr="Accès")
        self.wait = make_theme("attente", access, label_fr="Attente au guichet", definition_fr="Le temps passé.")
        self.phone = make_theme("telephone", access, label_fr="Téléphone injoignable")
        self.welcome = make_theme("accueil", label_fr="Accueil des personnes")
        self.clear = make_theme("clarte", label_fr="Clarté des courriers")
        self.verbatims = [
            make_verbatim(
                f"Verbatim {number} : deux heures de file.",
                services=[self.taxes if number < 12 else self.customs],
                ideas=[Idea(("attente",))] if number < 6 else [],
            )
            for number in range(16)
        ]
        self.manager = make_user("quality_officer", name="Maud Garance")
        self.anne = make_user("head", name="Anne Coder")
        self.bruno = make_user("head", name="Bruno Coder")

    def frame(self, **filters):
        return frame_of(self.manager, Filters(**filters))

    def draw(self, size=4, coders=None, **options):
        options = {"name": "Mai", "purpose": "measuring", "seed": 7, "frame": self.frame()} | options
        people = coders or (self.anne, self.bruno)
        return draw_round(
            size=size, coders=[coder.pk for coder in people], by=options.pop("by", self.manager), **options
        )

    def items(self, round_):
        return list(RoundItem.objects.filter(round=round_).select_related("round"))

    def say(self, coder, item, *themes, **options):
        return save_reading(item=item, themes=[theme.pk for theme in themes], by=coder, **options)

    def read(self, round_, coder, *answers):
        """One answer an item, in order: a theme, a tuple of themes, or None for none of them; then finishes."""
        for item, answer in zip(self.items(round_), answers, strict=True):
            themes = answer if isinstance(answer, tuple) else (answer,) if answer else ()
            self.say(coder, item, *themes)
        finish(round_=round_, by=coder)

    def both_read(self, round_):
        """Four items: alike, alike on none, then two differences."""
        self.read(round_, self.anne, self.wait, None, self.wait, (self.phone, self.clear))
        self.read(round_, self.bruno, self.wait, None, self.welcome, (self.phone,))


@pytest.fixture
def signed_in(client):
    """``signed_in(user)`` gives a client that is that user."""

    def sign_in(user):
        client.force_login(user)
        return client

    return sign_in
