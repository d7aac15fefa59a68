"""Two branches, a few verbatims, and people of each role."""

from types import SimpleNamespace

import pytest

from tests.factories.people import make_user
from tests.factories.verbatims import Idea, make_service, make_theme, make_verbatim


@pytest.fixture
def world(db):
    taxes, customs = make_service("Impôts"), make_service("Douane")
    make_theme("reactivite", label_fr="Réactivité", label_en="Responsiveness")
    waiting = make_theme("attente", make_theme("reactivite"), label_fr="Attente", label_en="Waiting")
    complaint = make_verbatim(
        "J'ai attendu deux heures au guichet.",
        title="Attente",
        services=[taxes],
        channel="counter",
        satisfaction="negative",
        ideas=[Idea(["attente"], "irritant", "negative", text="attendu deux heures")],
    )
    praise = make_verbatim(
        "Accueil rapide, merci.",
        title="Bravo",
        services=[taxes],
        channel="phone",
        ideas=[Idea(["attente"], "praise", "positive")],
    )
    foreign = make_verbatim("=cmd|' /C calc'!A0", title="Colis", services=[customs], channel="web")
    return SimpleNamespace(
        taxes=taxes, customs=customs, waiting=waiting, complaint=complaint, praise=praise, foreign=foreign
    )


@pytest.fixture
def sign_in(client, settings):
    def sign(user):
        client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
        return client

    return sign


@pytest.fixture
def officer(world, sign_in):
    """A quality officer of the whole, signed in."""
    user = make_user("quality_officer")
    client = sign_in(user)
    client.user = user
    return client
