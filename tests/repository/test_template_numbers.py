"""Numbers that machines read are not written as people read them: « 1 043 » is no primary key."""

from __future__ import annotations

import re

import pytest

from tests.conftest import PROJECT

pytestmark = pytest.mark.repository

# An attribute whose value holds, unfiltered, something named as a key or a place in a list is.
BARE_KEY = re.compile(r"""[a-z-]+="[^"]*\{\{ *(?:[a-z_]+\.)*(?:pk|position|(?:next_|previous_)?page_number) *\}\}""")
TEMPLATES = sorted((PROJECT / "src").rglob("templates/**/*.html"))


def test_keys_in_attributes_are_written_without_separators():
    bare = [
        f"{path.relative_to(PROJECT)}: {found}"
        for path in TEMPLATES
        for found in BARE_KEY.findall(path.read_text(encoding="utf-8"))
    ]

    assert bare == []
