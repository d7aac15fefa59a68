"""The worker process: one job at a time, until it is told to stop."""

import logging
import os
import signal
import socket
import threading
import time
from datetime import timedelta

from django.db import DatabaseError, close_old_connections
from django.utils import timezone

from ecoute.core.jobs import queue, schedules
from ecoute.core.jobs.running import run_next
from ecoute.core.models import WorkerSign

log = logging.getLogger("ecoute.jobs")

IDLE = 0.5  # seconds between two looks at an empty queue
ROUND = 10.0  # seconds between two rounds: sign of life, expired leases, schedules
ALIVE = timedelta(minutes=2)  # a worker seen since then is alive, if no long job keeps it busy


class Worker:
    """Runs jobs until ``stop`` is called (SIGTERM and SIGINT do): the job in hand goes back to the queue."""

    def __init__(self) -> None:
        self.name = f"{socket.gethostname()}:{os.getpid()}"
        self._stop = threading.Event()
        self._rounded = 0.0

    def stop(self) -> None:
        self._stop.set()

    def run(self) -> None:
        """Loops. A database that is away for a moment is waited for."""
        sign = threading.Thread(target=self._sign_life, name="sign-of-life", daemon=True)
        sign.start()
        log.info("worker %s is ready", self.name)
        while not self._stop.is_set():
            try:
                self._turn()
            except DatabaseError:
                log.exception("the database does not answer; trying again")
                self._stop.wait(5)
        sign.join()
        log.info("worker %s has stopped", self.name)

    def _turn(self) -> None:
        close_old_connections()
        if time.monotonic() - self._rounded >= ROUND or not self._rounded:
            self._rounded = time.monotonic()
            queue.reap()
            schedules.enqueue_due()
        if run_next(heartbeat=True, stopping=self._stop.is_set) is None:
            self._stop.wait(IDLE)

    def _sign_life(self) -> None:
        """From a thread: a long job must not make the worker look dead."""
        from django.db import connections

        try:
            while True:
                try:
                    WorkerSign.objects.update_or_create(name=self.name, defaults={"seen_at": timezone.now()})
                    WorkerSign.objects.filter(seen_at__lt=timezone.now() - timedelta(days=1)).delete()
                except DatabaseError:
                    log.warning("no sign of life could be written")
                if self._stop.wait(ROUND):
                    break
            WorkerSign.objects.filter(name=self.name).delete()
        finally:
            connections.close_all()


def run_worker() -> None:
    """Runs a worker in this process until SIGTERM or SIGINT."""
    worker = Worker()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: worker.stop())
    worker.run()


def workers_alive() -> int:
    """How many workers gave a sign of life lately."""
    return WorkerSign.objects.filter(seen_at__gte=timezone.now() - ALIVE).count()
