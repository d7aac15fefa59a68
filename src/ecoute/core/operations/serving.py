"""One command runs everything: the web server and a worker, started and stopped together."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from types import FrameType

from django.core.management import call_command
from django.utils.translation import gettext as _

from ecoute.core.operations.errors import OperationRefused
from ecoute.core.operations.schema import pending_migrations

APPLICATION = "ecoute.config.wsgi:application"
SET_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG, linux/prctl.h
GRACE = 15.0  # seconds given to each process to end


def refuse_if_not_ready(host: str, port: int) -> None:
    """Raises OperationRefused when the tables are not up to date or the port is taken, with what to do."""
    if pending_migrations():
        raise OperationRefused(
            _(
                "La base de données n’est pas au niveau de cette version. Lancez « ecoute init » pour une première "
                "installation, « ecoute upgrade » sinon."
            )
        )
    if not _is_free(host, port):
        raise OperationRefused(
            _(
                "Le port %(port)d est déjà pris : Écoute, ou un autre programme, y répond. "
                "Arrêtez-le, ou choisissez un autre port : ecoute serve --port %(other)d"
            )
            % {"port": port, "other": port + 1}
        )


def _is_free(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def serve(
    *, host: str = "127.0.0.1", port: int = 8000, workers: int = 1, with_worker: bool = True, ready: Callable[[], None]
) -> int:
    """Runs until Ctrl-C, SIGTERM, or the web server ends. ``ready`` is called once it answers. Gives its exit code."""
    refuse_if_not_ready(host, port)
    # Extensions of htmx that no page uses name files that are not shipped with them.
    call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=["django_htmx/ext/*"])
    web = _start(_web_command(host, port, workers))
    worker = _start(WORKER) if with_worker else None
    stopping = _Stopping()
    try:
        _wait_until_it_answers(web, host, port, stopping, ready)
        while web.poll() is None and not stopping.asked:
            time.sleep(0.3)
            if worker and worker.poll() is not None and not stopping.asked:
                worker = _start(WORKER)  # one that died is replaced
    finally:
        for process in filter(None, (web, worker)):
            _stop(process)
    return 0 if stopping.asked else web.returncode or 0


WORKER = [sys.executable, "-m", "django", "worker"]


def _web_command(host: str, port: int, workers: int) -> list[str]:
    options = ["--interface", "wsgi", "--host", host, "--port", str(port), "--workers", str(workers)]
    return [sys.executable, "-m", "granian", *options, "--blocking-threads", "4", "--log-level", "warning", APPLICATION]


def _start(command: list[str]) -> subprocess.Popen[bytes]:
    """In its own process group: a Ctrl-C in the terminal reaches us alone, and we stop them in order."""
    return subprocess.Popen(  # noqa: S603
        command,
        env=os.environ,
        start_new_session=True,
        preexec_fn=_ending_with_us(),
    )


def _ending_with_us() -> Callable[[], None] | None:
    """On Linux, what a new process does first: ask to be stopped should we be killed without a chance to stop it."""
    if sys.platform != "linux":
        return None
    library, us = ctypes.CDLL(None), os.getpid()  # loaded before the fork: little may be done after it

    def ask() -> None:
        library.prctl(SET_DEATH_SIGNAL, signal.SIGTERM)
        if os.getppid() != us:  # already gone
            os.kill(os.getpid(), signal.SIGTERM)

    return ask


class _Stopping:
    """Remembers that Ctrl-C or SIGTERM came."""

    def __init__(self) -> None:
        self.asked = False
        signal.signal(signal.SIGINT, self._ask)
        signal.signal(signal.SIGTERM, self._ask)

    def _ask(self, number: int, frame: FrameType | None) -> None:
        self.asked = True


def _wait_until_it_answers(
    web: subprocess.Popen[bytes], host: str, port: int, stopping: _Stopping, ready: Callable[[], None]
) -> None:
    """At most a minute: a slow machine still gets its address printed."""
    for _attempt in range(300):
        if web.poll() is not None or stopping.asked:
            return
        try:
            with socket.create_connection((_reachable(host), port), timeout=1):
                break
        except OSError:
            time.sleep(0.2)
    ready()


def _reachable(host: str) -> str:
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104


def _stop(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is not None:
        return
    process.terminate()
    try:
        process.wait(GRACE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
