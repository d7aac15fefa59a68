"""Places by code and by name."""

from __future__ import annotations

import pytest

from ecoute.directory.actions.places import load_places
from ecoute.directory.enums import PlaceLevel
from ecoute.directory.facade import find_place
from ecoute.directory.models import Place

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def departements():
    load_places([PlaceLevel.REGION, PlaceLevel.DEPARTEMENT])


def _code(**asked):
    pk = find_place(**asked)
    return Place.objects.values_list("level", "code").get(pk=pk) if pk else None


def test_all_places_load_once():
    first, second = load_places(), load_places()

    counts = {level: Place.objects.filter(level=level).count() for level in PlaceLevel}
    assert (first, second) == (sum(counts.values()), 0)
    assert counts == {
        PlaceLevel.COUNTRY: 235,
        PlaceLevel.REGION: 18,
        PlaceLevel.DEPARTEMENT: 109,
        PlaceLevel.COMMUNE: 35_014,
    }
    lyon = Place.objects.get(level=PlaceLevel.COMMUNE, code="69123")
    assert (lyon.name, lyon.parent.name, lyon.parent.parent.name) == ("Lyon", "Rhône", "Auvergne-Rhône-Alpes")
    assert _code(name="côte d’ivoire") == (PlaceLevel.COUNTRY, "CI")
    assert _code(code="1004") == (PlaceLevel.COMMUNE, "01004")
    assert _code(name="Saint-Denis", level=PlaceLevel.COMMUNE) is None  # several bear that name


def test_a_name_that_changed_is_put_right(departements):
    Place.objects.filter(level=PlaceLevel.DEPARTEMENT, code="22").update(name="Côtes-du-Nord", folded="cotes du nord")

    changed = load_places([PlaceLevel.REGION, PlaceLevel.DEPARTEMENT])

    assert changed == 1
    assert _code(name="Côtes-d'Armor") == (PlaceLevel.DEPARTEMENT, "22")


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"code": "35"}, (PlaceLevel.DEPARTEMENT, "35")),
        ({"code": "1"}, (PlaceLevel.DEPARTEMENT, "01")),
        ({"code": "2a"}, (PlaceLevel.DEPARTEMENT, "2A")),
        ({"code": "53", "level": PlaceLevel.REGION}, (PlaceLevel.REGION, "53")),
        ({"name": "ILLE ET VILAINE"}, (PlaceLevel.DEPARTEMENT, "35")),
        ({"name": "Ile-de-France"}, (PlaceLevel.REGION, "11")),
        ({"name": "Mayotte"}, (PlaceLevel.DEPARTEMENT, "976")),
        ({"code": "999", "name": "Rhône"}, (PlaceLevel.DEPARTEMENT, "69")),
        ({"name": "Atlantide"}, None),
        ({"name": "", "code": " "}, None),
    ],
)
def test_a_place_is_found_by_code_or_by_name(departements, asked, expected):
    assert _code(**asked) == expected
