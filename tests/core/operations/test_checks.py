"""What ``ecoute check --deploy`` finds, one fault at a time."""

from pathlib import Path

import pytest
from django.core import checks as django_checks
from django.utils import timezone

from ecoute.core import audit
from ecoute.core.checks import check_letters, check_running, check_secrets, check_web, disk_kind
from ecoute.core.models import AuditEntry, WorkerSign
from ecoute.directory.checks import check_accounts
from ecoute.directory.enums import Role
from tests.factories.people import make_user

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def ids(found: object) -> set[str]:
    assert all(message.hint for message in found)  # type: ignore[attr-defined]
    return {message.id for message in found}  # type: ignore[attr-defined]


@pytest.fixture
def _sound(settings, tmp_path: Path) -> None:
    settings.DEBUG, settings.DEMO, settings.SECURE_SSL_REDIRECT = False, False, True
    settings.ALLOWED_HOSTS, settings.EMAIL_HOST = ["ecoute.exemple.fr"], "courrier.exemple.fr"
    settings.VAR = tmp_path / "var"
    settings.VAR.mkdir(mode=0o700)


@pytest.mark.usefixtures("_sound")
def test_a_sound_installation_is_left_in_peace() -> None:
    audit.record("core.backed_up", by=None)
    WorkerSign.objects.create(name="x", seen_at=timezone.now())
    make_user(Role.ADMINISTRATOR)

    for check in (check_web, check_letters, check_secrets, check_running, check_accounts):
        assert ids(check(None)) == set()


@pytest.mark.usefixtures("_sound")
@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("DEBUG", True, "ecoute.E001"),
        ("SECURE_SSL_REDIRECT", False, "ecoute.E002"),
        ("ALLOWED_HOSTS", ["*"], "ecoute.E003"),
        ("DEMO", True, "ecoute.E004"),
        ("ALLOWED_HOSTS", ["127.0.0.1", "localhost"], "ecoute.W001"),
    ],
)
def test_each_setting_is_watched(settings, name: str, value: object, expected: str) -> None:
    setattr(settings, name, value)

    assert ids(check_web(None)) == {expected}


@pytest.mark.usefixtures("_sound")
def test_letters_that_stay_here_are_said(settings) -> None:
    settings.EMAIL_HOST = ""

    assert ids(check_letters(None)) == {"ecoute.W002"}


@pytest.mark.usefixtures("_sound")
def test_keys_that_others_can_read_are_said(settings) -> None:
    secrets = settings.VAR / "secrets.json"
    secrets.write_text("{}")
    secrets.chmod(0o640)
    settings.VAR.chmod(0o755)

    found = check_secrets(None)

    assert ids(found) == {"ecoute.E005", "ecoute.W003"}
    assert any(f"chmod 600 {secrets}" in message.hint for message in found)
    secrets.chmod(0o600)
    settings.VAR.chmod(0o750)
    assert ids(check_secrets(None)) == set()


def test_an_old_backup_and_a_missing_worker_are_said() -> None:
    assert ids(check_running(None)) == {"ecoute.W004", "ecoute.I001"}

    entry = audit.record("core.backed_up", by=None)
    assert ids(check_running(None)) == {"ecoute.I001"}
    AuditEntry.objects.filter(pk=entry.pk).update(at=timezone.now() - timezone.timedelta(days=3))
    assert ids(check_running(None)) == {"ecoute.W004", "ecoute.I001"}


def test_accounts_of_the_demonstration_are_an_error() -> None:
    make_user(Role.ADMINISTRATOR)
    make_user(Role.AGENT, is_demo=True)

    assert ids(check_accounts(None)) == {"ecoute.E101"}


def test_nobody_to_administer_is_an_error() -> None:
    assert ids(check_accounts(None)) == {"ecoute.E102"}


def test_administrators_without_a_second_factor_are_named() -> None:
    make_user(Role.ADMINISTRATOR, email="sans@exemple.fr", second_factor=False)
    make_user(Role.ADMINISTRATOR, email="avec@exemple.fr")

    [message] = check_accounts(None)

    assert message.id == "ecoute.W101"
    assert "sans@exemple.fr" in message.msg
    assert "avec@exemple.fr" not in message.msg


def test_the_disk_is_the_closest_mount(tmp_path: Path) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(f"dev / ext4 rw 0 0\nserver:/x {tmp_path}/net nfs4 rw 0 0\ndev {tmp_path}/network ext4 rw 0 0\n")

    assert disk_kind(tmp_path / "net" / "var" / "db", mounts) == "nfs4"
    assert disk_kind(tmp_path / "network" / "db", mounts) == "ext4"
    assert disk_kind(tmp_path / "db", mounts) == "ext4"
    assert disk_kind(tmp_path / "db", tmp_path / "absent") == ""


def test_they_run_with_deploy_alone() -> None:
    ours = {check_web, check_letters, check_secrets, check_running, check_accounts}

    assert ours <= set(django_checks.registry.registry.get_checks(include_deployment_checks=True))
    assert not ours & set(django_checks.registry.registry.get_checks())
