"""What is saved comes back whole, on the same database or the other."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.core.installation import Installation, postgresql_url

pytestmark = pytest.mark.integration

FILL = """
import datetime, decimal
from django.db import transaction
from ecoute.core import audit, files, switches, vault
from ecoute.core.counters import next_numbers
from ecoute.core.jobs import enqueue
from ecoute.directory.models import Place, Service, User
from ecoute.verbatims.models import Embedding, RawText, Source, Verbatim, VerbatimService
ada = User.objects.get()
switches.turn("essai", on=True, by=ada)
Place.objects.get_or_create(level="country", code="ZZ", name="Test", folded="test")
country = Place.objects.get(code="ZZ")
service = Service.objects.create(name="Mairie d’Œuilly", kind="service", slug="mairie", path="/1/")
source = Source.objects.create(slug="guichet", name="Guichet")
with transaction.atomic():
    numbers = next_numbers("verbatims", 3)
for number in numbers:
    verbatim = Verbatim.objects.create(source=source, fingerprint=str(number), title="L’attente", revision=number,
        text='Ça dure ; « 2 h » \\n\\t"" \\u2028 😀 NULL', said_on=datetime.date(2023, 2, 28), place=country,
        received_at=datetime.datetime(2023, 3, 1, 12, 30, 15, 123456, tzinfo=datetime.UTC),
        masking_version=1, extra={"é": [1, 2.5, None, {"x": "y"}]}, polarity_confidence=0.1 + 0.2, phrases=["attente"])
    RawText.objects.create(verbatim=verbatim, sealed=vault.seal("Mon nom est Dupont"))
    Embedding.objects.create(verbatim=verbatim, engine="essai", vector=bytes(range(256)))
    VerbatimService.objects.create(verbatim=verbatim, service=service)
Verbatim.objects.filter(pk=verbatim.pk).update(duplicate_of=Verbatim.objects.first())
Verbatim.objects.order_by("pk")[1].delete()
files.store([b"a;b\\n1;2\\n" * 1000], folder="documents", original_name="été.csv")
files.store([b""], folder="documents", original_name="vide.csv")
enqueue("core.sweep", by=ada, key="k")
print(1)
"""

STATE = """
import hashlib, pathlib
from django.conf import settings
from django.db import connection
from django.apps import apps
from ecoute.core.operations.records import columns_of, kept_models, line_of, read_rows
rows = {}
for model in kept_models(apps):
    # PostgreSQL keeps objects of JSON, not the order of their keys
    lines = [json.dumps(json.loads(line_of(row)), sort_keys=True) for row in read_rows(model)]
    if model._meta.label_lower == "core.auditentry":
        lines = [line for line in lines if "core.restored" not in line and "core.backed_up" not in line]
    if model._meta.label_lower == "core.job":  # a restore asks for the map to be drawn again: backups leave it out
        lines = [line for line in lines if "discovery.map" not in line]
    rows[model._meta.label_lower] = sorted(lines)
media = pathlib.Path(settings.MEDIA_ROOT)
files = {str(p.relative_to(media)): hashlib.sha256(p.read_bytes()).hexdigest() for p in media.rglob("*") if p.is_file()}
print(json.dumps({"rows": rows, "files": files}))
"""

RAW = """
from ecoute.core import vault
from ecoute.verbatims.models import RawText
print(json.dumps([vault.open(raw.sealed) for raw in RawText.objects.all()]))
"""

FOUND = """
from django.db import connection
from ecoute.verbatims.search.engines import word_index
from ecoute.verbatims.search.index import stems_of_word
print(len(word_index(connection.vendor).find(stems_of_word("dure"))))
"""

ENGINES = [False, True] if postgresql_url() else [False]


@pytest.fixture
def source(install) -> Installation:
    return filled(install("source", ready=True))


def filled(made: Installation) -> Installation:
    made.python(FILL)
    return made


@pytest.mark.parametrize("to_postgresql", ENGINES)
@pytest.mark.parametrize("from_postgresql", ENGINES)
def test_everything_comes_back_whatever_the_database(
    install, tmp_path: Path, from_postgresql: bool, to_postgresql: bool
) -> None:
    source = filled(install("source", postgresql=from_postgresql, ready=True))
    target = install("target", postgresql=to_postgresql)
    archive = tmp_path / "s.tar.gz"
    before = source.python(STATE)
    assert len(before["rows"]["verbatims.verbatim"]) == 2
    assert len(before["files"]) == 2

    source.run("backup", archive)
    target.run("restore", archive)

    assert target.python(STATE) == before
    assert target.python(RAW) == ["Mon nom est Dupont"] * 2
    assert target.python(FOUND) == 2  # the index of words is made again
    assert json.loads((target.var / "secrets.json").read_text()) == json.loads(
        (source.var / "secrets.json").read_text()
    )
    numbers = target.python(
        "from ecoute.directory.models import User\n"
        "print(json.dumps(User.objects.create_user('b@exemple.fr', 'x', name='B').pk))"
    )
    assert numbers == 2  # the sequences go on after the rows restored


def test_files_that_wait_to_be_imported_are_left_out_for_their_words_are_in_clear(
    source: Installation, tmp_path: Path
) -> None:
    words = source.python(
        "from ecoute.core import files\n"
        "kept = files.store([b'Mon nom est Dupont'], folder='imports', original_name='avis.csv')\n"
        "print(json.dumps(kept.name))"
    )
    source.run("backup", tmp_path / "s.tar.gz")

    with tarfile.open(tmp_path / "s.tar.gz") as tar:
        names = tar.getnames()
        whole = b"".join(tar.extractfile(name).read() for name in names)  # type: ignore[union-attr]

    assert (source.var / "media" / words).exists()
    assert f"media/{words}" not in names
    assert b"Dupont" not in whole
    assert sum(name.startswith("media/documents/") for name in names) == 2


def test_a_damaged_archive_is_refused_and_nothing_changes(source: Installation, install, tmp_path: Path) -> None:
    archive, target = tmp_path / "s.tar.gz", install("target")
    source.run("backup", archive)
    rewrite(
        archive,
        "records/verbatims.verbatim.jsonl",
        lambda data: data.replace(b"dure", b"dura"),
    )

    said = target.run("restore", archive, fails=True)

    assert "records/verbatims.verbatim.jsonl" in said
    assert "somme de contrôle" in said
    assert not (target.var / "media").exists()
    assert target.python("from ecoute.core.operations.restore import is_empty\nprint(json.dumps(is_empty()))")


def test_other_damage_is_refused_and_nothing_is_written(source: Installation, install, tmp_path: Path) -> None:
    good, target = tmp_path / "s.tar.gz", install("target")
    source.run("backup", good)
    whole, archive = good.read_bytes(), tmp_path / "damaged.tar.gz"

    def said_of(damage: Callable[[], object]) -> str:
        archive.write_bytes(whole)
        damage()
        return target.run("restore", archive, fails=True)

    assert "abîmé" in said_of(lambda: archive.write_bytes(whole[:-2000]))
    assert "pas une sauvegarde" in said_of(lambda: archive.write_text("ceci n’est pas une archive"))
    assert "directory.user" in said_of(lambda: rewrite(archive, "records/directory.user.jsonl", lambda data: None))
    assert "pirate" in said_of(lambda: add(archive, "records/pirate.jsonl"))
    assert "sortie" in said_of(lambda: add(archive, "../sortie"))
    assert "n’existe pas" in said_of(archive.unlink)
    assert list(tmp_path.rglob("sortie")) == []


def test_a_full_installation_is_replaced_only_by_force_and_saved_first(source: Installation, tmp_path: Path) -> None:
    archive = tmp_path / "s.tar.gz"
    source.run("backup", archive)
    before = source.python(STATE)
    source.python("from ecoute.verbatims.models import Verbatim\nVerbatim.objects.update(title='Autre')\nprint(1)")
    changed = source.python(STATE)

    assert "--force" in source.run("restore", archive, fails=True)
    assert source.python(STATE) == changed

    said = source.run("restore", archive, "--force")

    assert source.python(STATE) == before
    former = source.var / "backups" / "avant-s.tar.gz"
    assert str(former) in said
    source.run("restore", former, "--force")
    assert source.python(STATE) == changed


def test_without_its_secrets_a_backup_is_refused_unless_the_loss_is_accepted(
    source: Installation, install, tmp_path: Path
) -> None:
    archive, elsewhere, target = tmp_path / "s.tar.gz", tmp_path / "coffre.json", install("target")
    source.run("backup", archive)
    (tmp_path / "s.secrets.json").rename(elsewhere)

    assert "--secrets" in target.run("restore", archive, fails=True)
    target.run("restore", archive, "--without-raw")
    assert "WrongKey" in target.python(
        "from ecoute.core import vault\nfrom ecoute.verbatims.models import RawText\n"
        "try: vault.open(RawText.objects.first().sealed)\n"
        "except vault.WrongKey as error: print(json.dumps(type(error).__name__))"
    )
    target.run("restore", archive, "--secrets", elsewhere, "--force")
    assert target.python(RAW) == ["Mon nom est Dupont"] * 2


def test_rows_stay_known_when_the_key_of_the_raw_words_is_given_outside(
    source: Installation, install, tmp_path: Path
) -> None:
    archive, target = tmp_path / "s.tar.gz", install("target")
    source.run("backup", archive)
    former = json.loads((source.var / "secrets.json").read_text())
    target.settings["ECOUTE_RAW_KEY"] = former["raw_key"]

    target.run("restore", archive)

    kept = json.loads((target.var / "secrets.json").read_text())
    assert kept["fingerprint_key"] == former["fingerprint_key"]
    assert kept["secret_key"] != former["secret_key"]


def test_a_backup_of_a_newer_version_is_refused(source: Installation, install, tmp_path: Path) -> None:
    archive, target = tmp_path / "s.tar.gz", install("target")
    source.run("backup", archive)

    def newer(data: bytes) -> bytes:
        manifest = json.loads(data)
        manifest["migrations"].append(["core", "9999_someday"])
        manifest["version"] = "99.0"
        return json.dumps(manifest).encode()

    rewrite(archive, "manifest.json", newer)

    assert "99.0" in target.run("restore", archive, fails=True)


def test_an_older_backup_is_restored_then_migrated(source: Installation, install, tmp_path: Path) -> None:
    archive, target = tmp_path / "s.tar.gz", install("target")
    before = source.python(STATE)
    source.python(
        "from django.core.management import call_command\ncall_command('migrate', 'mfa', '0002', verbosity=0)\nprint(1)"
    )
    source.run("backup", archive)

    target.run("restore", archive)

    assert "Rien à faire" in target.run("upgrade")
    after = target.python(STATE)
    for table in ("verbatims.verbatim", "directory.user", "verbatims.rawtext"):
        assert after["rows"][table] == before["rows"][table]


def test_a_backup_is_of_one_moment_while_people_write(source: Installation, tmp_path: Path) -> None:
    writing = source.python(
        "from pathlib import Path\n"
        "import threading\n"
        "from django.db import transaction\n"
        "from ecoute.core.counters import current_number, next_numbers\n"
        "from ecoute.core.models import Switch\n"
        "from ecoute.core.operations.backup import back_up\n"
        "stop, written = threading.Event(), []\n"
        "def write():\n"
        "    from django.db import connections\n"
        "    while not stop.is_set():\n"
        "        with transaction.atomic():\n"
        "            [number] = next_numbers('moment')\n"
        "            Switch.objects.create(name=f'moment-{number}')\n"
        "        written.append(number)\n"
        "    connections.close_all()\n"
        "thread = threading.Thread(target=write)\n"
        "thread.start()\n"
        "while len(written) < 5: pass\n"
        f"back_up(Path({str(tmp_path / 's.tar.gz')!r}))\n"
        "stop.set()\n"
        "thread.join()\n"
        "print(len(written))"
    )
    with tarfile.open(tmp_path / "s.tar.gz") as tar:
        counters = lines_of(tar, "records/core.counter.jsonl")
        switches = [row for row in lines_of(tar, "records/core.switch.jsonl") if str(row[0]).startswith("moment-")]

    [number] = [row[1] for row in counters if row[0] == "moment"]
    assert 5 <= number <= writing
    assert len(switches) == number


def lines_of(tar: tarfile.TarFile, name: str) -> list[list[Any]]:
    file = tar.extractfile(name)
    assert file is not None
    return [json.loads(line) for line in file.read().splitlines()]


def rewrite(archive: Path, name: str, change: Any) -> None:
    """The archive with one member changed, or left out when ``change`` gives None."""
    members = []
    with tarfile.open(archive) as tar:
        for member in tar:
            data = tar.extractfile(member).read()  # type: ignore[union-attr]
            members.append((member.name, change(data) if member.name == name else data))
    write(archive, members)


def add(archive: Path, name: str) -> None:
    with tarfile.open(archive) as tar:
        members = [(member.name, tar.extractfile(member).read()) for member in tar]  # type: ignore[union-attr]
    write(archive, [*members, (name, b"intrus")])


def write(archive: Path, members: list[tuple[str, bytes | None]]) -> None:
    with gzip.open(archive, "wb") as packed, tarfile.open(fileobj=packed, mode="w") as tar:
        for name, data in members:
            if data is not None:
                info = tarfile.TarInfo(name)
                info.size = len(data)
                tar.addfile(info, io.BytesIO(data))
