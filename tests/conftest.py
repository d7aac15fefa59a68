"""What every test stands on, and the traps the suite sets: network access and unknown template variables fail."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

PROJECT = Path(__file__).resolve().parents[1]
CHROMIUM = next((path for path in ("/usr/bin/chromium", "/usr/bin/chromium-browser") if Path(path).exists()), "")
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDTHS = {"wide": 1280, "phone": 390, "narrow": 320}


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of real data sets (``ECOUTE_DATA``, default beside the checkout); a missing one is a loud skip."""
    folder = Path(os.environ.get("ECOUTE_DATA", PROJECT.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"no data sets at {folder}: set ECOUTE_DATA")
    return folder


@pytest.fixture(autouse=True, scope="session")
def _no_network() -> Iterator[None]:
    """A test that reaches off this machine fails at once."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and not _is_local(address[0]):
            raise AssertionError(f"a test tried to reach {address[0]}")
        connect(self, address)

    socket.socket.connect = guarded  # type: ignore[method-assign]
    yield
    socket.socket.connect = connect  # type: ignore[method-assign]


def _is_local(host: str) -> bool:
    return host.startswith("127.") or host in {"::1", "localhost", "0.0.0.0"}


class _UnknownVariable(str):
    """Django puts this where a template names a variable that does not exist: the test fails and says which."""

    def __contains__(self, text: object) -> bool:
        return text == "%s"

    def __mod__(self, missing: Any) -> str:
        raise AssertionError(f"unknown template variable: {missing}")


@pytest.fixture(autouse=True, scope="session")
def _unknown_template_variables_fail() -> None:
    try:
        from django.template import engines
    except ImportError:  # the tests of methods run where Django is not installed
        return
    engines["django"].engine.string_if_invalid = _UnknownVariable("%s")  # type: ignore[attr-defined]


@pytest.fixture(autouse=True)
def _columns_begin_empty(request: pytest.FixtureRequest) -> None:
    """The column store trusts numbers that only grow; between two tests the database, and its numbers, begin again."""
    if request.node.get_closest_marker("django_db") or {"db", "transactional_db"} & set(request.fixturenames):
        from ecoute.verbatims.columns.store import STORE
        from ecoute.verbatims.search.meaning import forget_vectors

        STORE.forget()
        forget_vectors()


@pytest.fixture(scope="session")
def _browser() -> Iterator[Any]:
    if not CHROMIUM:
        message = "no chromium: install it with « apt-get install chromium »"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright runs a loop in this thread
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def browser_page(_browser: Any) -> Iterator[Callable[..., Any]]:
    """A factory of real pages: ``browser_page(width=390, height=844, javascript=True, dark=False)``.

    The browser's security policy is set aside only so that axe can be put into the page; a page that logs an error in
    the console fails the test.
    """
    contexts: list[Any] = []
    errors: list[str] = []

    def open_page(
        width: int = 1280, height: int = 900, javascript: bool = True, dark: bool = False, locale: str = "fr-FR"
    ) -> Any:
        context = _browser.new_context(
            viewport={"width": width, "height": height},
            bypass_csp=True,
            java_script_enabled=javascript,
            color_scheme="dark" if dark else "light",
            locale=locale,
            reduced_motion="reduce",
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert errors == []


@pytest.fixture
def sign_in_browser(client: Any, live_server: Any) -> Callable[[Any, Any], None]:
    """Signs a user in on a browser page: ``sign_in_browser(page, user)`` puts the session cookie there."""
    from django.conf import settings

    def sign_in(page: Any, user: Any) -> None:
        client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": cookie.value, "url": live_server.url}]
        )

    return sign_in


@pytest.fixture
def axe() -> Callable[[Any], list[str]]:
    """Accessibility faults of a page, as « rule: how many, first place »; the right answer is an empty list."""
    from axe_playwright_python.sync_playwright import Axe

    def run(page: Any) -> list[str]:
        found = Axe().run(page).response["violations"]
        return [f"{v['id']}: {len(v['nodes'])}, {v['nodes'][0]['target']} {v['nodes'][0]['html'][:120]}" for v in found]

    return run
