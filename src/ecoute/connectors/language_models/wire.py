"""A connection with one deadline for everything: reaching the server, the seal, the question, the answer.

A timeout of ``socket`` starts anew at each byte, so that a server that drips may hold us for minutes. Here every wait
is for what remains until the deadline. The name of the server alone is looked up by the system, in its own time.
"""

from __future__ import annotations

import io
import socket
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPSConnection
from typing import Any


@contextmanager
def connected(scheme: str, host: str, port: int | None, until: float) -> Iterator[HTTPConnection]:
    """A connection already made, closed at the end. ``until``: of ``time.monotonic``.

    Raises ``OSError`` where nobody answers, ``TimeoutError`` (one of them) at the deadline, then and in each later use.
    """
    sealed = scheme == "https"
    context = ssl.create_default_context() if sealed else None
    made = HTTPSConnection(host, port, context=context) if sealed else HTTPConnection(host, port)
    plain = _reached(host, made.port, until)
    try:
        if context is not None:
            plain = context.wrap_socket(plain, server_hostname=host, do_handshake_on_connect=False)
            plain.settimeout(_left(until))
            plain.do_handshake()
        made.sock = _Dated(plain, until)  # what http.client uses of a socket
        yield made
    finally:
        made.close()
        plain.close()


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError("the answer takes too long")
    return left


def _reached(host: str, port: int, until: float) -> socket.socket:
    """The first address of the host that answers."""
    fault: OSError = OSError("no address for this name")
    for address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
        try:
            return socket.create_connection((str(address[4][0]), port), _left(until))
        except OSError as found:
            fault = found
    raise fault


class _Dated:
    """What ``http.client`` uses of a socket: it sends, it is read, it is closed by whom made it."""

    def __init__(self, plain: socket.socket, until: float) -> None:
        self._plain, self._until = plain, until

    def sendall(self, content: bytes) -> None:
        rest = memoryview(content)
        while len(rest):
            self._plain.settimeout(_left(self._until))
            rest = rest[self._plain.send(rest) :]

    def makefile(self, mode: str) -> io.BufferedReader:
        return io.BufferedReader(_Reader(self._plain, self._until))

    def close(self) -> None:
        """Nothing: ``http.client`` closes the connection before the answer is read."""


class _Reader(io.RawIOBase):
    def __init__(self, plain: socket.socket, until: float) -> None:
        super().__init__()
        self._plain, self._until = plain, until

    def readable(self) -> bool:
        return True

    def readinto(self, into: Any) -> int:
        self._plain.settimeout(_left(self._until))
        return self._plain.recv_into(into)
