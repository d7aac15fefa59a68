"""The rail and its check at start."""

import pytest

from ecoute.core.manifest import MANIFESTS, Manifest, MenuEntry
from ecoute.portal.checks import menu_entries_lead_somewhere
from ecoute.portal.navigation import _nearest

pytestmark = pytest.mark.unit


def test_every_menu_entry_of_the_house_leads_somewhere():
    assert menu_entries_lead_somewhere() == []


def test_an_entry_that_leads_nowhere_is_named():
    entry = MenuEntry(label="Perdu", url_name="essai:nulle_part", icon="x", group="converser", permission="essai.rien")
    MANIFESTS.register("essai", Manifest(slug="essai", name="Essai", menu=(entry,)))
    try:
        faults = menu_entries_lead_somewhere()
    finally:
        MANIFESTS.remove("essai")

    assert [fault.id for fault in faults] == ["portal.E001", "portal.E002"]
    assert "Perdu" in faults[0].msg


@pytest.mark.parametrize(
    ("path", "here"),
    [("/imports/3/colonnes/", "/imports/"), ("/imports/", "/imports/"), ("/themes/attente/", "/themes/"), ("/", "")],
)
def test_a_page_belongs_to_the_entry_above_it(path, here):
    assert _nearest(path, ["/imports/", "/themes/", ""]) == here
