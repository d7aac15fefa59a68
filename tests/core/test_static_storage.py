"""Static files: fingerprinted and compressed once gathered, plain before."""

import pytest
from django.core.management import call_command
from django.templatetags.static import static

pytestmark = pytest.mark.integration

BACKEND = {"staticfiles": {"BACKEND": "ecoute.core.static_storage.FingerprintedStorage"}}


@pytest.fixture
def gathered_in(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | BACKEND
    return tmp_path


def test_before_they_are_gathered_plain_names_serve(gathered_in):
    assert static("ui/app.js") == "/static/ui/app.js"


def test_gathered_files_have_a_fingerprint_are_compressed_and_import_each_other_by_it(gathered_in):
    call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=["django_htmx/ext/*"])

    application = static("ui/app.js").removeprefix("/static/")
    explorer = (gathered_in / static("verbatims/explorer.js").removeprefix("/static/")).read_text()

    assert application != "ui/app.js"
    assert (gathered_in / f"{application}.gz").exists()
    assert f"../{application}" in explorer
