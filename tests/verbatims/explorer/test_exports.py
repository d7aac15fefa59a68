"""What is carried away: the rows found, masked, inert, with the note that says how to read them."""

import csv
import io
import zipfile

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from ecoute.core.models import AuditEntry
from tests.factories.people import make_user
from tests.factories.verbatims import make_verbatim

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def exported(client, query=""):
    return b"".join(client.get(f"{reverse('verbatims:export')}?{query}").streaming_content)


def csv_rows(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        text = archive.read("verbatims.csv").decode("utf-8-sig")
        note = archive.read("a-lire.txt").decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";")), note


def test_csv_holds_what_the_filters_find_and_its_note(officer, world):
    rows, note = csv_rows(exported(officer, "format=csv&nature=irritant"))

    assert [row["uid"] for row in rows] == [str(world.complaint.uid)]
    assert rows[0]["titre"] == "Attente"
    assert rows[0]["texte"] == "J'ai attendu deux heures au guichet."
    assert rows[0]["services"] == "Impôts"
    assert rows[0]["passages"] == "Irritant, Négatif : Attente"
    assert "Base : 1 verbatim\r\n" in note
    assert "Filtre : Nature : Irritant" in note
    assert "Colonne « uid »" in note


def test_no_cell_runs_as_a_formula(officer):
    rows, _ = csv_rows(exported(officer, "format=csv&canal=web"))

    assert rows[0]["texte"] == "'=cmd|' /C calc'!A0"


def test_ods_opens_with_its_note_first(officer, world):
    book = CalamineWorkbook.from_filelike(io.BytesIO(exported(officer, "format=ods")))

    assert book.sheet_names == ["À lire", "Verbatims"]
    rows = book.get_sheet_by_name("Verbatims").to_python()
    assert rows[0][:4] == ["uid", "date", "titre", "texte"]
    assert sorted(row[2] for row in rows[1:]) == ["Attente", "Bravo", "Colis"]


def test_many_rows_all_come(officer):
    for number in range(7):
        make_verbatim(f"Texte {number}")

    assert len(csv_rows(exported(officer, "format=csv"))[0]) == 10


def test_a_branch_carries_away_its_own_alone(world, sign_in):
    client = sign_in(make_user("head", world.customs))

    rows, note = csv_rows(exported(client, "format=csv"))

    assert [row["titre"] for row in rows] == ["Colis"]
    assert "Impôts" not in note


def test_every_export_is_recorded_without_what_was_typed(officer):
    exported(officer, "format=ods&nature=irritant&mots=Dupont")

    entry = AuditEntry.objects.get(verb="verbatims.exported")
    assert entry.detail == {"format": "ods", "verbatims": 0, "filters": "nature=irritant"}


def test_an_unknown_format_is_refused(officer):
    assert officer.get(f"{reverse('verbatims:export')}?format=exe").status_code == 400
