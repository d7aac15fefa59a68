"""A real server on this machine that answers as it is told, well or badly."""

from __future__ import annotations

import json
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID


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
    """Bytes sent as they are; ``drip``: seconds between one byte and the next, of the headers too if ``whole``."""

    def __init__(
        self,
        content: bytes,
        status: int = 200,
        drip: float = 0,
        headers: dict[str, str] | None = None,
        whole: bool = False,
    ):
        self.content, self.status, self.drip, self.headers = content, status, drip, headers or {}
        self.whole = whole


class _Handler(BaseHTTPRequestHandler):
    server: Any

    def do_POST(self) -> None:
        told: Server = self.server.told
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        told.asked.append((self.path, body, dict(self.headers)))
        said = told.answer(self.path, body)
        said = said if isinstance(said, Raw) else Raw(json.dumps(said).encode())
        if said.whole:
            self._drip(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n", said.drip)
            return
        self.send_response(said.status)
        for name, value in said.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self._drip(said.content, said.drip)

    def _drip(self, content: bytes, pause: float) -> None:
        step = 1 if pause else 65_536
        try:
            for at in range(0, len(content), step):
                self.wfile.write(content[at : at + step])
                time.sleep(pause)
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


@pytest.fixture
def sealed(server: Server, tmp_path: Path) -> Iterator[tuple[Server, Path]]:
    """The same behind TLS, and the certificate that it made for itself."""
    certificate = tmp_path / "server.pem"
    certificate.write_bytes(_certificate())
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    made = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    made.told = server  # type: ignore[attr-defined]
    made.daemon_threads = True
    made.handle_error = lambda *about: None  # type: ignore[method-assign]  # a client that refuses the seal
    made.socket = context.wrap_socket(made.socket, server_side=True)
    server.url = f"https://127.0.0.1:{made.server_port}/v1"
    thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield server, certificate
    made.shutdown()
    made.server_close()
    thread.join()


def _certificate() -> bytes:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    own = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return made.public_bytes(Encoding.PEM) + own
