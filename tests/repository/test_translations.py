"""Every French sentence of the screens has its English one."""

import os
import shutil
import subprocess
from pathlib import Path

import polib
import pytest

from tests.conftest import PROJECT

pytestmark = pytest.mark.repository

ROOMS = ["core", "ui", "directory", "verbatims", "coding", "discovery", "indicators", "watch", "portal"]


@pytest.fixture(params=ROOMS)
def room(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    if not shutil.which("xgettext"):
        message = "no gettext: apt-get install gettext"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    copy = tmp_path / request.param
    shutil.copytree(PROJECT / "src/ecoute" / request.param, copy)
    return copy


def test_english_is_complete_and_compiled(room: Path):
    catalogue = room / "locale/en/LC_MESSAGES/django.po"
    committed = polib.mofile(str(catalogue.with_suffix(".mo"))) if catalogue.with_suffix(".mo").exists() else []
    (room / "locale").mkdir(exist_ok=True)
    subprocess.run(
        [PROJECT / ".venv/bin/django-admin", "makemessages", "-l", "en", "--no-location", "--no-wrap", "-v", "0"],
        cwd=room,
        check=True,
    )
    gathered = polib.pofile(str(catalogue)) if catalogue.exists() else []
    wanted = [entry for entry in gathered if not entry.obsolete]
    compiled = {entry.msgid for entry in committed}

    assert [entry.msgid for entry in wanted if not entry.translated()] == []
    assert [entry.msgid for entry in wanted if "fuzzy" in entry.flags] == []
    assert [entry.msgid for entry in wanted if entry.msgid not in compiled] == []
