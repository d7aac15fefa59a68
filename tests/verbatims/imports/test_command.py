"""``ecoute import FILE``, killed in the middle too."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from ecoute.directory.facade import ensure_service
from ecoute.verbatims.models import ImportBatch, Verbatim, VerbatimService
from tests.conftest import PROJECT
from tests.verbatims.imports.conftest import ROWS

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

Write = Callable[..., Path]


def run(path: Path, *options: str) -> str:
    out = StringIO()
    call_command("import_verbatims", str(path), "--yes", *options, stdout=out)
    return out.getvalue()


def test_it_says_what_it_did(write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    told = run(write([*ROWS, "7;31/02/2024;Date;Cette date ne peut pas exister;;"]))
    assert "4 créés, 0 mis à jour, 0 déjà connus, 1 rejetés" in told
    (rejects,) = tmp_path.glob("rejets-import-*.csv")
    assert "cette date n’existe pas" in rejects.read_text(encoding="utf-8")
    assert rejects.stat().st_mode & 0o077 == 0


def test_a_rehearsal_writes_nothing(write: Write) -> None:
    assert "4  verbatims à importer" in run(write(ROWS), "--dry-run")
    assert not Verbatim.objects.exists()
    assert not ImportBatch.objects.exists()


def test_columns_and_service_may_be_told(write: Write) -> None:
    service = ensure_service(name="Préfecture de police", by=None)
    run(
        write(ROWS),
        "--mapping",
        "text=titre,ignore=texte",
        "--service",
        "Préfecture de police",
        "--source",
        "Formulaire",
    )
    assert set(VerbatimService.objects.values_list("service_id", flat=True)) == {service}
    assert set(Verbatim.objects.values_list("source__slug", flat=True)) == {"formulaire"}


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--mapping", "text=zork"), "n’est pas dans le fichier"),
        (("--mapping", "zork=texte"), "n’est pas un champ"),
        (("--service", "Zork"), "n’est pas dans l’annuaire"),
    ],
)
def test_mistakes_are_said_and_leave_nothing(write: Write, options: tuple[str, ...], sentence: str) -> None:
    with pytest.raises(CommandError, match=sentence):
        run(write(ROWS), *options)
    assert not ImportBatch.objects.exists()


def test_a_missing_or_unreadable_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="n’existe pas"):
        run(tmp_path / "rien.csv")
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7 rest of it")
    with pytest.raises(CommandError, match="n’est pas un tableau"):
        run(tmp_path / "a.pdf")


TOTAL = 12_000


def test_killed_in_the_middle_the_same_command_goes_on(tmp_path: Path) -> None:
    """A real process, a real SIGKILL, on a database of its own."""
    path = tmp_path / "avis.csv"
    lines = [f"{n};02/03/2024;Un avis numéro {n} sur le service rendu par l'accueil" for n in range(TOTAL)]
    path.write_text("\n".join(["id;date;texte", *lines]) + "\n", encoding="utf-8")
    environment = {
        **os.environ,
        "ECOUTE_VAR": str(tmp_path / "var"),
        "DJANGO_SETTINGS_MODULE": "ecoute.config.settings.base",
    }
    environment.pop("ECOUTE_DATABASE_URL", None)
    manage = [sys.executable, str(PROJECT / "manage.py")]
    subprocess.run([*manage, "migrate", "-v0"], env=environment, check=True, cwd=tmp_path)
    base = tmp_path / "var" / "ecoute.sqlite3"
    command = [*manage, "import_verbatims", str(path), "--yes"]

    process = subprocess.Popen(command, env=environment, cwd=tmp_path, stdout=subprocess.DEVNULL)
    _wait_for_rows(base, process)
    process.send_signal(signal.SIGKILL)
    process.wait()
    stored, rows_read = _count(base)
    assert 0 < stored < TOTAL
    assert stored == rows_read

    again = subprocess.run(command, env=environment, cwd=tmp_path, check=True, capture_output=True, text=True)
    assert "Reprise de l’import" in again.stdout
    assert _count(base) == (TOTAL, TOTAL)


def _wait_for_rows(base: Path, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 60
    while _count(base)[0] == 0:
        assert process.poll() is None, "it ended before it could be killed"
        assert time.monotonic() < until
        time.sleep(0.01)


def _count(base: Path) -> tuple[int, int]:
    with sqlite3.connect(f"file:{base}?mode=ro", uri=True, timeout=20) as connection:
        stored = connection.execute("SELECT count(DISTINCT external_id) FROM verbatims_verbatim").fetchone()[0]
        everything = connection.execute("SELECT count(*) FROM verbatims_verbatim").fetchone()[0]
        assert stored == everything
        read = connection.execute("SELECT coalesce(max(rows_read), 0) FROM verbatims_importbatch").fetchone()[0]
    connection.close()
    return stored, read
