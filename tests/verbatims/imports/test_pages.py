"""The pages of an import, without a browser: who may, and the whole way through."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from ecoute.core import files
from ecoute.core.jobs import run_next
from ecoute.core.models import AuditEntry, Job
from ecoute.directory.enums import Permission, Role
from ecoute.directory.facade import ensure_service, match_service, scope_of
from ecoute.verbatims.actions.abandoned import sweep_abandoned
from ecoute.verbatims.enums import ImportState
from ecoute.verbatims.facade import source_cards
from ecoute.verbatims.models import ImportBatch, Source, Verbatim
from ecoute.verbatims.queries.recent_imports import recent_imports
from tests.factories.people import make_service, make_user
from tests.factories.verbatims import make_source, make_verbatim, touch
from tests.verbatims.imports.conftest import ROWS

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

HEADER = "id;date;titre;texte;structure;email"
CONTENT = "\n".join([HEADER, *ROWS]) + "\n"


@pytest.fixture
def officer(client: Any) -> Any:
    user = make_user(Role.QUALITY_OFFICER)
    client.force_login(user)
    client.user = user
    return client


def upload(client: Any, content: str | bytes = CONTENT, name: str = "avis.csv") -> Any:
    data = content.encode() if isinstance(content, str) else content
    return client.post("/imports/nouveau/", {"file": SimpleUploadedFile(name, data)})


def columns_of(batch: ImportBatch, **told: str) -> dict[str, str]:
    fields = ["external_id", "date", "title", "text", "service", "author"]
    return {f"c{n}": field for n, field in enumerate(fields)} | {"source_name": "Essai"} | told


def run_import_job() -> Job:
    """The import alone: its analysis waits."""
    job = run_next()
    assert job is not None
    return job


def test_the_whole_way(officer: Any) -> None:
    ensure_service(name="Caisse d'allocations familiales du Nord, CAF du Nord", by=None)
    answer = upload(officer)
    batch = ImportBatch.objects.get()
    assert answer.url == f"/imports/{batch.pk}/colonnes/"
    page = officer.get(answer.url)
    assert page.status_code == 200
    assert "J&#x27;attends ma carte depuis trois mois" in page.content.decode()

    answer = officer.post(f"/imports/{batch.pk}/colonnes/", columns_of(batch))
    assert answer.url == f"/imports/{batch.pk}/services/"
    page = officer.get(answer.url)
    assert "CAF du Nord" in page.content.decode()
    assert "Préfecture du Nord" in page.content.decode()

    names = page.context["form"].names
    told = {f"s{n}": page.context["form"].fields[f"s{n}"].initial for n in range(len(names))}
    answer = officer.post(f"/imports/{batch.pk}/services/", {**told, "rest": "create"})
    assert answer.url == f"/imports/{batch.pk}/"
    assert officer.get(answer.url).status_code == 200
    assert run_import_job().state == Job.State.DONE
    batch.refresh_from_db()
    assert (batch.state, batch.created_count) == (ImportState.DONE, 4)
    result = officer.get(answer.url).content.decode()
    assert "/verbatims/?source=essai" in result
    assert f"/imports/{batch.pk}/annuler/" in result
    assert match_service("Préfecture du Nord") is not None


def test_when_every_service_is_known_nothing_is_asked(officer: Any) -> None:
    for name in ("CAF du Nord", "Préfecture du Nord"):
        ensure_service(name=name, by=None)
    upload(officer)
    batch = ImportBatch.objects.get()
    assert officer.post(f"/imports/{batch.pk}/colonnes/", columns_of(batch)).url == f"/imports/{batch.pk}/"
    run_import_job()
    assert Verbatim.objects.filter(services__isnull=False).count() == 3


def test_reading_a_page_never_starts_an_import(officer: Any) -> None:
    upload(officer)
    batch = ImportBatch.objects.get()
    officer.post(f"/imports/{batch.pk}/colonnes/", columns_of(batch))
    for name in ("CAF du Nord", "Préfecture du Nord"):
        ensure_service(name=name, by=None)

    page = officer.get(f"/imports/{batch.pk}/services/")
    assert "l’import peut commencer" in page.content.decode()
    batch.refresh_from_db()
    assert (batch.state, Job.objects.filter(kind="verbatims.import").count()) == (ImportState.MAPPED, 0)

    assert officer.post(f"/imports/{batch.pk}/services/").url == f"/imports/{batch.pk}/"
    assert run_import_job().state == Job.State.DONE


def test_the_sources_and_files_of_another_branch_are_neither_shown_nor_written_into(
    client: Any, bring_in: Callable[..., ImportBatch], write: Any
) -> None:
    mine, theirs = make_service("Impôts"), make_service("Douanes")
    path = write(ROWS)
    owner = make_user(Role.QUALITY_OFFICER, theirs)
    bring_in(path, source="Boîte aux lettres", by=owner, default_service=theirs.pk, unknown_services="attach")
    make_verbatim(services=[mine], source=make_source("accueil"))
    client.force_login(make_user(Role.QUALITY_OFFICER, mine))
    upload(client, path.read_bytes())
    batch = ImportBatch.objects.latest("pk")

    page = client.get(f"/imports/{batch.pk}/colonnes/")
    assert page.context["sources"] == [Source.objects.get(slug="accueil").name]
    assert page.context["known"] is None
    told = columns_of(batch, source_name="Boîte aux lettres", default_service=str(mine.pk))
    for _again in range(2):
        client.post(f"/imports/{batch.pk}/colonnes/", told)
        batch.refresh_from_db()
        assert batch.source is not None
        assert (batch.source.slug, batch.source.name) == ("boite-aux-lettres-2", "Boîte aux lettres")

    client.post(f"/imports/{batch.pk}/colonnes/", {**told, "source_name": "Accueil"})
    batch.refresh_from_db()
    assert batch.source == Source.objects.get(slug="accueil")


def test_what_waits_is_counted_among_those_of_the_import(
    client: Any, bring_in: Callable[..., ImportBatch], write: Any
) -> None:
    mine, theirs = make_service("Impôts"), make_service("Douanes")
    owner, whole = make_user(Role.QUALITY_OFFICER, mine), make_user(Role.QUALITY_OFFICER)
    batch = bring_in(write(ROWS), by=owner, default_service=mine.pk, unknown_services="attach")
    touch(make_verbatim(services=[theirs]), analysed_at=None)
    seen = []
    for user in (owner, whole):
        client.force_login(user)
        seen.append(client.get(f"/imports/{batch.pk}/").context["waiting"])

    assert seen == [4, 4]


def test_a_choice_is_learned_for_the_next_file(officer: Any) -> None:
    caf = ensure_service(name="CAF du Nord de la France", by=None)
    upload(officer)
    batch = ImportBatch.objects.get()
    officer.post(f"/imports/{batch.pk}/colonnes/", columns_of(batch))
    form = officer.get(f"/imports/{batch.pk}/services/").context["form"]
    place = form.names.index("CAF du Nord")
    told = {f"s{n}": "none" for n in range(len(form.names))} | {f"s{place}": str(caf), "rest": "none"}
    officer.post(f"/imports/{batch.pk}/services/", told)
    assert match_service("CAF du Nord") == caf
    run_import_job()
    assert set(Verbatim.objects.get(external_id="2").services.values_list("id", flat=True)) == {caf}
    assert not Verbatim.objects.get(external_id="1").services.exists()


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "avis.csv", "Ce fichier est vide"),
        (b"%PDF-1.7 etc.", "avis.csv", "n’est pas un tableau"),
        (b"MZ", "avis.exe", "ne sont pas lus"),
        (b"PK\x03\x04 no", "avis.xlsx", "illisible"),
    ],
)
def test_a_file_that_cannot_be_read_is_said_and_not_kept(
    officer: Any, content: bytes, name: str, sentence: str
) -> None:
    answer = upload(officer, content, name)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not ImportBatch.objects.exists()
    assert not list(files.path_of("imports/x").parent.glob("*"))


def test_columns_chosen_wrong_are_said(officer: Any) -> None:
    upload(officer)
    batch = ImportBatch.objects.get()
    twice = officer.post(f"/imports/{batch.pk}/colonnes/", columns_of(batch, c4="date"))
    assert twice.status_code == 422
    assert "« Date du verbatim » est déjà la colonne « date »" in twice.content.decode()
    none = officer.post(f"/imports/{batch.pk}/colonnes/", columns_of(batch, c3="extra"))
    assert "Indiquez au moins une colonne" in none.content.decode()
    batch.refresh_from_db()
    assert batch.state == ImportState.UPLOADED


def test_warnings_follow_the_choices(officer: Any) -> None:
    upload(officer)
    batch = ImportBatch.objects.get()
    address = f"/imports/{batch.pk}/colonnes/apercu/"
    assert "Aucune date" not in officer.post(address, columns_of(batch)).content.decode()
    assert "Aucune date" in officer.post(address, columns_of(batch, c1="extra")).content.decode()
    assert "Indiquez la colonne" in officer.post(address, columns_of(batch, c3="extra")).content.decode()


def test_a_known_file_is_said_at_once(officer: Any, bring_in: Callable[..., ImportBatch], write: Any) -> None:
    path = write(ROWS)
    bring_in(path)
    upload(officer, path.read_bytes())
    batch = ImportBatch.objects.order_by("-id").first()
    assert batch is not None
    assert "déjà été importé" in officer.get(f"/imports/{batch.pk}/colonnes/").content.decode()


def test_another_sheet_may_be_chosen(officer: Any, tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(["texte"])
    for n in range(9):
        book.active.append([f"Un avis assez long pour être lu, numéro {n}"])
    sheet = book.create_sheet("Mars")
    sheet.append(["verbatim"])
    sheet.append(["Un seul avis en mars, mais il compte"])
    book.save(tmp_path / "a.xlsx")
    upload(officer, (tmp_path / "a.xlsx").read_bytes(), "a.xlsx")
    batch = ImportBatch.objects.get()
    officer.post(f"/imports/{batch.pk}/colonnes/", {"sheet": "Mars"})
    batch.refresh_from_db()
    assert batch.reading["sheet"] == "Mars"
    assert batch.mapping == {"text": ["verbatim"]}
    assert officer.post(f"/imports/{batch.pk}/colonnes/", {"sheet": "Avril"}).status_code == 404


def test_undo_asks_first_then_takes_back(officer: Any, bring_in: Callable[..., ImportBatch], write: Any) -> None:
    batch = bring_in(write(ROWS), by=officer.user)
    assert "4 verbatims créés" in officer.get(f"/imports/{batch.pk}/annuler/").content.decode()
    assert Verbatim.objects.filter(withdrawn_at=None).count() == 4
    officer.post(f"/imports/{batch.pk}/annuler/")
    assert run_import_job().result == {"withdrawn": 4, "restored": 0, "kept": 0}
    assert not Verbatim.objects.filter(withdrawn_at=None).exists()
    assert "a été annulé" in officer.get(f"/imports/{batch.pk}/").content.decode()


def test_an_import_cut_short_offers_to_go_on(officer: Any) -> None:
    upload(officer)
    batch = ImportBatch.objects.get()
    officer.post(f"/imports/{batch.pk}/colonnes/", columns_of(batch))
    ImportBatch.objects.filter(pk=batch.pk).update(state=ImportState.FAILED)
    assert "Reprendre" in officer.get(f"/imports/{batch.pk}/").content.decode()
    officer.post(f"/imports/{batch.pk}/reprendre/")
    assert run_import_job().state == Job.State.DONE
    assert Verbatim.objects.count() == 4


def test_an_import_half_undone_offers_only_to_finish(
    officer: Any, bring_in: Callable[..., ImportBatch], write: Any
) -> None:
    batch = bring_in(write(ROWS), by=officer.user)
    ImportBatch.objects.update(state=ImportState.UNDOING)

    page = officer.get(f"/imports/{batch.pk}/").content.decode()

    assert "Terminer l’annulation" in page
    assert "Reprendre" not in page
    assert officer.post(f"/imports/{batch.pk}/reprendre/").status_code == 404
    officer.post(f"/imports/{batch.pk}/annuler/")
    assert run_import_job().result["withdrawn"] == 4
    assert ImportBatch.objects.get().state == ImportState.UNDONE


def test_a_file_may_be_given_up(officer: Any, django_capture_on_commit_callbacks: Any) -> None:
    upload(officer)
    batch = ImportBatch.objects.get()
    path = files.path_of(batch.path)
    assert path.exists()
    with django_capture_on_commit_callbacks(execute=True):
        officer.post(f"/imports/{batch.pk}/abandonner/")
    assert not path.exists()
    assert not ImportBatch.objects.exists()


def test_files_nobody_confirmed_do_not_stay(officer: Any, django_capture_on_commit_callbacks: Any) -> None:
    upload(officer)
    path = files.path_of(ImportBatch.objects.get().path)
    assert sweep_abandoned() == 0
    ImportBatch.objects.update(created_at=timezone.now() - timedelta(days=8))
    with django_capture_on_commit_callbacks(execute=True):
        assert sweep_abandoned() == 1
    assert not path.exists()


def test_an_import_stopped_halfway_may_be_undone_and_its_file_does_not_stay(officer: Any) -> None:
    upload(officer)
    batch = ImportBatch.objects.get()
    officer.post(f"/imports/{batch.pk}/colonnes/", columns_of(batch))
    officer.post(f"/imports/{batch.pk}/services/", {"rest": "create"})
    Job.objects.update(state=Job.State.CANCELLED)
    ImportBatch.objects.update(state=ImportState.RUNNING, rows_read=2, created_at=timezone.now() - timedelta(days=31))
    path = files.path_of(batch.path)

    assert f"/imports/{batch.pk}/annuler/" in officer.get(f"/imports/{batch.pk}/").content.decode()
    assert officer.get(f"/imports/{batch.pk}/annuler/").status_code == 200
    assert sweep_abandoned() == 1
    assert not path.exists()
    officer.post(f"/imports/{batch.pk}/reprendre/")
    assert "déposez-le à nouveau" in run_import_job().message


ROLES = {
    Role.AGENT: 403, Role.HEAD: 403, Role.QUALITY_OFFICER: 200, Role.CORRESPONDENT: 403, Role.AUDITOR: 403,
    Role.ADMINISTRATOR: 200,
}  # fmt: skip


@pytest.mark.parametrize(("role", "status"), ROLES.items())
def test_who_may_import(client: Any, role: str, status: int) -> None:
    client.force_login(make_user(role))
    assert client.get("/imports/").status_code == status
    assert client.get("/imports/nouveau/").status_code == status
    assert upload(client).status_code == (302 if status == 200 else 403)


def test_strangers_are_asked_to_sign_in(client: Any) -> None:
    for address in ("/imports/", "/imports/nouveau/", "/imports/1/", "/imports/1/rejets.csv"):
        assert client.get(address).status_code == 302


def test_the_steps_show_raw_words_so_belong_to_who_brought_the_file(officer: Any, client: Any) -> None:
    upload(officer)
    batch = ImportBatch.objects.get()
    client.force_login(make_user(Role.QUALITY_OFFICER))
    assert client.get(f"/imports/{batch.pk}/colonnes/").status_code == 404
    assert client.post(f"/imports/{batch.pk}/colonnes/apercu/", {}).status_code == 404
    assert client.get(f"/imports/{batch.pk}/services/").status_code == 404
    assert client.get(f"/imports/{batch.pk}/").status_code == 200
    client.force_login(make_user(Role.QUALITY_OFFICER, make_service("Ailleurs")))
    assert client.get(f"/imports/{batch.pk}/").status_code == 404
    assert client.get("/imports/").context["page"].paginator.count == 0


def test_rejected_words_go_to_who_brought_them_or_may_read_them(
    client: Any, bring_in: Callable[..., ImportBatch], write: Any
) -> None:
    owner = make_user(Role.QUALITY_OFFICER)
    batch = bring_in(write([*ROWS, "9;31/02/2024;Secret;Je m'appelle Paul Durand;;"]), by=owner)
    seen = {}
    for name, user in {
        "owner": owner,
        "other": make_user(Role.QUALITY_OFFICER),
        "reader": make_user(Role.QUALITY_OFFICER, grants=(Permission.READ_RAW,)),
    }.items():
        client.force_login(user)
        answer = client.get(f"/imports/{batch.pk}/rejets.csv")
        seen[name] = b"Paul Durand" in b"".join(answer.streaming_content)
    assert seen == {"owner": True, "other": False, "reader": True}
    logged = AuditEntry.objects.filter(verb="verbatims.rejects_downloaded")
    assert sorted(entry.detail["with_words"] for entry in logged) == [False, True, True]


def test_somebody_of_one_branch_must_say_which_service(client: Any) -> None:
    mine = make_service("Préfecture du Nord")
    client.force_login(make_user(Role.QUALITY_OFFICER, mine))
    upload(client)
    batch = ImportBatch.objects.get()
    assert client.post(f"/imports/{batch.pk}/colonnes/", columns_of(batch)).status_code == 422
    client.post(f"/imports/{batch.pk}/colonnes/", columns_of(batch, default_service=str(mine.pk)))
    form = client.get(f"/imports/{batch.pk}/services/").context["form"]
    offered = {value for n in range(len(form.names)) for value, _label in form.fields[f"s{n}"].choices}
    assert "create" not in offered
    assert [value for value, _label in form.fields["rest"].choices] == ["none"]


PAPER = "n;texte;canal;quartier\n" + "".join(
    f"{n};Attente trop longue au guichet {n};{'papier' if n % 9 else 'pigeon voyageur'};Est\n" for n in range(1, 20)
)


def test_without_a_service_the_button_imports_and_there_are_three_steps(officer: Any) -> None:
    upload(officer, PAPER)
    batch = ImportBatch.objects.get()
    columns = f"/imports/{batch.pk}/colonnes/"
    told = {"c0": "external_id", "c1": "text", "c2": "channel", "c3": "extra", "source_name": "Essai"}

    page = officer.get(columns).content.decode()
    assert "Étape 2 sur 3" in page
    assert "Continuer" not in page
    assert "choisissez plus haut" in page
    assert "« pigeon voyageur »" in page
    assert "« papier »" not in page
    changed = officer.post(f"{columns}apercu/", {**told, "c3": "service"}).content.decode()
    assert "Étape 2 sur 4" in changed
    assert "Continuer" in changed

    assert officer.post(columns, told).url == f"/imports/{batch.pk}/"
    running = officer.get(f"/imports/{batch.pk}/").content.decode()
    assert "Étape 3 sur 3" in running
    assert "<progress" in running
    assert '<p class="progress-words">0' not in running
    run_import_job()
    assert "Étape 3 sur 3" in officer.get(f"/imports/{batch.pk}/").content.decode()
    assert set(Verbatim.objects.values_list("channel", flat=True)) == {"letter", "unknown"}


CHOICES = [
    "Démarche faite entièrement sur le site, sans aide",
    "Démarche commencée sur le site puis finie au guichet",
    "Démarche faite par un proche à la place de la personne",
    "Démarche envoyée par courrier avec les pièces jointes",
]


def test_prose_that_may_be_words_is_not_hidden_among_the_other_columns(officer: Any) -> None:
    rows = (f"Attente trop longue au guichet {n};{CHOICES[n % 4]}\n" for n in range(40))
    upload(officer, "texte;suite\n" + "".join(rows))

    page = officer.get(f"/imports/{ImportBatch.objects.get().pk}/colonnes/")

    assert [line["bound"].label for line in page.context["used"]] == ["texte", "suite"]
    assert "à vérifier : peut-être" in page.content.decode()


def test_nothing_is_left_of_an_undone_import_on_the_home_page_nor_in_the_list(
    officer: Any, bring_in: Callable[..., ImportBatch], write: Any
) -> None:
    batch = bring_in(write(ROWS), by=officer.user)
    scope = scope_of(officer.user, Permission.IMPORT)
    assert recent_imports(officer.user, scope)[0].created == 4
    assert [card.name for card in source_cards()] == ["Essai"]
    officer.post(f"/imports/{batch.pk}/annuler/")
    run_import_job()

    (line,) = recent_imports(officer.user, scope)

    assert (line.state, line.created, line.rejected) == (ImportState.UNDONE, 0, 0)
    assert source_cards() == []
    assert "4 créés" not in officer.get("/imports/").content.decode()


def test_services_are_offered_under_their_administration(officer: Any) -> None:
    alone, whole = make_service("Douanes"), make_service("Impôts")
    part = make_service("Impôts du Nord", parent=whole)
    upload(officer)

    page = officer.get(f"/imports/{ImportBatch.objects.get().pk}/colonnes/")

    assert page.context["form"].fields["default_service"].choices == [
        ("", "Aucun"),
        (alone.pk, "Douanes"),
        ("Impôts", [(whole.pk, "Impôts"), (part.pk, "Impôts du Nord")]),
    ]
    assert '<optgroup label="Impôts">' in page.content.decode()
