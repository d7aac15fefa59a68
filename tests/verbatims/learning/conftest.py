"""A tiny codebook of two themes, and verbatims that speak of them in words its cues do not know."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ecoute.directory.enums import Role
from ecoute.verbatims.models import Codebook, Theme, Verbatim
from tests.factories.people import make_user
from tests.factories.verbatims import Idea, make_codebook, make_service, make_theme, make_verbatim

LAUNDRY = [
    "Le linge revenait taché de la blanchisserie.",
    "Les draps de la chambre n'étaient jamais changés.",
    "La blouse fournie sentait le moisi.",
    "Des serviettes propres chaque matin, merci.",
    "Ma couverture était trouée et sale.",
    "Le drap housse avait encore les taches du patient précédent.",
    "On m'a donné un pyjama déchiré.",
    "Les taies d'oreiller grattent et sentent mauvais.",
]
PARKING = [
    "Impossible de trouver une place pour la voiture.",
    "Le parking est payant et toujours complet.",
    "Le stationnement coûte dix euros par jour.",
    "J'ai tourné une heure avant de me garer.",
    "La barrière du parking était en panne.",
    "Les places réservées aux visiteurs sont occupées.",
    "Un grand parc de stationnement gratuit, c'est appréciable.",
    "Nous avons dû laisser la voiture à un kilomètre.",
]


@pytest.fixture
def codebook() -> Codebook:
    return make_codebook()


@pytest.fixture
def laundry(codebook: Codebook) -> Theme:
    return make_theme("linge", cues=["linge", "blanchisserie"], examples_fr=LAUNDRY[:2])


@pytest.fixture
def parking(codebook: Codebook) -> Theme:
    return make_theme("stationnement", cues=["parking", "stationnement"], examples_fr=PARKING[:2])


@pytest.fixture
def service():
    return make_service("Hôpital")


@pytest.fixture
def officer():
    return make_user(Role.QUALITY_OFFICER)


@pytest.fixture
def said(service) -> Callable[..., Verbatim]:
    """A verbatim of one passage, analysed, without any code."""

    def make(text: str, **fields) -> Verbatim:
        return make_verbatim(text, services=[service], ideas=[Idea()], **fields)

    return make
