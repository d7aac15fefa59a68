# ruff: noqa: E501 – lines of files are kept whole
"""Columns guessed, dates, satisfaction, records: on files that nobody planned for and on real ones."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecoute.methods.tables import Field, Mapping, Record, RecordReader, Reject, guess_columns, open_table, recognise
from ecoute.methods.tables.dates import DateReader, UnusableDateError
from ecoute.methods.tables.satisfaction import Scale
from ecoute.methods.tables.vocabulary import read_channel, read_speaker

pytestmark = pytest.mark.unit
TODAY = date(2026, 11, 22)

SPP_2025 = (
    "ID expérience;Etat expérience;Date de publication;Titre;Description;Posté comme;Ressenti usager;Pseudonyme usager;"
    "Écrit le;Démarches saisies par usager;Intitulé département usager;Intitulé typologie 1;Intitulé typologie 2;"
    "Intitulé typologie 3;Canaux Typologie 1;Canaux Typologie 2;Canaux Typologie 3;Intitulé structure 1;"
    "Intitulé structure 2;Intitulé structure 3;Statut réponse structure 1;Statut réponse structure 2;"
    "Statut réponse structure 3;Réponse structure 1;Réponse structure 2;Réponse structure 3;"
    "Taux de similarité réponse IA structure 1;Taux de similarité réponse IA structure 2;"
    "Taux de similarité réponse IA structure 3;Accessibilité;Information/Explication;Relation;Réactivité;"
    "Simplicité/Complexité;Expériences Similaires;Amélioration de service à considérer"
)


def write(tmp_path: Path, content: str, name: str = "f.csv", encoding: str = "utf-8") -> Path:
    path = tmp_path / name
    path.write_bytes(content.encode(encoding))
    return path


def records_of(path: Path, mapping: Mapping | None = None) -> list[Record | Reject]:
    table = open_table(path)
    return list(RecordReader(table, mapping or guess_columns(table), today=TODAY).records())


def test_the_official_export_of_2025_needs_no_mapping(tmp_path: Path) -> None:
    row = (
        "{id};Traitée;02/01/2025;Carte grise;J'attends ma carte grise\ndepuis trois mois.;La personne concernée;Négatif;"
        "Léa75;28/12/2024;Refaire sa carte;Paris;ANTS;;;Démarche en ligne,Téléphone;;;France Titres;Préfecture de police;;"
        "Publiée;;;Bonjour, votre demande est traitée.;;;;;;Négatif;;;Négatif;;;"
    )
    content = SPP_2025 + "\r\n" + "\r\n".join(row.format(id=4000000 + n) for n in range(20)) + "\r\n"
    path = write(tmp_path, content, encoding="cp1252")
    assert recognise(open_table(path)) == "services-publics-plus-2025"
    records = records_of(path)
    assert len(records) == 20
    first = records[0]
    assert isinstance(first, Record)
    assert (first.external_id, first.title, first.text) == (
        "4000000", "Carte grise", "J'attends ma carte grise\ndepuis trois mois.",
    )  # fmt: skip
    assert (first.said_on, first.received_on) == (date(2024, 12, 28), date(2025, 1, 2))
    assert (first.satisfaction, first.satisfaction_given) == ("negative", "Négatif")
    assert (first.channel, first.speaker, first.departement) == ("web", "usager", "Paris")
    assert first.services == ("France Titres", "Préfecture de police")
    assert [(r.text, r.status, r.service) for r in first.replies] == [
        ("Bonjour, votre demande est traitée.", "Publiée", "France Titres")
    ]
    assert first.personal == {"Pseudonyme usager": "Léa75"}
    assert first.extra["Accessibilité"] == "Négatif"


def test_the_export_of_2023_is_told_from_that_of_2025(tmp_path: Path) -> None:
    header = (
        "ID expérience;Date;Titre;Description;Posté comme;Ressenti usager;Pseudonyme usager;Écrit le;Intitulé département;"
        "Région;Pays;Typologie 1;Canaux 1;Structure 1;Structure 2;Tags métier;Accessibilité;État"
    )
    line = "12;03/02/2023;Accueil;Très bon accueil;Un proche;Positif;Jo;01/02/2023;Nord;Hauts-de-France;France;CAF;Accueil;CAF du Nord;;;Positif;Traitée"
    path = write(tmp_path, f"{header}\n{line}\n", encoding="cp1252")
    assert recognise(open_table(path)) == "services-publics-plus-2023"
    (record,) = records_of(path)
    assert isinstance(record, Record)
    assert (record.said_on, record.received_on) == (date(2023, 2, 1), date(2023, 2, 3))
    assert (record.speaker, record.channel, record.services) == ("relative", "counter", ("CAF du Nord",))
    assert record.region == "Hauts-de-France"


def test_the_jdma_export_is_recognised(tmp_path: Path) -> None:
    content = (
        "Date de l'avis,Nom du formulaire,Lien d'intégration,Identifiant Avis,"
        "\"De façon générale, comment ça s'est passé ?\",Qu'avez-vous pensé des informations et des instructions fournies ?,"
        "Souhaitez-vous nous en dire plus ?,Adresse mail\n"
        "2026-03-02 14:05:11,Carte grise,Bouton,881,Très bien,5,Rapide et clair,a@b.fr\n"
        "2026-03-02 15:00:00,Carte grise,Bouton,882,Pas bien,1,,\n"
        "2026-03-03 09:00:00,Carte grise,Bouton,883,Moyen,3,Long,\n"
    )
    path = write(tmp_path, content)
    assert recognise(open_table(path)) == "jdma"
    first, empty, third = records_of(path)
    assert isinstance(first, Record)
    assert (first.external_id, first.satisfaction, first.services) == ("881", "positive", ("Carte grise",))
    assert first.personal == {"Adresse mail": "a@b.fr"}
    assert isinstance(empty, Reject)
    assert empty.reason == "empty_text"
    assert isinstance(third, Record)
    assert third.satisfaction == "neutral"


def test_a_survey_nobody_planned_for(tmp_path: Path) -> None:
    header = "Horodateur,Avez-vous été satisfait ? (0 à 10),Qu'avez-vous apprécié ?,Que devons-nous améliorer ?,Votre e-mail,Agence\n"
    lines = "".join(
        f"{n % 28 + 1:02}/03/2024 10:0{n % 10}:00,{n % 11},L'accueil du guichet numéro {n} était chaleureux,"
        f"{'Les horaires du samedi ' + str(n) + ' sont trop courts' if n % 2 else ''},p{n}@exemple.fr,{'Nord' if n % 2 else 'Sud'}\n"
        for n in range(40)
    )
    path = write(tmp_path, header + lines)
    mapping = guess_columns(open_table(path))
    assert mapping.columns(Field.TEXT) == ("Qu'avez-vous apprécié ?", "Que devons-nous améliorer ?")
    assert mapping.columns(Field.DATE) == ("Horodateur",)
    assert mapping.columns(Field.SATISFACTION) == ("Avez-vous été satisfait ? (0 à 10)",)
    assert mapping.columns(Field.AUTHOR) == ("Votre e-mail",)
    assert mapping.columns(Field.SERVICE) == ("Agence",)
    records = [record for record in records_of(path) if isinstance(record, Record)]
    assert len(records) == 60
    assert {record.title for record in records} == set(mapping.columns(Field.TEXT))


def test_a_column_of_addresses_is_personal_whatever_its_name(tmp_path: Path) -> None:
    lines = "".join(f"{n},p{n}@exemple.fr,J'ai attendu longtemps au guichet {n} sans réponse\n" for n in range(20))
    path = write(tmp_path, "rang,zone 4,zone 7\n" + lines)
    mapping = guess_columns(open_table(path))
    assert mapping.field_of("zone 4") is Field.AUTHOR
    assert mapping.field_of("zone 7") is Field.TEXT
    record = records_of(path)[0]
    assert isinstance(record, Record)
    assert "p0@exemple.fr" not in str(record.extra)


def test_long_or_personal_cells_never_stay_in_clear(tmp_path: Path) -> None:
    long = "x" * 300
    path = write(
        tmp_path,
        f"texte;note interne;suite\nBonjour à tous;appeler le 06 12 34 56 78;{long}\nAutre avis donné;rien;court\n",
    )
    first, second = records_of(path, Mapping({Field.TEXT: ("texte",)}))
    assert isinstance(first, Record)
    assert isinstance(second, Record)
    assert first.extra == {}
    assert set(first.personal) == {"note interne", "suite"}
    assert second.extra == {"note interne": "rien", "suite": "court"}


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2022-10-06T15:07", date(2022, 10, 6)), ("2017-10-17T18:15:29+0200", date(2017, 10, 17)), ("06/10/2022", date(2022, 10, 6)),
        ("6.10.22", date(2022, 10, 6)), ("06-10-2022 15:07", date(2022, 10, 6)), ("6 octobre 2022", date(2022, 10, 6)),
        ("jeudi 1er décembre 2022 à 9h", date(2022, 12, 1)), ("Oct 6, 2022", date(2022, 10, 6)), ("October 6th, 2022", date(2022, 10, 6)),
        ("6 févr. 2022", date(2022, 2, 6)), ("août 2022", date(2022, 8, 1)), ("20221006", date(2022, 10, 6)),
        ("1665065220", date(2022, 10, 6)), ("1665065220000", date(2022, 10, 6)), ("10/17/2021", date(2021, 10, 17)),
    ],
)  # fmt: skip
def test_dates_as_people_and_machines_write_them(written: str, expected: date) -> None:
    assert DateReader.deduce([written]).read(written, today=TODAY) == expected


def test_the_order_of_day_and_month_is_the_columns() -> None:
    american = DateReader.deduce(["03/04/2022", "12/25/2022", "01/02/2022"])
    french = DateReader.deduce(["03/04/2022", "25/12/2022"])
    assert american.read("03/04/2022", today=TODAY) == date(2022, 3, 4)
    assert french.read("03/04/2022", today=TODAY) == date(2022, 4, 3)


def test_days_of_a_spreadsheet_count_only_in_a_column_of_them() -> None:
    assert DateReader.deduce(["44840", "44841"]).read("44840", today=TODAY) == date(2022, 10, 6)
    with pytest.raises(UnusableDateError, match="unreadable_date"):
        DateReader.deduce(["01/02/2022", "02/02/2022"]).read("44840", today=TODAY)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("31/02/2022", "impossible_date"),
        ("32/13/2022", "impossible_date"),
        ("01/01/2099", "future_date"),
        ("01/01/1970", "too_old_date"),
        ("hier", "unreadable_date"),
    ],
)
def test_dates_that_cannot_be_are_refused_with_the_reason(written: str, code: str) -> None:
    with pytest.raises(UnusableDateError) as caught:
        DateReader().read(written, today=TODAY)
    assert caught.value.code == code


@given(st.dates(min_value=date(1990, 1, 1), max_value=TODAY))
def test_every_day_written_in_french_is_read_back(day: date) -> None:
    months = [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ]
    for written in (f"{day:%d/%m/%Y}", f"{day.day} {months[day.month - 1]} {day.year}", day.isoformat()):
        assert DateReader().read(written, today=TODAY) == day


@pytest.mark.parametrize(
    ("column", "given_mark", "expected"),
    [
        (["1", "3", "5"], "1", "negative"), (["1", "3", "5"], "3", "neutral"), (["1", "3", "5"], "4", "positive"),
        (["0", "7", "10"], "4", "negative"), (["0", "7", "10"], "6", "neutral"), (["0", "7", "10"], "9", "positive"),
        (["4/5", "1/5"], "4/5", "positive"), (["★★★★☆"], "★★☆☆☆", "negative"), (["Très bien"], "Pas bien", "negative"),
        (["😡", "😐"], "😐", "neutral"), (["Ni bonne ni mauvaise"], "Ni bonne ni mauvaise", "neutral"), (["-1", "1"], "0", "neutral"),
        (["x"], "zork", ""), (["1", "7", "4"], "4", "neutral"),
    ],
)  # fmt: skip
def test_satisfaction_on_the_scale_of_its_column(column: list[str], given_mark: str, expected: str) -> None:
    assert Scale.deduce(column).read(given_mark) == expected


def test_the_english_family_test_puts_its_best_answer_first() -> None:
    assert Scale.deduce(["1", "2", "5"], name="FFT categorical answer").read("1") == "positive"


def test_channels_and_speakers() -> None:
    assert read_channel("Téléphone|Accueil") == "phone"
    assert read_channel("Compte ou espace personnel") == "account"
    assert read_channel("pigeon") == ""
    assert read_speaker("Un proche de la personne") == "relative"


def test_a_mapping_survives_json_and_moves_columns() -> None:
    mapping = Mapping({Field.TEXT: ("a",), Field.DATE: ("b",), Field.EXTRA: ("c",)}).with_column("c", Field.DATE)
    assert Mapping.from_json(mapping.to_json()).fields == mapping.fields
    assert mapping.columns(Field.DATE) == ("c",)
    assert mapping.field_of("b") is Field.EXTRA


@pytest.mark.parametrize(
    ("name", "shape", "kept", "refused"),
    [
        ("services_publics_plus.csv", "services-publics-plus-sample", 828, 0),
        ("services_publics_plus_long_with_replies.jsonl", "services-publics-plus-replies", 192, 0),
        ("nhs_patient_feedback.csv", None, 6194, 1714),
        ("vrai_debat_titles.csv.gz", None, 11_987, 3),
        ("republique_numerique/arguments.jsonl.gz", None, 3_994, 0),
        ("republique_numerique/opinions.jsonl.gz", None, 696, 0),
    ],
)
def test_real_files_are_read_without_help(
    real_data: Path, name: str, shape: str | None, kept: int, refused: int
) -> None:
    path = real_data / name
    assert recognise(open_table(path)) == shape
    records = records_of(path)
    assert sum(isinstance(record, Record) for record in records) == kept
    assert sum(isinstance(record, Reject) for record in records) == refused


def test_the_feeling_of_the_real_sample_is_read(real_data: Path) -> None:
    records = records_of(real_data / "services_publics_plus.csv")
    told = [record.satisfaction for record in records if isinstance(record, Record)]
    assert (told.count("negative"), told.count("neutral"), told.count("positive")) == (281, 278, 269)


LIKED = ["Rien", "La médiathèque, magnifique, et ses animations gratuites pour les enfants", "Le parc rénové, enfin frais en été",
         "La gentillesse de l'agent d'accueil qui a pris le temps de tout m'expliquer, même les formulaires compliqués"]  # fmt: skip


def test_answers_repeated_by_many_are_still_words(tmp_path: Path) -> None:
    lines = "".join(
        f"R{n:03};1{n % 10}/05/2023;{LIKED[n % 4]};Plus de places près de l'hôtel de ville, le lot {n}\n"
        for n in range(60)
    )
    path = write(tmp_path, f"code;date de réponse;Qu'est-ce qui vous a plu ?;À améliorer\n{lines}")

    mapping = guess_columns(open_table(path))

    assert mapping.columns(Field.TEXT) == ("Qu'est-ce qui vous a plu ?", "À améliorer")
    assert mapping.columns(Field.DATE) == ("date de réponse",)
    assert {guess.reason for guess in mapping.guesses} == {"other", "word", "content"}


def test_prose_is_taken_beside_a_named_text_and_doubtful_prose_is_told(tmp_path: Path) -> None:
    lines = "".join(
        f"Attente trop longue au guichet {n};Il faudrait ouvrir plus tôt le samedi matin, vers {n} heures;{LIKED[n % 4]}{'.' * (n % 2)}\n"
        for n in range(40)
    )
    guesses = guess_columns(open_table(write(tmp_path, f"commentaire;suite;motif\n{lines}"))).guesses
    assert [(guess.field, guess.reason) for guess in guesses] == [
        (Field.TEXT, "name"), (Field.TEXT, "content"), (Field.EXTRA, "unsure"),
    ]  # fmt: skip


def test_a_date_of_reply_stays_one_where_there_are_replies(tmp_path: Path) -> None:
    lines = "".join(
        f"Attente trop longue au guichet {n};Bonjour, nous avons lu votre avis {n};02/03/2024\n" for n in range(9)
    )
    mapping = guess_columns(open_table(write(tmp_path, f"texte;réponse apportée;date de réponse\n{lines}")))
    assert mapping.columns(Field.REPLY_DATE) == ("date de réponse",)


def test_a_nested_name_is_told_by_the_part_that_says_something(tmp_path: Path) -> None:
    lines = "".join(
        f'{{"meta": {{"service": {{"nom": "Mairie {n % 3}"}}}}, "user": {{"name": "Léa {n}"}}, "texte": "Attente longue {n}"}}\n'
        for n in range(20)
    )
    mapping = guess_columns(open_table(write(tmp_path, lines, "f.jsonl")))
    assert mapping.field_of("meta.service.nom") is Field.SERVICE
    assert mapping.field_of("user.name") is Field.AUTHOR


@pytest.mark.parametrize("name", ["Mairie annexe", "Agence", "Guichet", "Site", "Centre", "Bureau", "Établissement"])
def test_a_place_that_receives_people_is_offered_as_the_service(tmp_path: Path, name: str) -> None:
    lines = "".join(f"{'Gare' if n % 3 else 'Les Lilas'};Attente trop longue au guichet {n}\n" for n in range(20))
    guess = guess_columns(open_table(write(tmp_path, f"{name};texte\n{lines}"))).guesses[0]
    assert (guess.field, guess.reason) == (Field.SERVICE, "word")
