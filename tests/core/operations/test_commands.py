"""The commands of the house, run as somebody would in a terminal."""

import json
import re
import signal
import socket
import time
import urllib.request
from pathlib import Path

import pytest

from ecoute import __version__
from tests.core.installation import PASSWORD, Installation

pytestmark = pytest.mark.integration


@pytest.fixture
def here(install) -> Installation:
    made: Installation = install()
    return made


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def test_init_makes_an_administrator_who_can_sign_in_then_refuses_a_second(here: Installation) -> None:
    said = here.init("Ada@Exemple.fr")

    assert "Ada@Exemple.fr" in said
    assert PASSWORD not in said
    assert here.python(
        "from django.contrib.auth import authenticate\n"
        f"user = authenticate(None, email='ada@exemple.fr', password={PASSWORD!r})\n"
        "from ecoute.directory.models import Membership\n"
        "print(json.dumps([user.name, *Membership.objects.values_list('role', 'service_id').get(user=user)]))"
    ) == ["Ada", "administrator", None]

    again = ("init", "--email", "bea@exemple.fr", "--name", "Béa", "--password-stdin")
    assert "déjà un administrateur" in here.run(*again, stdin=PASSWORD, fails=True)
    assert "bea@exemple.fr" in here.run(*again, "--another", stdin=PASSWORD)


@pytest.mark.parametrize(
    ("email", "password", "why"),
    [
        ("ada@exemple.fr", "court", "12"),
        ("ada@exemple.fr", "123456789012345", "numérique|chiffres"),
        ("ada@exemple.fr", "", "12"),
        ("pas-une-adresse", PASSWORD, "adresse|courriel"),
    ],
)
def test_init_refuses_weak_passwords_and_bad_addresses(here: Installation, email: str, password: str, why: str) -> None:
    said = here.run("init", "--email", email, "--name", "Ada", "--password-stdin", stdin=f"{password}\n", fails=True)

    assert re.search(why, said), said
    assert here.python("from ecoute.directory.models import User\nprint(User.objects.count())") == 0


def test_init_invents_a_password_when_asked(here: Installation) -> None:
    said = here.run("init", "--email", "ada@exemple.fr", "--name", "Ada", "--generate-password")

    password = re.search(r"une fois\) : (\S{20})\n", said)
    assert password, said
    assert here.python(
        "from ecoute.directory.models import User\n"
        f"print(json.dumps(User.objects.get().check_password({password[1]!r})))"
    )


def test_serve_answers_runs_work_and_stops_both_on_ctrl_c(here: Installation) -> None:
    here.init()
    port = free_port()
    serving = here.start("serve", "--port", port)
    try:
        wait_for(port)
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=20) as answer:
            assert answer.status == 200
        here.python("from ecoute.core.jobs import enqueue\nenqueue('core.sweep', by=None, key='mine')\nprint(1)")
        state = "from ecoute.core.models import Job\nprint(json.dumps(Job.objects.get(key='mine').state))"
        end = time.monotonic() + 30
        while here.python(state) != "done":
            assert time.monotonic() < end
        busy = here.run("serve", "--port", port, fails=True)
        assert f"--port {port + 1}" in busy
    finally:
        serving.send_signal(signal.SIGINT)
        said, _ = serving.communicate(timeout=40)
    assert serving.returncode == 0, said
    assert f"http://127.0.0.1:{port}/" in said
    with pytest.raises(OSError):
        socket.create_connection(("127.0.0.1", port), timeout=1)
    assert here.python("from ecoute.core.models import WorkerSign\nprint(WorkerSign.objects.count())") == 0


def wait_for(port: int) -> None:
    end = time.monotonic() + 60
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            assert time.monotonic() < end
            time.sleep(0.2)


def test_serve_before_init_says_what_to_do(here: Installation) -> None:
    assert "ecoute init" in here.run("serve", "--port", free_port(), fails=True)


def test_worker_once_empties_the_queue(here: Installation) -> None:
    here.init()
    here.python("from ecoute.core.jobs import enqueue\nenqueue('core.sweep', by=None)\nprint(1)")

    assert "1 travaux" in here.run("worker", "--once")


def test_upgrade_has_nothing_to_do_on_a_new_installation(here: Installation) -> None:
    here.init()

    assert f"déjà à la version {__version__}" in here.run("upgrade")
    assert not (here.var / "backups").exists()


def test_upgrade_saves_first_then_migrates_and_says_what(here: Installation) -> None:
    here.init()
    here.python(
        "from django.core.management import call_command\ncall_command('migrate', 'mfa', '0002', verbosity=0)\nprint(1)"
    )
    assert "ecoute upgrade" in here.run("serve", "--port", free_port(), fails=True)

    said = here.run("upgrade")

    assert "mfa : 0003_authenticator_type_uniq" in said
    [archive] = (here.var / "backups").glob("*.tar.gz")
    assert str(archive) in said
    assert "Rien à faire" in here.run("upgrade", "--no-backup")


def test_check_deploy_lists_what_is_missing_and_how_to_mend_it(here: Installation) -> None:
    here.init()
    here.var.chmod(0o755)
    (here.var / "secrets.json").chmod(0o644)

    said = here.run("check", "--deploy", fails=True)

    for number in ("E002", "E005", "W001", "W002", "W003", "W004", "W101", "I001"):
        assert f"(ecoute.{number})" in said, said
    assert f"chmod 600 {here.var / 'secrets.json'}" in said
    assert "ada@exemple.fr" in said
    assert said.count("HINT") == said.count("(ecoute.")


def test_check_deploy_is_content_with_a_sound_installation(here: Installation) -> None:
    here.settings = {
        "ECOUTE_HTTPS": "1",
        "ECOUTE_HOSTS": "ecoute.exemple.fr",
        "ECOUTE_EMAIL_HOST": "courrier.exemple.fr",
    }
    here.init()
    here.run("backup")

    said = here.run("check", "--deploy")

    assert "Rien n’empêche la mise en production" in said
    assert set(re.findall(r"\(([\w.]+\.[EWI]\d+)\)", said)) <= {"ecoute.W101", "ecoute.I001"}


def test_check_deploy_refuses_a_demonstration(here: Installation) -> None:
    here.settings = {"ECOUTE_DEMO": "1", "ECOUTE_DEBUG": "1", "ECOUTE_HOSTS": "*"}
    here.init()
    here.python(
        "from ecoute.directory.models import User\n"
        "User.objects.create_user('demo@exemple.fr', 'x', name='Démo', is_demo=True)\nprint(1)"
    )

    said = here.run("check", "--deploy", fails=True)

    for number in ("E001", "E003", "E004", "E101"):
        assert f"(ecoute.{number})" in said, said


def test_check_deploy_before_init_says_what_to_do(here: Installation) -> None:
    assert "ecoute init" in here.run("check", "--deploy", fails=True)


def test_a_backup_can_leave_the_secrets_out(here: Installation, tmp_path: Path) -> None:
    here.init()

    here.run("backup", tmp_path / "sans.tar.gz", "--no-secrets")
    here.run("backup", tmp_path / "avec.tar.gz")

    assert not (tmp_path / "sans.secrets.json").exists()
    secrets = tmp_path / "avec.secrets.json"
    assert secrets.stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "avec.tar.gz").stat().st_mode & 0o777 == 0o600
    assert json.loads(secrets.read_text()) == json.loads((here.var / "secrets.json").read_text())
