"""The commands of the house, run as somebody would in a terminal."""

import json
import re
import signal
import socket
import sys
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


@pytest.fixture
def ready(install) -> Installation:
    made: Installation = install("ready", ready=True)
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


def test_init_invents_a_password_when_asked(here: Installation) -> None:
    said = here.run("init", "--email", "ada@exemple.fr", "--name", "Ada", "--generate-password")

    password = re.search(r"une fois\) : (\S{20})\n", said)
    assert password, said
    assert here.python(
        "from ecoute.directory.models import User\n"
        f"print(json.dumps(User.objects.get().check_password({password[1]!r})))"
    )


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel of Linux alone tells of a parent's death")
def test_when_serve_is_killed_what_it_started_ends_too(ready: Installation) -> None:
    port = free_port()
    serving = ready.start("serve", "--port", port)
    try:
        wait_for(port)
        children = Path(f"/proc/{serving.pid}/task/{serving.pid}/children").read_text().split()
        assert len(children) == 2
    finally:
        serving.kill()
        serving.communicate(timeout=20)

    end = time.monotonic() + 20
    while any(is_alive(pid) for pid in children) or is_taken(port):
        assert time.monotonic() < end, "the web server or the worker stayed behind"
        time.sleep(0.2)


def is_alive(pid: str) -> bool:
    """Running, and no mere entry that waits for somebody to read how it ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def is_taken(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def test_serve_answers_runs_work_and_stops_both_on_ctrl_c(ready: Installation) -> None:
    port = free_port()
    serving = ready.start("serve", "--port", port)
    try:
        wait_for(port)
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=20) as answer:
            assert answer.status == 200
        ready.python("from ecoute.core.jobs import enqueue\nenqueue('core.sweep', by=None, key='mine')\nprint(1)")
        state = "from ecoute.core.models import Job\nprint(json.dumps(Job.objects.get(key='mine').state))"
        end = time.monotonic() + 30
        while ready.python(state) != "done":
            assert time.monotonic() < end
        busy = ready.run("serve", "--port", port, fails=True)
        assert f"--port {port + 1}" in busy
    finally:
        serving.send_signal(signal.SIGINT)
        said, _ = serving.communicate(timeout=40)
    assert serving.returncode == 0, said
    assert f"http://127.0.0.1:{port}/" in said
    with pytest.raises(OSError):
        socket.create_connection(("127.0.0.1", port), timeout=1)
    assert ready.python("from ecoute.core.models import WorkerSign\nprint(WorkerSign.objects.count())") == 0


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


def test_worker_once_empties_the_queue(ready: Installation) -> None:
    ready.python("from ecoute.core.jobs import enqueue\nenqueue('core.sweep', by=None)\nprint(1)")
    states = "from ecoute.core.models import Job\nprint(json.dumps(sorted(Job.objects.values_list('kind', 'state'))))"
    waiting = ready.python(states)  # with what init leaves to do: to learn from the codebook
    assert ["core.sweep", "queued"] in waiting

    assert f"Travaux traités : {len(waiting)}" in ready.run("worker", "--once")
    assert ready.python(states) == [[kind, "done"] for kind, _ in waiting]
    assert "Travaux traités : 0" in ready.run("worker", "--once")


def test_upgrade_has_nothing_to_do_on_a_new_installation(ready: Installation) -> None:

    assert f"déjà à la version {__version__}" in ready.run("upgrade")
    assert not (ready.var / "backups").exists()


def test_upgrade_saves_first_then_migrates_and_says_what(ready: Installation) -> None:
    ready.python(
        "from django.core.management import call_command\ncall_command('migrate', 'mfa', '0002', verbosity=0)\nprint(1)"
    )
    assert "ecoute upgrade" in ready.run("serve", "--port", free_port(), fails=True)

    said = ready.run("upgrade")

    assert "mfa : 0003_authenticator_type_uniq" in said
    [archive] = (ready.var / "backups").glob("*.tar.gz")
    assert str(archive) in said
    assert "Rien à faire" in ready.run("upgrade", "--no-backup")


def test_check_deploy_lists_what_is_missing_and_how_to_mend_it(ready: Installation) -> None:
    ready.var.chmod(0o755)

    said = ready.run("check", "--deploy", fails=True)

    assert "(ecoute.E002)" in said
    assert said.count("HINT") == said.count("(ecoute.")


def test_check_deploy_is_content_with_a_sound_installation(ready: Installation) -> None:
    ready.settings = {
        "ECOUTE_HTTPS": "1",
        "ECOUTE_HOSTS": "ecoute.exemple.fr",
        "ECOUTE_EMAIL_HOST": "courrier.exemple.fr",
    }
    ready.run("backup")

    said = ready.run("check", "--deploy")

    assert "Rien n’empêche la mise en production" in said
    assert set(re.findall(r"\(([\w.]+\.[EWI]\d+)\)", said)) <= {"ecoute.W101", "ecoute.I001"}


def test_a_backup_can_leave_the_secrets_out(ready: Installation, tmp_path: Path) -> None:

    ready.run("backup", tmp_path / "sans.tar.gz", "--no-secrets")
    ready.run("backup", tmp_path / "avec.tar.gz")

    assert not (tmp_path / "sans.secrets.json").exists()
    secrets = tmp_path / "avec.secrets.json"
    assert secrets.stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "avec.tar.gz").stat().st_mode & 0o777 == 0o600
    assert json.loads(secrets.read_text()) == json.loads((ready.var / "secrets.json").read_text())
