"""The progress of a job, and the journal."""

import csv
import io
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from ecoute.core import audit
from ecoute.core.models import AuditEntry, Job
from ecoute.core.verbs import detail_in_words
from ecoute.directory.enums import Role
from tests.factories.people import make_service, make_user

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
HTMX = {"HX-Request": "true"}


@pytest.fixture
def owner():
    return make_user(Role.QUALITY_OFFICER)


def make_job(owner, **columns) -> Job:
    return Job.objects.create(**{"kind": "core.sweep", "created_by": owner, "run_after": timezone.now(), **columns})


def test_a_running_job_shows_its_count_and_asks_again(client, owner) -> None:
    job = make_job(owner, state=Job.State.RUNNING, done=1200, total=4800, message="Lecture du fichier")
    client.force_login(owner)

    response = client.get(reverse("core:job", args=[job.pk]) + "?next=/imports/7/", headers=HTMX)

    page = response.content.decode()
    assert response.status_code == 200
    assert "<html" not in page
    assert f'hx-get="/jobs/{job.pk}/?next=%2Fimports%2F7%2F"' in page
    assert 'max="4800"' in page
    assert "Lecture du fichier" in page


def test_without_scripts_it_is_a_whole_page(client, owner) -> None:
    job = make_job(owner)
    client.force_login(owner)

    page = client.get(reverse("core:job", args=[job.pk])).content.decode()

    assert "<html" in page
    assert "En attente" in page


def test_an_ended_job_goes_where_it_was_told_or_says_that_it_ended(client, owner) -> None:
    job = make_job(owner, state=Job.State.DONE)
    client.force_login(owner)
    address = reverse("core:job", args=[job.pk])

    assert client.get(f"{address}?next=/imports/7/", headers=HTMX)["HX-Redirect"] == "/imports/7/"
    assert client.get(f"{address}?next=/imports/7/")["Location"] == "/imports/7/"
    bare = client.get(address, headers=HTMX)
    assert bare["HX-Trigger"] == "job-ended"
    assert "hx-get" not in bare.content.decode()


def test_it_never_leads_to_another_site(client, owner) -> None:
    job = make_job(owner, state=Job.State.DONE)
    client.force_login(owner)

    response = client.get(reverse("core:job", args=[job.pk]) + "?next=https://ailleurs.example/", headers=HTMX)

    assert "HX-Redirect" not in response
    assert "ailleurs" not in response.content.decode()


def test_a_failure_says_what_is_safe_and_what_to_do(client, owner) -> None:
    job = make_job(owner, state=Job.State.FAILED, message="Ce fichier est vide.", error="RuntimeError")
    client.force_login(owner)

    page = client.get(reverse("core:job", args=[job.pk]), headers=HTMX).content.decode()

    assert "Ce fichier est vide." in page
    assert "Rien n’est perdu" in page
    assert "RuntimeError" not in page


def test_nobody_there_to_do_the_work_is_said(client, owner) -> None:
    job = make_job(owner, run_after=timezone.now() - timedelta(minutes=5))
    client.force_login(owner)

    page = client.get(reverse("core:job", args=[job.pk]), headers=HTMX).content.decode()

    assert "Aucun programme de traitement" in page


@pytest.mark.parametrize(
    ("role", "status"), [(Role.QUALITY_OFFICER, 404), (Role.AGENT, 404), (Role.ADMINISTRATOR, 200)]
)
def test_a_job_is_seen_by_its_creator_and_administrators_alone(client, owner, role: str, status: int) -> None:
    job = make_job(owner, state=Job.State.RUNNING)
    client.force_login(make_user(role))

    assert client.get(reverse("core:job", args=[job.pk])).status_code == status


def test_the_administrator_of_a_branch_neither_sees_nor_stops_the_job_of_others(client, owner) -> None:
    job = make_job(owner, state=Job.State.RUNNING)
    own = make_user(Role.ADMINISTRATOR, make_service("Impôts"))
    client.force_login(own)

    assert client.get(reverse("core:job", args=[job.pk])).status_code == 404
    assert client.post(reverse("core:job_cancel", args=[job.pk])).status_code == 404
    job.refresh_from_db()
    assert job.state == Job.State.RUNNING
    assert client.get(reverse("core:job", args=[make_job(own).pk])).status_code == 200


def test_a_stranger_is_asked_to_sign_in(client, owner) -> None:
    response = client.get(reverse("core:job", args=[make_job(owner).pk]))

    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_login"))


def test_a_job_is_stopped_by_a_button(client, owner) -> None:
    job = make_job(owner)
    client.force_login(owner)

    response = client.post(reverse("core:job_cancel", args=[job.pk]))

    job.refresh_from_db()
    assert (response.status_code, job.state) == (302, Job.State.CANCELLED)
    assert AuditEntry.objects.filter(verb="core.job_cancelled", actor=owner).exists()


@pytest.fixture
def trail(owner) -> None:
    audit.record("core.switch_turned", by=owner, name="essai", on=True)
    old = audit.record("core.backed_up", by=None, rows=12)
    AuditEntry.objects.filter(pk=old.pk).update(at=timezone.now() - timedelta(days=30))


@pytest.mark.parametrize(
    ("role", "status"),
    [(Role.AUDITOR, 200), (Role.ADMINISTRATOR, 200), (Role.AGENT, 403), (Role.QUALITY_OFFICER, 403), (Role.HEAD, 403)],
)
def test_the_journal_is_for_auditors_and_administrators(client, role: str, status: int) -> None:
    client.force_login(make_user(role))

    assert client.get(reverse("core:journal")).status_code == status
    assert client.get(reverse("core:journal_export")).status_code == status


def test_the_journal_is_not_for_those_of_one_branch_and_their_menu_does_not_name_it(client) -> None:
    branch = make_service("Impôts")
    seen = {}
    for name, place in {"branch": branch, "whole": None}.items():
        for role in (Role.AUDITOR, Role.ADMINISTRATOR):
            client.force_login(make_user(role, place))
            menu = f'href="{reverse("core:journal")}"' in client.get("/").content.decode()
            pages = [client.get(reverse(page)).status_code for page in ("core:journal", "core:journal_export")]
            seen[name, role] = (menu, pages)

    assert seen == {
        ("branch", Role.AUDITOR): (False, [403, 403]),
        ("branch", Role.ADMINISTRATOR): (False, [403, 403]),
        ("whole", Role.AUDITOR): (True, [200, 200]),
        ("whole", Role.ADMINISTRATOR): (True, [200, 200]),
    }


@pytest.mark.usefixtures("trail")
def test_the_journal_is_filtered(client, owner) -> None:
    client.force_login(make_user(Role.AUDITOR))
    today = timezone.localdate()

    def shown(**filters) -> set[str]:
        page = client.get(reverse("core:journal"), filters)
        assert page.status_code == 200
        return {entry.verb for entry, *_ in page.context["entries"]}

    assert {"core.switch_turned", "core.backed_up"} <= shown()
    assert shown(verb="core.backed_up") == {"core.backed_up"}
    assert shown(person=owner.name) == {"core.switch_turned"}
    assert "core.backed_up" not in shown(since=f"{today:%Y-%m-%d}")
    assert shown(until=f"{today - timedelta(days=1):%Y-%m-%d}") == {"core.backed_up"}
    assert {"core.switch_turned", "core.backed_up"} <= shown(since="n’importe quoi")


@pytest.mark.usefixtures("trail")
def test_the_journal_speaks_in_words(client) -> None:
    client.force_login(make_user(Role.AUDITOR))

    page = client.get(reverse("core:journal")).content.decode()

    assert "Fonction activée ou désactivée" in page
    assert "Sauvegarde" in page


def test_the_details_of_an_entry_are_in_words_and_what_is_empty_is_left_out() -> None:
    assert (
        detail_in_words({"created": 294, "with_words": True, "service": None}) == "créés : 294, avec les textes : oui"
    )


@pytest.mark.usefixtures("trail")
def test_the_journal_is_taken_away_as_csv_and_that_is_logged(client) -> None:
    auditor = make_user(Role.AUDITOR)
    audit.record("core.switch_turned", by=None, name="=1+1")
    client.force_login(auditor)

    response = client.get(reverse("core:journal_export"), {"verb": "core.switch_turned"})
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))

    assert [row["action"] for row in rows] == ["core.switch_turned", "core.switch_turned"]
    assert AuditEntry.objects.filter(verb="core.journal_exported", actor=auditor).count() == 1


def test_an_empty_journal_says_what_will_be_there(client) -> None:
    user = make_user(Role.AUDITOR)
    AuditEntry.objects.all().delete()
    client.force_login(user)
    AuditEntry.objects.all().delete()

    assert "Le journal est vide" in client.get(reverse("core:journal")).content.decode()
