"""A small listening base with known figures."""

from __future__ import annotations

from datetime import date

import pytest

from tests.factories.people import make_user
from tests.factories.verbatims import Idea, make_service, make_source, make_theme, make_verbatim


@pytest.fixture(autouse=True)
def _fresh_columns():
    from ecoute.verbatims.columns.store import STORE

    STORE.forget()
    yield
    STORE.forget()


@pytest.fixture
def base(db):
    """Forty verbatims: tax office (30: 12 wait, 6 praise; 20 satisfied), customs (10: 3 wait; none satisfied)."""
    return Base()


class Base:
    def __init__(self) -> None:
        self.state = make_service("Ministère", kind="administration")
        self.taxes = make_service("Impôts", self.state)
        self.customs = make_service("Douanes", self.state)
        self.source = make_source("avis", attribution="DITP, Licence Ouverte 2.0", caveat="Échantillon équilibré.")
        access = make_theme("acces", label_fr="Accès")
        make_theme("attente", access, label_fr="Attente", label_en="Waiting", definition_fr="Le temps passé.")
        make_theme("accueil", label_fr="Accueil des personnes")
        for number in range(30):
            self.say(self.taxes, number, wait=number < 12, praise=12 <= number < 18, happy=number < 20)
        for number in range(10):
            self.say(self.customs, number, wait=number < 3, praise=False, happy=False)

    def say(self, service, number, *, wait, praise, happy):
        ideas = [Idea(("attente",))] if wait else [Idea(("accueil",), "praise", "positive")] if praise else []
        return make_verbatim(
            f"Verbatim {service.name} {number}, deux heures de file.",
            services=[service],
            ideas=ideas,
            said_on=date(2022 + number % 2, 1 + number % 12, 10),
            source=self.source,
            channel="phone" if number % 2 else "web",
            satisfaction="positive" if happy else "negative",
        )

    def say_idea(self, service, idea):
        return make_verbatim(f"Verbatim {service.name}.", services=[service], ideas=[idea], source=self.source)

    def officer(self):
        return make_user("quality_officer")

    def agent(self, service):
        return make_user("agent", service)


@pytest.fixture
def signed_in(client):
    """``signed_in(user)`` gives a client that is that user."""

    def sign_in(user):
        client.force_login(user)
        return client

    return sign_in
