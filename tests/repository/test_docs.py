"""Documents that fail when they lie: links lead somewhere, commands exist."""

import re
import subprocess
from pathlib import Path

import pytest

from tests.conftest import PROJECT

pytestmark = pytest.mark.repository

DOCS = sorted([*PROJECT.glob("*.md"), *(PROJECT / "docs").rglob("*.md"), *(PROJECT / "src").rglob("README.md")])


@pytest.mark.parametrize("page", DOCS, ids=lambda path: str(path.relative_to(PROJECT)))
def test_links_between_documents_lead_somewhere(page: Path):
    links = re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_every_make_target_that_documents_name_exists():
    targets = set(re.findall(r"^([a-z-]+):", (PROJECT / "Makefile").read_text(), re.MULTILINE))
    named = {
        name
        for page in DOCS
        for name in re.findall(r"(?:^|`)make ([a-z][a-z-]+)\b", page.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert sorted(named - targets) == []


def test_every_ecoute_command_that_documents_name_exists():
    listed = subprocess.run([PROJECT / ".venv/bin/ecoute", "--help"], capture_output=True, text=True, check=True).stdout
    commands = set(re.findall(r"^  ([a-z-]+)", listed, re.MULTILINE))
    named = {
        name
        for page in DOCS
        for name in re.findall(r"(?:^|`|sudo )ecoute ([a-z][a-z-]*)", page.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert named
    assert sorted(named - commands) == []


def test_the_changelog_names_the_version():
    from ecoute import __version__

    assert __version__ in (PROJECT / "CHANGELOG.md").read_text(encoding="utf-8")
