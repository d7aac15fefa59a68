"""A real server on this machine that answers as it is told, well or badly."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest


class Server:
    """``answer`` is called with the path and the JSON that was asked; what it gives is sent."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, dict[str, Any], dict[str, str]]] = []
        self.answer: Callable[[str, dict[str, Any]], Any] = lambda path, body: {}
        self.url = ""

    def codes(self, *codes: dict[str, Any]) -> None:
        """From now on, these codes."""
        self.answer = lambda path, body: chat({"codes": list(codes)})


def chat(content: Any) -> dict[str, Any]:
    """The envelope of a chat answer."""
    text = content if isinstance(content, str) else json.dumps(content)
    return {"choices": [{"message": {"role": "assistant", "content": text}}]}


class Raw:
    """Bytes sent as they are; ``drip``: seconds between one byte and the next."""

    def __init__(self, content: bytes, status: int = 200, drip: float = 0, headers: dict[str, str] | None = None):
        self.content, self.status, self.drip, self.headers = content, status, drip, headers or {}


class _Handler(BaseHTTPRequestHandler):
    server: Any

    def do_POST(self) -> None:
        told: Server = self.server.told
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        told.asked.append((self.path, body, dict(self.headers)))
        said = told.answer(self.path, body)
        said = said if isinstance(said, Raw) else Raw(json.dumps(said).encode())
        self.send_response(said.status)
        for name, value in said.headers.items():
            self.send_header(name, value)
        self.end_headers()
        try:
            for at in range(0, len(said.content), 1 if said.drip else 65_536):
                self.wfile.write(said.content[at : at + (1 if said.drip else 65_536)])
                time.sleep(said.drip)
        except OSError:
            return  # the client had enough

    def log_message(self, *args: Any) -> None:
        """Quiet."""


@pytest.fixture
def server() -> Iterator[Server]:
    told = Server()
    made = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    made.told = told  # type: ignore[attr-defined]
    made.daemon_threads = True
    told.url = f"http://127.0.0.1:{made.server_port}/v1"
    thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield told
    made.shutdown()
    made.server_close()
    thread.join()
