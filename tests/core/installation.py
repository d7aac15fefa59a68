"""A whole installation of its own, driven by its commands as somebody would in a terminal."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

PROJECT = Path(__file__).resolve().parents[2]
PASSWORD = "un-mot-de-passe-tranquille"


@dataclass
class Installation:
    """``var`` is its folder; ``url`` its PostgreSQL (empty: SQLite in the folder)."""

    var: Path
    url: str = ""
    settings: dict[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("ECOUTE_")}
        own = {"ECOUTE_VAR": str(self.var), "ECOUTE_DATABASE_URL": self.url}
        paths = os.pathsep.join([str(PROJECT / "src"), str(PROJECT)])
        base = {"DJANGO_SETTINGS_MODULE": "ecoute.config.settings.base", "PYTHONPATH": paths}
        return {**inherited, **base, **own, **self.settings}

    def command(self, *arguments: Any) -> list[str]:
        return [sys.executable, "-c", "from ecoute.cli import main; main()", *map(str, arguments)]

    def run(self, *arguments: Any, stdin: str = "", fails: bool = False) -> str:
        """Runs ``ecoute …`` to its end; gives all that it wrote. ``fails``: it must refuse, without a traceback."""
        return self._finished(self.command(*arguments), stdin, fails)

    def start(self, *arguments: Any, **options: Any) -> subprocess.Popen[str]:
        """Starts ``ecoute …`` and lets it run."""
        return subprocess.Popen(
            self.command(*arguments), env=self.environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )

    def python(self, code: str) -> Any:
        """Runs ``code`` inside the installation; gives what it printed last, read as JSON."""
        whole = f"import django, json; django.setup()\n{code}"
        return json.loads(self._finished([sys.executable, "-c", whole], "", False).splitlines()[-1])

    def init(self, email: str = "ada@exemple.fr") -> str:
        return self.run("init", "--email", email, "--name", "Ada", "--password-stdin", stdin=f"{PASSWORD}\n")

    def _finished(self, command: list[str], stdin: str, fails: bool) -> str:
        done = subprocess.run(
            command, env=self.environment, input=stdin, capture_output=True, text=True, timeout=240, check=False
        )
        said = done.stdout + done.stderr if fails else done.stderr + done.stdout
        assert (done.returncode != 0) == fails, said
        assert "Traceback" not in said, said
        return said


def postgresql_url() -> str:
    """The server that this run of the tests uses, if it is PostgreSQL."""
    return os.environ.get("ECOUTE_DATABASE_URL", "")


@contextmanager
def new_installation(
    folder: Path, *, postgresql: bool = False, like: Installation | None = None
) -> Iterator[Installation]:
    """An installation where nothing was done yet, or a copy of ``like``. Its database goes at the end."""
    if like is not None:
        shutil.copytree(like.var, folder)
    if not postgresql:
        yield Installation(folder)
        return
    name = f"ecoute_test_{uuid4().hex[:12]}"
    template = f' TEMPLATE "{urlsplit(like.url).path[1:]}"' if like is not None else ""
    _on_server(f'CREATE DATABASE "{name}"{template}')
    try:
        yield Installation(folder, urlunsplit(urlsplit(postgresql_url())._replace(path=f"/{name}")))
    finally:
        _on_server(f'DROP DATABASE "{name}" WITH (FORCE)')


def _on_server(statement: str) -> None:
    import psycopg

    with psycopg.connect(postgresql_url(), autocommit=True) as connection:
        connection.execute(statement)  # type: ignore[call-overload]
