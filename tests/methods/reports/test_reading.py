from datetime import date

import pytest

from ecoute.methods.reports import NoTextError, UnknownColumnError, read_file

pytestmark = pytest.mark.unit

TABLE = (
    "Date;Agence;Votre avis;Note /5\n"
    "03/03/2025;Nord;Personne ne répond au téléphone depuis lundi;1\n"
    "14/03/2025;Sud;Accueil aimable et dossier réglé, merci;5\n"
    "15/03/2025;Sud;;4\n"
    "31/02/2025;Nord;Encore une semaine sans nouvelle de mon dossier;2\n"
)


@pytest.fixture
def written(tmp_path):
    path = tmp_path / "avis.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def test_rows_become_entries_and_what_cannot_be_used_is_set_aside(written):
    reading = read_file(written)

    assert [(e.line, e.service, e.satisfaction, e.said_on) for e in reading.entries] == [
        (2, "Nord", "negative", date(2025, 3, 3)),
        (3, "Sud", "positive", date(2025, 3, 14)),
    ]
    assert [(row.line, row.reason) for row in reading.set_aside] == [(4, "empty_text"), (5, "impossible_date")]
    assert reading.source.rows == 4


def test_the_source_says_which_columns_were_used(written):
    source = read_file(written).source

    assert source.name == "avis.csv"
    assert source.columns["text"] == "Votre avis"
    assert source.columns["satisfaction"] == "Note /5"


def test_a_column_may_be_chosen(written):
    reading = read_file(written, chosen={"text": "Agence"})

    assert {e.text for e in reading.entries} == {"Nord", "Sud"}
    assert reading.source.columns["text"] == "Agence"


def test_a_column_that_does_not_exist_is_refused_with_those_that_do(written):
    with pytest.raises(UnknownColumnError) as problem:
        read_file(written, chosen={"text": "Avis"})

    assert problem.value.columns == ["Date", "Agence", "Votre avis", "Note /5"]


def test_a_file_without_sentences_is_refused(tmp_path):
    path = tmp_path / "chiffres.csv"
    path.write_text("a;b\n1;2\n3;4\n", encoding="utf-8")

    with pytest.raises(NoTextError):
        read_file(path)


def test_progress_ends_at_the_end(written):
    told = []

    read_file(written, progress=lambda *step: told.append(step))

    assert told[-1][0] == "reading"
    assert told[-1][1] == told[-1][2]
