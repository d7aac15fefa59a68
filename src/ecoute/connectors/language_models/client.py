"""One question to the server and its answer, in bounded time and size. Thin: what is asked is ``mapping``'s affair.

An address, a key, one POST. No redirection is followed: the words go where the administrator said and nowhere else.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.client import HTTPException, HTTPResponse
from typing import Any
from urllib.parse import SplitResult, urlsplit

from .wire import connected

MOST_BYTES = 1_000_000  # of one answer
TRIES = 3  # of one question
PAUSES = (0.5, 2.0)  # seconds before the second and the third try
AWAITED = 5.0  # seconds, when somebody waits before a screen
LONGEST_PAUSE = 5.0  # however long the server asks us to wait
FAILURES = 3  # questions in a row that fail before the server is left alone …
REST = 60.0  # … for so many seconds
AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})


class EndpointError(RuntimeError):
    """The server gave nothing that can be used."""


class EndpointDownError(EndpointError):
    """It does not answer, or not in time."""


class EndpointRefusedError(EndpointError):
    """It answered, beside the question: no JSON, another shape, an error of ours."""


@dataclass(slots=True)
class Breaker:
    """Leaves a failing server alone for a while, so that a long run does not wait for it at every text."""

    clock: Callable[[], float] = time.monotonic
    failures: int = 0
    resting_until: float = 0.0

    def is_resting(self) -> bool:
        """Whether questions are held back now."""
        return self.clock() < self.resting_until

    def failed(self) -> None:
        """One more question without an answer that can be used."""
        self.failures += 1
        if self.failures >= FAILURES:
            self.resting_until, self.failures = self.clock() + REST, 0

    def answered(self) -> None:
        """The server is well."""
        self.failures = 0


@dataclass(slots=True)
class Endpoint:
    """An OpenAI-compatible server. ``url`` up to ``/v1``; ``timeout`` in seconds for one whole answer."""

    url: str
    key: str = field(default="", repr=False)
    timeout: float = 20.0
    sleep: Callable[[float], object] = time.sleep
    breaker: Breaker = field(default_factory=Breaker)

    def post(self, path: str, body: dict[str, Any], *, awaited: bool = False) -> dict[str, Any]:
        """The JSON object that the server answers. ``awaited``: by somebody, hence one try of ``AWAITED`` seconds.

        Raises ``EndpointDownError`` or ``EndpointRefusedError``; both count as failures of the server.
        """
        if self.breaker.is_resting():
            raise EndpointDownError("the server failed several times and is left alone for a while")
        try:
            found = self._tried(path, json.dumps(body, ensure_ascii=False).encode(), awaited)
        except EndpointError:
            self.breaker.failed()
            raise
        self.breaker.answered()
        return found

    def _tried(self, path: str, payload: bytes, awaited: bool) -> dict[str, Any]:
        pauses = () if awaited else PAUSES[: TRIES - 1]
        timeout = min(self.timeout, AWAITED) if awaited else self.timeout
        for pause in (*pauses, None):
            try:
                return self._once(path, payload, timeout)
            except _Again as again:
                if pause is None:
                    raise EndpointDownError(str(again)) from again
                self.sleep(min(max(pause, again.wait), LONGEST_PAUSE))
        raise AssertionError("the last try answers or raises")

    def _once(self, path: str, payload: bytes, timeout: float) -> dict[str, Any]:
        parts = address_of(self.url)
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if self.key:
            headers["Authorization"] = f"Bearer {self.key}"
        try:
            with connected(parts.scheme, parts.hostname or "", parts.port, time.monotonic() + timeout) as connection:
                connection.request("POST", f"{parts.path.rstrip('/')}{path}", payload, headers)
                response = connection.getresponse()
                content = _read(response)
        except (OSError, HTTPException) as fault:
            raise _Again(f"the server does not answer: {type(fault).__name__}") from fault
        except ValueError as fault:  # a host, a path or a key that cannot be written in a question
            raise EndpointRefusedError("the address or the key of the server cannot be used") from fault
        if response.status in AGAIN:
            raise _Again(f"the server answers {response.status}", _seconds(response.getheader("Retry-After")))
        return _object(response.status, content)


def address_of(url: str) -> SplitResult:
    """The parts of an address that can be asked; ``EndpointRefusedError`` says what is wrong with another."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as fault:
        raise EndpointRefusedError("the address of the server cannot be read: look at its port") from fault
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise EndpointRefusedError("the address of the server must begin with https:// or http://")
    if port == 0:
        raise EndpointRefusedError("the address of the server cannot be read: look at its port")
    return parts


class _Again(Exception):  # noqa: N818 – a reason to try again, never seen outside
    def __init__(self, message: str, wait: float = 0.0) -> None:
        super().__init__(message)
        self.wait = wait


def _read(response: HTTPResponse) -> bytes:
    """The whole answer, no longer than ``MOST_BYTES``."""
    parts: list[bytes] = []
    size = 0
    while part := response.read1(65_536):
        size += len(part)
        if size > MOST_BYTES:
            raise EndpointRefusedError(f"the answer is longer than {MOST_BYTES:,} bytes")
        parts.append(part)
    return b"".join(parts)


def _object(status: int, content: bytes) -> dict[str, Any]:
    if status != 200:
        raise EndpointRefusedError(f"the server answers {status}")
    try:
        found = json.loads(content)
    except (ValueError, RecursionError) as fault:
        raise EndpointRefusedError("the answer is no JSON") from fault
    if not isinstance(found, dict):
        raise EndpointRefusedError("the answer is no JSON object")
    return found


def _seconds(told: str | None) -> float:
    try:
        return max(0.0, float(told or 0))
    except ValueError:
        return 0.0
