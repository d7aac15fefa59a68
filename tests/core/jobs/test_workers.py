"""Real worker processes: killed, stopped, or two at a time."""

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.core.installation import Installation
from tests.core.jobs.slow_work import lines

pytestmark = pytest.mark.integration

WORKER = """
import django; django.setup()
import tests.core.jobs.slow_work
from ecoute.core.jobs.worker import run_worker
run_worker()
"""
JOBS = """
from ecoute.core.models import Job
columns = ("state", "attempts", "done", "total", "result", "error")
print(json.dumps(list(Job.objects.order_by("id").values(*columns))))
"""


@pytest.fixture
def here(install) -> Installation:
    made: Installation = install(ready=True)
    return made


@pytest.fixture
def start_worker(here: Installation):
    started: list[subprocess.Popen[bytes]] = []

    def start() -> subprocess.Popen[bytes]:
        started.append(subprocess.Popen([sys.executable, "-c", WORKER], env=here.environment))
        return started[-1]

    yield start
    for process in started:
        if process.poll() is None:
            process.kill()
        process.wait()


def enqueue(here: Installation, kind: str, times: int = 1, **arguments: Any) -> None:
    here.python(
        "import tests.core.jobs.slow_work\n"
        "from ecoute.core.jobs import enqueue\n"
        f"for number in range({times}):\n"
        f"    enqueue({kind!r}, by=None, **{{k: v.replace('#', str(number)) if isinstance(v, str) else v "
        f"for k, v in {arguments!r}.items()}})\n"
        "print(1)"
    )


def wait_until(condition: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.1)


def job_states(here: Installation) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = [job for job in here.python(JOBS) if job["total"] is not None or job["attempts"]]
    return found


def test_work_survives_a_worker_killed_in_the_middle(here, start_worker, tmp_path: Path) -> None:
    log = str(tmp_path / "log")
    enqueue(here, "test.steps", path=log, count=12, pause=0.2)
    first = start_worker()
    wait_until(lambda: len(lines(log)) >= 4)
    first.kill()  # SIGKILL: nothing can be tidied up
    first.wait()
    written = len(lines(log))
    assert written < 12

    start_worker()
    wait_until(lambda: len(lines(log)) >= 12)
    time.sleep(1)

    [job] = [job for job in job_states(here) if job["total"] == 12]
    assert (job["state"], job["attempts"], job["done"]) == ("done", 2, 12)
    assert job["result"]["resumed_at"] >= written
    assert lines(log) == [str(number) for number in range(12)]


def test_a_worker_told_to_stop_puts_its_job_back(here, start_worker, tmp_path: Path) -> None:
    log = str(tmp_path / "log")
    enqueue(here, "test.steps", path=log, count=50, pause=0.1)
    worker = start_worker()
    wait_until(lambda: len(lines(log)) >= 2)

    worker.terminate()
    assert worker.wait(timeout=20) == 0

    [job] = [job for job in here.python(JOBS) if job["total"] == 50]
    assert (job["state"], job["attempts"], job["error"]) == ("queued", 0, "")
    assert here.python("from ecoute.core.models import WorkerSign\nprint(WorkerSign.objects.count())") == 0


def test_two_workers_never_take_the_same_job(here, start_worker, tmp_path: Path) -> None:
    log = str(tmp_path / "log")
    enqueue(here, "test.mark", times=60, path=log, name="#")

    start_worker()
    start_worker()
    wait_until(lambda: len(lines(log)) >= 60)
    time.sleep(1)

    assert sorted(map(int, lines(log))) == list(range(60))
    assert {job["attempts"] for job in job_states(here)} == {1}


def test_a_silent_job_keeps_its_lease_while_its_worker_lives(here, start_worker, tmp_path: Path) -> None:
    log = str(tmp_path / "log")
    enqueue(here, "test.silent", path=log)

    start_worker()
    start_worker()
    wait_until(lambda: len(lines(log)) >= 1)
    time.sleep(5)

    assert lines(log) == ["run"]
