"""A small listening base in which people ask for things."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pytest

from ecoute.core.jobs.meter import Meter
from ecoute.discovery.actions.grouping import group_expectations
from tests.factories.people import make_user
from tests.factories.verbatims import Idea, make_service, make_source, make_theme, make_verbatim

SATURDAY = (
    "Il faudrait ouvrir le guichet le samedi.",
    "Ce serait bien d'ouvrir le guichet le samedi matin.",
    "Pourquoi ne pas ouvrir le guichet le samedi ?",
    "J'aimerais que le guichet soit ouvert le samedi.",
)
PHONE = (
    "Impossible de joindre quelqu'un par téléphone.",
    "Il est impossible de joindre un agent par téléphone.",
    "Impossible de joindre le service par téléphone depuis un mois.",
)


class Silent:
    """A meter that shows nothing."""

    by = None

    def total(self, number: int) -> None: ...

    def advance(self, number: int = 1) -> None: ...

    def say(self, text: str) -> None: ...


class Base:
    """Town hall: four ask for Saturdays (one of them twice over the years). Prefecture: three cannot phone."""

    def __init__(self) -> None:
        self.town = make_service("Mairie")
        self.prefecture = make_service("Préfecture")
        self.source = make_source("avis", caveat="Échantillon équilibré.")
        make_theme("acces", label_fr="Accès")
        self.saturday = [self.say(self.town, text, "expectation", n) for n, text in enumerate(SATURDAY)]
        self.phone = [self.say(self.prefecture, text, "irritant", n) for n, text in enumerate(PHONE)]

    def say(self, service: Any, text: str, nature: str, number: int = 0, **fields: Any) -> Any:
        direction = np.zeros(512)
        direction[0 if nature == "expectation" else 1] = 1
        direction[2 + number % 400] = 0.3
        return make_verbatim(
            text,
            services=[service],
            ideas=[Idea(("acces",), nature, "negative")],
            said_on=fields.pop("said_on", date(2023, 1 + number % 12, 10)),
            source=self.source,
            satisfaction="negative",
            vector=direction / np.linalg.norm(direction),
            **fields,
        )

    def group(self) -> dict[str, int]:
        return group_expectations(meter())

    def officer(self) -> Any:
        return make_user("quality_officer")

    def agent(self, service: Any) -> Any:
        return make_user("agent", service)


def meter() -> Meter:
    return Silent()


@pytest.fixture
def base(db: Any) -> Base:
    return Base()


@pytest.fixture
def signed_in(client: Any) -> Any:
    """``signed_in(user)`` gives a client that is that user."""

    def sign_in(user: Any) -> Any:
        client.force_login(user)
        return client

    return sign_in
