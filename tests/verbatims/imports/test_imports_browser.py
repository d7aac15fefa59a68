"""An import in a real browser: every step accessible at each width, with and without scripts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ecoute.core.jobs import run_next
from ecoute.directory.enums import Role
from ecoute.directory.facade import ensure_service
from ecoute.verbatims.models import ImportBatch, Verbatim
from tests.conftest import WIDTHS
from tests.factories.people import make_user
from tests.verbatims.imports.conftest import ROWS

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def faults(page: Any, axe: Any) -> list[Any]:
    return [*axe(page), page.evaluate("document.documentElement.scrollWidth - innerWidth")]


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS.keys())
@pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no scripts"])
def test_from_a_file_to_its_verbatims(
    browser_page: Any, live_server: Any, sign_in_browser: Any, axe: Any, write: Any, width: int, javascript: bool
) -> None:
    ensure_service(name="CAF du Nord de la France", by=None)
    path: Path = write([*ROWS, "9;31/02/2024;Date;Cette date ne peut pas exister du tout;;"])
    page = browser_page(width=width, javascript=javascript)
    sign_in_browser(page, make_user(Role.QUALITY_OFFICER))
    found = {}

    def look(name: str) -> None:
        if javascript:  # axe itself is a script
            found[name] = faults(page, axe)

    page.goto(f"{live_server.url}/imports/")
    look("empty list")
    page.get_by_role("link", name="Importer un fichier").click()
    look("upload")
    page.set_input_files("input[type=file]", str(path))
    page.get_by_role("button", name="Continuer").click()
    look("columns")
    page.get_by_role("button", name="Continuer").click()
    look("services")
    page.get_by_role("button", name="Importer", exact=True).click()
    assert page.url.endswith(f"/imports/{ImportBatch.objects.get().pk}/")
    run_next()
    page.goto(page.url)
    look("result")
    assert page.get_by_text("Verbatims créés").is_visible()
    page.goto(f"{live_server.url}/imports/")
    look("list")
    page.get_by_role("link", name=path.name).click()
    page.get_by_role("link", name="Annuler cet import").click()
    look("undo")
    page.get_by_role("button", name="Annuler l’import").click()
    run_next(), run_next()
    assert Verbatim.objects.count() == 4
    assert found == {name: [0] for name in found}


def test_warnings_appear_as_soon_as_a_column_changes(
    browser_page: Any, live_server: Any, sign_in_browser: Any, write: Any
) -> None:
    page = browser_page()
    sign_in_browser(page, make_user(Role.QUALITY_OFFICER))
    page.goto(f"{live_server.url}/imports/nouveau/")
    page.set_input_files("input[type=file]", str(write(ROWS)))
    page.get_by_role("button", name="Continuer").click()
    assert not page.get_by_text("Aucune date :").is_visible()

    page.get_by_label("date", exact=True).select_option("extra")

    page.get_by_text("Aucune date :").wait_for()
