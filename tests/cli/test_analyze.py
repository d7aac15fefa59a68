"""The command on real files, with the real pipeline, as a person would type it."""

import json

import pytest
from click.testing import CliRunner

from ecoute.cli import main

pytestmark = pytest.mark.unit

SAID = (
    "Personne ne répond au téléphone depuis trois semaines, c'est insupportable.",
    "Accueil très aimable au guichet, l'agent a tout réglé, merci beaucoup !",
    "Le site internet plante à chaque fois que je veux payer en ligne.",
    "Il faudrait ouvrir le samedi matin pour ceux qui travaillent.",
    "Mon dossier est le {n}, écrivez-moi à jean.dupont{n}@exemple.fr ou au 06 12 34 56 78.",
)


@pytest.fixture
def survey(tmp_path):
    path = tmp_path / "enquête 2025.csv"
    rows = [f"{1 + i % 28:02d}/{1 + i % 12:02d}/2025;Agence {i % 2};{SAID[i % 5].format(n=i)}" for i in range(60)]
    path.write_text("\n".join(["Date;Agence;Commentaire", *rows, "01/01/2025;Agence 0;"]), encoding="utf-8")
    return path


def run(*arguments):
    return CliRunner().invoke(main, ["analyze", *map(str, arguments)])


def test_a_report_and_its_figures_are_written(survey, tmp_path):
    out, figures = tmp_path / "r.html", tmp_path / "r.json"

    result = run(survey, "--out", out, "--json", figures)

    found = json.loads(figures.read_text("utf-8"))
    html = out.read_text("utf-8")
    assert result.exit_code == 0
    assert "60 verbatims analysés (1 ligne écartée sur 61)" in result.stdout
    assert found["analysed"] == 60
    assert found["source"]["set_aside"] == {"empty_text": 1}
    assert found["polarity"]["base"] == 60
    assert found["themes"]
    assert html.startswith("<!doctype html>")
    assert len(html) < 1_000_000


def test_personal_data_never_reach_the_report(survey, tmp_path):
    out, figures = tmp_path / "r.html", tmp_path / "r.json"

    result = run(survey, "--out", out, "--json", figures)

    written = out.read_text("utf-8") + figures.read_text("utf-8") + result.output
    assert "jean.dupont" not in written
    assert "06 12 34 56 78" not in written
    assert json.loads(figures.read_text("utf-8"))["masked"]["email"] == 12


def test_without_a_name_the_report_stands_beside_the_file(survey):
    result = run(survey)

    assert result.exit_code == 0
    assert survey.with_name("enquête 2025-ecoute.html").exists()


def test_the_same_in_english(survey, tmp_path):
    out = tmp_path / "r.html"

    result = run(survey, "--lang", "en", "--out", out)

    assert "60 comments analysed (1 row of 61 set aside)" in result.stdout
    assert '<html lang="en">' in out.read_text("utf-8")


def test_the_same_file_gives_the_same_figures(survey, tmp_path):
    one, two = tmp_path / "1.json", tmp_path / "2.json"

    run(survey, "--out", tmp_path / "r.html", "--json", one)
    run(survey, "--out", tmp_path / "r.html", "--json", two)

    assert one.read_text("utf-8") == two.read_text("utf-8")


@pytest.mark.parametrize(
    ("content", "arguments", "message"),
    [
        (b"", (), "il est vide"),
        (b"a;b\n1;2\n3;4\n", (), "--text-column"),
        (b"Avis\nTout va bien ici, merci\n", ("--text-column", "Texte"), "n\u2019a pas de colonne"),
        (b"Avis;Date\n;01/01/2025\n;02/01/2025\n", ("--text-column", "Avis"), "Aucun verbatim"),
    ],
)
def test_a_file_that_cannot_be_used_is_told_in_one_sentence(tmp_path, content, arguments, message):
    path = tmp_path / "f.csv"
    path.write_bytes(content)

    result = run(path, *arguments)

    assert result.exit_code == 1
    assert message in result.output
    assert "Traceback" not in result.output
    assert not path.with_name("f-ecoute.html").exists()


def test_a_file_that_is_not_there(tmp_path):
    assert run(tmp_path / "rien.csv").exit_code == 2


def test_the_file_analysed_is_never_written_over(survey):
    before = survey.read_bytes()

    result = run(survey, "--json", survey)

    assert result.exit_code == 1
    assert "ne peut pas remplacer" in result.output
    assert survey.read_bytes() == before


def test_a_folder_that_does_not_exist_is_refused_before_the_work(survey, tmp_path):
    result = run(survey, "--out", tmp_path / "nulle part" / "r.html")

    assert result.exit_code == 1
    assert "nulle part" in result.output
    assert "analyse des textes" not in result.output


def test_real_words(real_data, tmp_path):
    source = (real_data / "services_publics_plus.csv").read_text("utf-8").splitlines(keepends=True)
    sample = tmp_path / "sample.csv"
    sample.write_text("".join(source[:150]), encoding="utf-8")

    result = run(sample, "--out", tmp_path / "r.html", "--json", tmp_path / "r.json")

    found = json.loads((tmp_path / "r.json").read_text("utf-8"))
    assert result.exit_code == 0
    assert found["declared"]["base"] == found["analysed"]
    assert found["coded"]["share"] > 0.5
    assert len(found["timeline"]["periods"]) > 1
