"""The private file of secrets: made once, completed when a version needs one more."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.utils.crypto import salted_hmac

from ecoute.config.environment import load_secrets
from ecoute.verbatims.actions.receive import IncomingVerbatim

pytestmark = pytest.mark.unit


@pytest.fixture(autouse=True)
def _no_key_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ECOUTE_SECRET_KEY", raising=False)


def test_secrets_are_made_once_for_their_owner_alone(tmp_path: Path) -> None:
    made = load_secrets(tmp_path)

    assert set(made) == {"secret_key", "raw_key", "fingerprint_key"}
    assert len(bytes.fromhex(made["fingerprint_key"])) == 32
    assert load_secrets(tmp_path) == made
    assert (tmp_path / "secrets.json").stat().st_mode & 0o777 == 0o600


def test_a_file_without_the_key_of_fingerprints_is_given_it_and_known_rows_stay_known(
    tmp_path: Path, settings: object
) -> None:
    path = tmp_path / "secrets.json"
    path.write_text(json.dumps({"secret_key": "former", "raw_key": "r"}))
    path.chmod(0o600)

    known = load_secrets(tmp_path)

    assert (known["secret_key"], known["raw_key"]) == ("former", "r")
    assert json.loads(path.read_text()) == known
    assert path.stat().st_mode & 0o777 == 0o600
    assert [found.name for found in tmp_path.iterdir()] == ["secrets.json"]
    settings.FINGERPRINT_KEY = known["fingerprint_key"]  # type: ignore[attr-defined]
    words = '[["", "", "Merci.", "", "", "", "unknown", "unknown", "unknown", ""], [[], {}, {}, 0]]'
    former = salted_hmac("verbatims.fingerprint", words, secret="former", algorithm="sha256").hexdigest()
    assert IncomingVerbatim(text="Merci.").fingerprint() == former


def test_the_key_of_fingerprints_stays_when_that_of_sessions_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "secrets.json"
    path.write_text(json.dumps({"secret_key": "former", "raw_key": "r"}))
    known = load_secrets(tmp_path)
    path.write_text(json.dumps({**known, "secret_key": "new"}))
    monkeypatch.setenv("ECOUTE_SECRET_KEY", "newer")

    assert load_secrets(tmp_path)["fingerprint_key"] == known["fingerprint_key"]
