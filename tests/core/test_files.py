import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from ecoute.core import files

pytestmark = pytest.mark.unit


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


def test_a_stored_file_is_found_again_with_its_checksum() -> None:
    stored = files.store([b"a;b\n", b"1;2\n"], folder="imports", original_name="../../Été 2026.CSV")

    assert stored.original_name == "Été 2026.CSV"
    assert stored.sha256 == hashlib.sha256(b"a;b\n1;2\n").hexdigest()
    assert stored.size == 8
    assert stored.name.startswith("imports/")
    assert stored.name.endswith(".csv")
    with files.open_stored(stored.name) as file:
        assert file.read() == b"a;b\n1;2\n"


def test_two_files_of_one_name_do_not_meet() -> None:
    first = files.store([b"1"], folder="imports", original_name="a.csv")
    second = files.store([b"2"], folder="imports", original_name="a.csv")

    assert first.name != second.name


def test_an_upload_cut_short_leaves_nothing(settings) -> None:
    def cut() -> Iterator[bytes]:
        yield b"beginning"
        raise ConnectionError

    with pytest.raises(ConnectionError):
        files.store(cut(), folder="imports", original_name="a.csv")

    assert [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()] == []


@pytest.mark.parametrize("name", ["../secrets.json", "/etc/passwd", "imports/../../x", ""])
def test_names_that_lead_elsewhere_are_refused(name: str) -> None:
    with pytest.raises(files.UnsafeName):
        files.open_stored(name)


def test_deleting_twice_is_no_error() -> None:
    stored = files.store([b"1"], folder="imports", original_name="a.csv")

    files.delete(stored.name)
    files.delete(stored.name)

    with pytest.raises(FileNotFoundError):
        files.open_stored(stored.name)


@pytest.mark.parametrize(
    ("given", "expected"),
    [("Été à la mer.csv", "Ete-a-la-mer.csv"), ("../../x", "x"), ("💥", "fichier"), (".htaccess", "htaccess")],
)
def test_safe_names(given: str, expected: str) -> None:
    assert files.safe_name(given) == expected
