"""What the sources must and must not hold."""

import re
import subprocess
from pathlib import Path

import pytest

from tests.conftest import PROJECT

pytestmark = pytest.mark.repository

SOURCES = sorted((PROJECT / "src").rglob("*.py"))
TEMPLATES = sorted((PROJECT / "src").rglob("templates/**/*.html"))
PAGES = [path for path in TEMPLATES if "methods" not in path.parts]  # the stand-alone report carries its own style
JUNK_DRAWERS = {"utils", "helpers", "common", "misc", "services", "managers"}


def _where(pattern: str, paths: list[Path]) -> list[str]:
    found = re.compile(pattern)
    return [
        f"{path.relative_to(PROJECT)}:{number}"
        for path in paths
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if found.search(line)
    ]


def test_no_room_is_a_junk_drawer():
    named = {path.stem for path in SOURCES} | {path.parent.name for path in SOURCES}
    # "services" is a word of the field: queries/services.py reads public services. As a package it would be a layer.
    drawers = {path.parent.name for path in SOURCES} & JUNK_DRAWERS
    assert drawers | (named & (JUNK_DRAWERS - {"services"})) == set()


def test_pages_hold_no_inline_script_or_style():
    assert _where(r"<style|\sstyle=|<script(?![^>]*\bsrc=)|\son[a-z]+=\"", PAGES) == []


def test_nothing_is_loaded_from_another_site():
    styles = sorted((PROJECT / "src").rglob("*.css")) + sorted((PROJECT / "src").rglob("*.js"))
    assert _where(r"(src|href)=\"https?://|url\(['\"]?https?:|import .*https?:", PAGES + styles) == []


def test_files_stay_short_enough_to_read():
    long = {str(path.relative_to(PROJECT)): len(path.read_text(encoding="utf-8").splitlines()) for path in SOURCES}
    assert {name: lines for name, lines in long.items() if lines > 400 and "/migrations/" not in name} == {}


def test_locks_name_no_host():
    assert _where("://", sorted((PROJECT / "requirements").glob("*.txt"))) == []


def test_nothing_committed_is_private_to_one_machine():
    listed = subprocess.run(["git", "ls-files"], cwd=PROJECT, capture_output=True, text=True, check=True).stdout
    texts = [
        PROJECT / name
        for name in listed.splitlines()
        if name.endswith((".py", ".md", ".sh", ".toml", ".html", ".js", ".css", ".po", "Makefile"))
    ]
    homes = [re.escape("/" + name + "/") for name in ("work", "root", "home")]
    found = _where("|".join(homes), [path for path in texts if path.exists()])
    assert [place for place in found if not place.startswith("tests/repository/")] == []
