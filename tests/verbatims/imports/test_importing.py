"""Once in, never twice; changed rows updated; everything put back by undoing."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError
from django.utils import timezone

from ecoute.core import files, vault
from ecoute.core.jobs import Refused
from ecoute.core.sheets import csv_lines
from ecoute.directory.facade import ensure_service, learn_alias
from ecoute.verbatims.actions import importing, undoing
from ecoute.verbatims.actions.import_chunks import ChunkWriter
from ecoute.verbatims.actions.raw_content import RawReply
from ecoute.verbatims.actions.receive import IncomingVerbatim, receive
from ecoute.verbatims.actions.resolving import ATTACH, REJECT
from ecoute.verbatims.actions.undoing import undo_import
from ecoute.verbatims.enums import ImportState
from ecoute.verbatims.models import ImportBatch, ImportChange, RawText, Verbatim, VerbatimService
from ecoute.verbatims.queries.imports import reject_rows
from tests.factories.people import make_user
from tests.verbatims.imports.conftest import ROWS, Silence

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

Write = Callable[..., Path]
BringIn = Callable[..., ImportBatch]


def counts(batch: ImportBatch) -> tuple[int, int, int, int]:
    return batch.created_count, batch.updated_count, batch.unchanged_count, batch.rejected_count


def words(external_id: str) -> dict[str, Any]:
    sealed = RawText.objects.get(verbatim__external_id=external_id).sealed
    return json.loads(vault.open(bytes(sealed)))  # type: ignore[no-any-return]


def picture() -> list[tuple[Any, ...]]:
    """Everything that a reader or the machine may see, to compare before and after."""
    rows = Verbatim.objects.filter(withdrawn_at=None).order_by("external_id", "fingerprint")
    return [
        (v.external_id, v.fingerprint, v.said_on, v.extra, sorted(v.services.values_list("id", flat=True)))
        for v in rows
    ]


def test_words_go_in_sealed_and_nothing_is_readable_before_masking(write: Write, bring_in: BringIn) -> None:
    batch = bring_in(write(ROWS))
    assert counts(batch) == (4, 0, 0, 0)
    verbatim = Verbatim.objects.get(external_id="1")
    assert (verbatim.title, verbatim.text, verbatim.masking_version, verbatim.analysed_at) == ("", "", 0, None)
    assert words("1")["text"] == "J'attends ma carte depuis trois mois"
    assert words("1")["author"] == {"email": "jeanne@exemple.fr"}
    assert verbatim.revision > 0
    stored = json.dumps(list(Verbatim.objects.values("extra", "title", "text", "fingerprint", "satisfaction_given")))
    assert "jeanne" not in stored
    assert "carte" not in stored


def test_other_columns_stay_in_clear_only_where_they_are_choices(write: Write, bring_in: BringIn) -> None:
    header = "id;date;texte;formule;durée;une remarque;suivi"
    rows = [
        "1;02/03/2024;J'attends ma carte depuis trois mois;Rapide;12;Mme Martin est formidable;rien",
        "2;03/03/2024;Très bon accueil au guichet, merci à tous;Longue;7;RAS;rien",
        "3;04/03/2024;Le site ne fonctionne pas du tout le soir;Rapide;30;RAS;06 12 34 56 78",
        "4;05/03/2024;Je ne comprends rien à votre lettre du mois dernier;Longue;5;Mon ex habite au 3;rien",
        "5;06/03/2024;Personne ne décroche jamais le téléphone;Rapide;5;;dossier AB123456",
        "6;07/03/2024;Personne ne décroche jamais le vendredi;Rapide;5;;rien",
    ]
    bring_in(write(rows, header))

    first = Verbatim.objects.get(external_id="1")
    assert first.extra["formule"] == "Rapide"
    assert first.extra["durée"] == "12"
    assert words("1")["extra"]["une remarque"] == "Mme Martin est formidable"
    assert words("5")["extra"]["suivi"] == "dossier AB123456"
    stored = json.dumps(list(Verbatim.objects.values_list("extra", flat=True)), ensure_ascii=False)
    for word in ("Martin", "ex habite", "06 12", "AB123456"):
        assert word not in stored
    assert counts(bring_in(write(rows, header))) == (0, 0, 6, 0)


def test_marks_and_statuses_that_are_words_are_sealed(db: None) -> None:
    source = importing.ensure_source("Essai")
    long = "J'ai trouvé la réponse de l'agent au guichet parfaitement déplacée et inutile"
    row = IncomingVerbatim(
        text="Merci.",
        external_id="1",
        satisfaction_given="Pas top, l'accueil du lundi",
        replies=(RawReply("Bonjour.", status="Publiée"), RawReply("Bonjour.", status=long)),
    )
    known = replace(row, external_id="2", satisfaction="negative", satisfaction_given="Pas du tout satisfait(e)")

    receive([row, known], source=source, by=None)

    assert Verbatim.objects.get(external_id="1").satisfaction_given == ""
    assert Verbatim.objects.get(external_id="2").satisfaction_given == "Pas du tout satisfait(e)"
    assert [reply["status"] for reply in words("1")["replies"]] == ["Publiée", ""]
    assert words("1")["extra"] == {":satisfaction": "Pas top, l'accueil du lundi", ":reply_status_2": long}
    Verbatim.objects.update(analysed_at=timezone.now())
    receive([replace(row, said_on=date(2024, 3, 2))], source=source, by=None)
    assert Verbatim.objects.get(external_id="1").analysed_at is not None


def test_no_nul_character_is_stored_for_postgresql_refuses_it(db: None) -> None:
    row = IncomingVerbatim(
        text="Mer\0ci",
        title="Un\0",
        external_id="7\0",
        language="f\0r",
        satisfaction_given="4/\x005",
        replies=(RawReply("Bon\0jour", status="Publ\0iée"),),
        author={"e\0": "a\0"},
        extra={"choix\0": "o\0ui"},
        open_columns=frozenset({"choix"}),
    )

    receive([row], source=importing.ensure_source("Essai"), by=None)

    verbatim = Verbatim.objects.get(external_id="7")
    assert (verbatim.language, verbatim.satisfaction_given, verbatim.extra) == ("fr", "4/5", {"choix": "oui"})
    assert (words("7")["text"], words("7")["title"]) == ("Merci", "Un")
    assert "\\u0000" not in json.dumps(words("7"))
    assert receive([row], source=verbatim.source, by=None).unchanged == 1


def test_the_file_in_clear_is_gone_once_its_words_are_in(
    write: Write, bring_in: BringIn, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        batch = bring_in(write(ROWS))
    assert batch.state == ImportState.DONE
    assert not files.path_of(batch.path).exists()


def test_the_same_file_again_adds_nothing(write: Write, bring_in: BringIn) -> None:
    path = write(ROWS)
    bring_in(path)
    before = picture()
    again = bring_in(path)
    assert counts(again) == (0, 0, 4, 0)
    assert picture() == before
    assert not again.changes.exists()


def test_rows_without_a_number_are_known_by_their_content_and_two_same_rows_are_two(
    write: Write, bring_in: BringIn
) -> None:
    path = write(["02/03/2024;Merci beaucoup", "02/03/2024;Merci beaucoup", "03/03/2024;Trop long"], "date;texte")
    assert counts(bring_in(path)) == (3, 0, 0, 0)
    assert counts(bring_in(path)) == (0, 0, 3, 0)
    assert Verbatim.objects.count() == 3


def test_rows_without_a_number_stay_known_when_the_key_of_sessions_changes(
    write: Write, bring_in: BringIn, settings: Any
) -> None:
    path = write(["02/03/2024;Merci beaucoup", "03/03/2024;Trop long"], "date;texte")
    bring_in(path)
    settings.SECRET_KEY = "another-one-altogether"
    assert counts(bring_in(path)) == (0, 0, 2, 0)
    settings.FINGERPRINT_KEY = "00" * 32
    assert counts(bring_in(path)) == (2, 0, 0, 0)


def test_a_newer_export_updates_what_changed(write: Write, bring_in: BringIn) -> None:
    bring_in(write(ROWS))
    Verbatim.objects.update(analysed_at="2024-01-01T00:00:00Z")
    revision = Verbatim.objects.get(external_id="2").revision
    newer = [
        ROWS[0],
        ROWS[1].replace("merci à tous", "merci à toutes"),
        *ROWS[2:],
        "5;06/03/2024;Ouverture;Le samedi serait bien pour nous;;",
    ]
    batch = bring_in(write(newer))
    assert counts(batch) == (1, 1, 3, 0)
    assert words("2")["text"].endswith("merci à toutes")
    changed = Verbatim.objects.get(external_id="2")
    assert changed.analysed_at is None
    assert changed.revision > revision
    assert Verbatim.objects.get(external_id="1").analysed_at is not None


def test_what_people_and_the_machine_understood_stays_while_the_words_do(write: Write, bring_in: BringIn) -> None:
    header = "id;date;titre;texte;satisfaction;structure"
    row = "1;02/03/2024;Attente;J'attends ma carte depuis trois mois;pas satisfait;CAF"
    bring_in(write([row], header))
    Verbatim.objects.update(analysed_at=timezone.now(), masking_version=1, language="fr")

    moved = bring_in(write([row.replace("CAF", "Mairie").replace("pas satisfait", "satisfait")], header))

    verbatim = Verbatim.objects.get()
    assert (moved.updated_count, verbatim.satisfaction, verbatim.language) == (1, "positive", "fr")
    assert verbatim.analysed_at is not None
    bring_in(write([row.replace("trois", "six")], header))
    assert Verbatim.objects.get().analysed_at is None


def test_undoing_puts_everything_back(write: Write, bring_in: BringIn) -> None:
    bring_in(write(ROWS))
    before = picture()
    newer = [
        ROWS[0].replace("trois mois", "six mois"),
        *ROWS[1:],
        "5;06/03/2024;Ouverture;Le samedi serait bien pour nous;CAF du Nord;",
    ]
    batch = bring_in(write(newer))
    assert undo_import(batch, Silence(), by=None) == {"withdrawn": 1, "restored": 1, "kept": 0}
    batch.refresh_from_db()
    assert batch.state == ImportState.UNDONE
    assert picture() == before
    assert words("1")["text"] == "J'attends ma carte depuis trois mois"
    gone = Verbatim.objects.get(external_id="5")
    assert gone.withdrawn_at is not None
    assert not RawText.objects.filter(verbatim=gone).exists()
    assert gone.extra == {}


def test_an_undone_file_may_come_back(write: Write, bring_in: BringIn) -> None:
    path = write(ROWS)
    batch = bring_in(path)
    before = picture()
    undo_import(batch, Silence(), by=None)
    assert picture() == []
    assert counts(bring_in(path)) == (4, 0, 0, 0)
    assert picture() == before
    assert words("3")["text"] == "Le site ne fonctionne pas du tout le soir"


def test_undoing_keeps_what_a_later_import_changed(write: Write, bring_in: BringIn) -> None:
    first = bring_in(write(ROWS))
    bring_in(write([ROWS[0].replace("trois", "six"), *ROWS[1:]]))
    assert undo_import(first, Silence(), by=None) == {"withdrawn": 3, "restored": 0, "kept": 1}
    assert [row[0] for row in picture()] == ["1"]


def test_undoing_both_imports_in_any_order_leaves_nothing(write: Write, bring_in: BringIn) -> None:
    first = bring_in(write(ROWS))
    second = bring_in(write([ROWS[0].replace("trois", "six"), *ROWS[1:]]))
    undo_import(first, Silence(), by=None)
    assert undo_import(second, Silence(), by=None) == {"withdrawn": 1, "restored": 0, "kept": 0}
    assert picture() == []
    assert not RawText.objects.exists()


def test_undoing_an_import_between_two_puts_back_what_stood_before_both(write: Write, bring_in: BringIn) -> None:
    bring_in(write(ROWS))
    before = picture()
    second = bring_in(write([ROWS[0].replace("trois", "six"), *ROWS[1:]]))
    third = bring_in(write([ROWS[0].replace("trois", "neuf"), *ROWS[1:]]))
    undo_import(second, Silence(), by=None)
    undo_import(third, Silence(), by=None)
    assert picture() == before
    assert words("1")["text"] == "J'attends ma carte depuis trois mois"


def test_an_import_half_undone_can_only_go_on_being_undone(
    write: Write, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    batch = importing.start_import_of_path(write(ROWS), by=None)
    importing.map_columns(batch, mapping=importing.mapping_of(batch), source=importing.ensure_source("Essai"))
    importing.run_import(batch, Silence())
    ImportBatch.objects.filter(pk=batch.pk).update(state=ImportState.FAILED, rows_read=2)
    batch.refresh_from_db()
    monkeypatch.setattr(undoing, "CHUNK", 1)

    class PowerCut(Silence):
        def advance(self, count: int = 1) -> None:
            raise IntegrityError("power cut")

    with pytest.raises(IntegrityError):
        undo_import(batch, PowerCut(), by=None)
    batch.refresh_from_db()
    assert batch.state == ImportState.UNDOING
    assert batch.state in undoing.UNDOABLE
    assert batch.state not in importing.RESUMABLE
    assert Verbatim.objects.filter(withdrawn_at=None).count() == 3

    importing.run_import(batch, Silence())
    assert Verbatim.objects.filter(withdrawn_at=None).count() == 3

    with django_capture_on_commit_callbacks(execute=True):
        assert undo_import(batch, Silence(), by=None)["withdrawn"] == 3
    assert ImportBatch.objects.get().state == ImportState.UNDONE
    assert picture() == []
    assert not files.path_of(batch.path).exists()


def test_undoing_asked_while_the_import_still_runs_changes_nothing(write: Write) -> None:
    batch = importing.start_import_of_path(write(ROWS), by=None)
    importing.map_columns(batch, mapping=importing.mapping_of(batch), source=importing.ensure_source("Essai"))
    job = importing.enqueue_import(batch, by=None)

    assert undoing.enqueue_undo(batch, by=None) == job

    batch.refresh_from_db()
    assert batch.state == ImportState.RUNNING


def test_undoing_twice_is_undoing_once(write: Write, bring_in: BringIn) -> None:
    batch = bring_in(write(ROWS))
    undo_import(batch, Silence(), by=None)
    assert undo_import(batch, Silence(), by=None) == {"withdrawn": 0, "restored": 0, "kept": 0}


def test_rows_that_cannot_go_in_are_listed_and_the_rest_goes_in(write: Write, bring_in: BringIn) -> None:
    bad = [
        "7;31/02/2024;Date;Cette date ne peut pas exister du tout;;",
        "8;02/03/2024;;;;",
        "9;02/03/2099;Futur;Personne ne peut encore avoir dit cela;;",
        "1;02/03/2024;Bis;Un numéro déjà vu plus haut dans le fichier;;",
        "10;02/03/2024;Trop;de;colonnes;ici;et;là",
    ]
    batch = bring_in(write([*ROWS, *bad]))
    assert batch.created_count == 4
    found = list(batch.rejects.order_by("line").values_list("line", "reason"))
    assert found == [
        (6, "impossible_date"), (7, "empty_text"), (8, "future_date"), (9, "duplicate_id"), (10, "long_row"),
    ]  # fmt: skip
    header, rows = reject_rows(batch, with_words=True)
    text = "".join(csv_lines(header, rows))
    assert "31/02/2024" in text
    assert "Cette date ne peut pas exister" in text
    header, rows = reject_rows(batch, with_words=False)
    assert "Cette date" not in "".join(csv_lines(header, rows))


def test_rejects_are_corrected_in_their_list_and_imported_again(
    write: Write, bring_in: BringIn, tmp_path: Path
) -> None:
    bad = ['8;31/02/2024;"Date; et heure";"Attente longue, dit-il ""sans fin""";CAF;', "9;02/03/2024;;;CAF;", *ROWS[:1]]
    batch = bring_in(write([*ROWS, *bad]))
    header, rows = reject_rows(batch, with_words=True)
    assert header == ["ligne", "motif", "précision", "id", "date", "titre", "texte", "structure", "email"]
    listed = list(rows)
    assert [row[:2] for row in listed] == [
        [6, "cette date n’existe pas"], [7, "aucun texte"], [8, "numéro déjà présent plus haut dans le fichier"],
    ]  # fmt: skip
    assert listed[0][3:7] == ["8", "31/02/2024", "Date; et heure", 'Attente longue, dit-il "sans fin"']
    assert listed[2][3:] == ROWS[0].split(";")

    corrected = tmp_path / "rejets.csv"
    corrected.write_text("".join(csv_lines(header, listed)).replace("31/02/2024", "28/02/2024"), encoding="utf-8")
    again = bring_in(corrected)

    assert (again.created_count, again.unchanged_count, again.rejected_count) == (1, 1, 1)
    assert Verbatim.objects.get(external_id="8").said_on == date(2024, 2, 28)


def test_a_row_that_could_not_be_cut_stands_whole_in_a_last_column(write: Write, bring_in: BringIn) -> None:
    batch = bring_in(write([*ROWS, "10;02/03/2024;Trop;de;colonnes;ici;et;là", "9;02/03/2024;;;CAF;"]))
    header, rows = reject_rows(batch, with_words=True)
    assert header[-1] == "contenu de la ligne"
    long, empty = rows
    assert long[3:] == [""] * 6 + ["10;02/03/2024;Trop;de;colonnes;ici;et;là"]
    assert empty[3:] == ["9", "02/03/2024", "", "", "CAF", "", ""]


def test_the_list_of_rejects_never_runs_as_a_formula(write: Write, bring_in: BringIn) -> None:
    batch = bring_in(write(["=HYPERLINK(1);x;y;z;u;v;w", *ROWS]))
    header, rows = reject_rows(batch, with_words=True)
    assert "'=HYPERLINK" in "".join(csv_lines(header, rows))


def test_a_failure_in_the_middle_loses_and_doubles_nothing(
    write: Write, bring_in: BringIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [f"{n};02/03/2024;Titre;Un avis numéro {n} sur le service rendu;CAF;" for n in range(2_500)]
    twins = ["12;02/03/2024;Titre;Ce numéro a déjà servi plus haut;CAF;"]
    batch = importing.start_import_of_path(write(lines + twins), by=None)
    importing.map_columns(batch, mapping=importing.mapping_of(batch), source=importing.ensure_source("Essai"))
    count = ChunkWriter._count
    chunks: list[int] = []

    def break_at_the_second(self: ChunkWriter, result: Any, rows_read: int) -> None:
        count(self, result, rows_read)
        chunks.append(rows_read)
        if len(chunks) == 2:
            raise IntegrityError("power cut")

    monkeypatch.setattr(ChunkWriter, "_count", break_at_the_second)
    with pytest.raises(IntegrityError):
        importing.run_import(batch, Silence())
    batch.refresh_from_db()
    assert (batch.state, batch.rows_read, Verbatim.objects.count()) == (ImportState.RUNNING, 1_000, 1_000)
    importing.run_import(batch, Silence())
    batch.refresh_from_db()
    assert (batch.state, counts(batch), batch.rows_read) == (ImportState.DONE, (2_500, 0, 0, 1), 2_501)
    assert Verbatim.objects.count() == 2_500


def test_a_file_gone_missing_is_refused_with_a_sentence(write: Write) -> None:
    batch = importing.start_import_of_path(write(ROWS), by=None)
    importing.map_columns(batch, mapping=importing.mapping_of(batch), source=importing.ensure_source("Essai"))
    files.delete(batch.path)
    with pytest.raises(Refused, match="déposez-le"):
        importing.run_import(batch, Silence())
    batch.refresh_from_db()
    assert batch.state == ImportState.FAILED


def test_services_are_found_learned_or_created_apart(write: Write, bring_in: BringIn) -> None:
    caf = ensure_service(name="Caisse d'allocations familiales du Nord", by=None)
    learn_alias(written="CAF du Nord", service_id=caf, by=None)
    bring_in(write(ROWS))
    assert set(Verbatim.objects.get(external_id="2").services.values_list("id", flat=True)) == {caf}
    new = Verbatim.objects.get(external_id="1").services.get()
    assert (new.name, new.parent.name) == ("Préfecture du Nord", "À classer")  # type: ignore[union-attr]
    assert not Verbatim.objects.get(external_id="4").services.exists()


def test_unknown_services_may_be_attached_or_refused(write: Write, bring_in: BringIn) -> None:
    top = ensure_service(name="Préfectures", by=None)
    bring_in(write(ROWS), default_service=top, unknown_services=ATTACH)
    assert set(VerbatimService.objects.values_list("service_id", flat=True)) == {top}
    assert apps.get_model("directory", "Service").objects.count() == 1
    strict = bring_in(write(ROWS, name="b.csv"), source="Autre", unknown_services=REJECT)
    assert counts(strict) == (1, 0, 0, 3)
    assert set(strict.rejects.values_list("reason", "detail")) == {
        ("unknown_service", "CAF du Nord"), ("unknown_service", "Préfecture du Nord"),
    }  # fmt: skip


def test_somebody_of_one_branch_cannot_write_in_another(write: Write, bring_in: BringIn) -> None:
    mine, other = ensure_service(name="Préfecture du Nord", by=None), ensure_service(name="CAF du Nord", by=None)
    service = apps.get_model("directory", "Service").objects.get(pk=mine)
    user = make_user("quality_officer", service)
    batch = bring_in(write(ROWS), by=user, default_service=mine, unknown_services=ATTACH)
    assert counts(batch) == (2, 0, 0, 2)
    assert set(VerbatimService.objects.values_list("service_id", flat=True)) == {mine}
    assert set(batch.rejects.values_list("reason", flat=True)) == {"foreign_service"}
    bring_in(write(ROWS))
    assert VerbatimService.objects.filter(service_id=other).count() == 2
    changed = [ROWS[0], ROWS[1].replace("CAF du Nord", "Préfecture du Nord").replace("merci", "bof"), *ROWS[2:]]
    stolen = bring_in(write(changed), by=user, default_service=mine, unknown_services=ATTACH)
    assert words("2")["text"] == "Très bon accueil au guichet, merci à tous"
    assert stolen.rejects.filter(reason="foreign_service", line=3).exists()


def test_replies_wait_sealed_with_the_words(bring_in: BringIn, real_data: Path) -> None:
    batch = bring_in(real_data / "services_publics_plus_long_with_replies.jsonl")
    assert batch.created_count == 192
    replied = [json.loads(vault.open(bytes(s)))["replies"] for s in RawText.objects.values_list("sealed", flat=True)]
    assert sum(bool(replies) for replies in replied) == 187


def test_changes_are_sealed(write: Write, bring_in: BringIn) -> None:
    bring_in(write(ROWS))
    bring_in(write([ROWS[0].replace("trois", "six"), *ROWS[1:]]))
    before = bytes(ImportChange.objects.get(created=False).before)  # type: ignore[arg-type]
    assert b"carte" not in before
    assert "trois mois" in vault.open(before)
