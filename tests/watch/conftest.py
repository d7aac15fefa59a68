"""A year of words in which one theme of one service leaves its ordinary range in the last month."""

from __future__ import annotations

from datetime import date

import pytest

from tests.factories.people import make_user
from tests.factories.verbatims import Idea, make_service, make_source, make_theme, make_verbatim

MONTHS = 8
EACH = 36  # verbatims a month


class World:
    """Eight months of 36 verbatims on taxes: a sixth complain of waiting, two thirds in the last month."""

    def __init__(self) -> None:
        self.state = make_service("Ministère", kind="administration")
        self.taxes = make_service("Impôts", self.state)
        self.customs = make_service("Douanes", self.state)
        self.source = make_source("avis")
        make_theme("attente", label_fr="Attente")
        make_theme("accueil", label_fr="Accueil")
        for month in range(1, MONTHS + 1):
            for number in range(EACH):
                self.say(month, number, waits=number % 6 == 0 or (month == MONTHS and number % 3 != 2))

    def say(self, month, number, *, waits):
        ideas = [Idea(("attente",))] if waits else [Idea(("accueil",), "praise", "positive")]
        day = 31 if month == MONTHS and number == EACH - 1 else 1 + number % 28
        return make_verbatim(
            f"Mois {month}, verbatim {number}.",
            services=[self.taxes],
            ideas=ideas,
            said_on=date(2024, month, day),
            source=self.source,
        )

    def head(self):
        return make_user("head", self.taxes)

    def officer(self):
        return make_user("quality_officer")


@pytest.fixture
def world(db):
    return World()
