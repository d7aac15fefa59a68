"""The reference of settings is true: every variable read is documented, and the other way round."""

import re

import pytest

from tests.conftest import PROJECT

pytestmark = pytest.mark.repository

READ = re.compile(r"""(?:\benvironment\.)?\b(?:text|flag|listing)\(\s*"([A-Z_]+)\"""")


def test_every_variable_read_is_documented_and_every_documented_one_is_read() -> None:
    sources = (PROJECT / "src/ecoute/config").rglob("*.py")
    read = {name for path in sources for name in READ.findall(path.read_text(encoding="utf-8"))}
    page = (PROJECT / "docs/reference/settings.md").read_text(encoding="utf-8")
    documented = set(re.findall(r"^\| `ECOUTE_([A-Z_]+)` \|", page, re.MULTILINE))

    assert len(read) > 15
    assert documented == read
