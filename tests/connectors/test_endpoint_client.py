"""One question to a server that is slow, wrong, gone, huge or beside the question."""

from __future__ import annotations

import socket
import time
from pathlib import Path

import pytest

from ecoute.connectors.language_models.client import (
    FAILURES,
    LONGEST_PAUSE,
    MOST_BYTES,
    REST,
    Breaker,
    Endpoint,
    EndpointDownError,
    EndpointRefusedError,
)

from .conftest import Raw, Server

pytestmark = pytest.mark.unit


def endpoint(url: str, timeout: float = 5.0, breaker: Breaker | None = None) -> tuple[Endpoint, list[float]]:
    pauses: list[float] = []
    return Endpoint(url, "secret", timeout, sleep=pauses.append, breaker=breaker or Breaker()), pauses


def test_a_question_travels_with_its_key(server: Server) -> None:
    server.answer = lambda path, body: {"said": body["word"]}
    client, _ = endpoint(server.url)

    assert client.post("/chat/completions", {"word": "été"}) == {"said": "été"}
    path, _, headers = server.asked[0]
    assert path == "/v1/chat/completions"
    assert headers["Authorization"] == "Bearer secret"


def test_the_key_is_not_shown() -> None:
    assert "secret" not in repr(endpoint("http://127.0.0.1:1")[0])


@pytest.mark.parametrize(
    "said",
    [
        Raw(b"<html>Bienvenue</html>"),
        Raw(b'{"choices": ['),
        Raw(b"[1, 2]"),
        Raw(b'data: {"choices": []}\n\n'),
        Raw(b"[" * 100_000),
        Raw(b"x" * (MOST_BYTES + 10)),
        Raw(b"", 404),
        Raw(b"", 302, headers={"Location": "http://127.0.0.1:9/"}),
        Raw(b"{}", 401),
    ],
    ids=["html", "cut", "list", "stream", "deep", "huge", "404", "elsewhere", "401"],
)
def test_an_answer_beside_the_question_is_refused_at_once(server: Server, said: Raw) -> None:
    server.answer = lambda path, body: said
    client, pauses = endpoint(server.url)

    with pytest.raises(EndpointRefusedError):
        client.post("/chat/completions", {})
    assert (len(server.asked), pauses) == (1, [])


def test_a_server_that_recovers_is_asked_again(server: Server) -> None:
    server.answer = lambda path, body: {"ok": 1} if len(server.asked) == 3 else Raw(b"", 503)
    client, pauses = endpoint(server.url)

    assert client.post("/x", {}) == {"ok": 1}
    assert pauses == [0.5, 2.0]


def test_the_wait_it_asks_for_is_bounded(server: Server) -> None:
    server.answer = lambda path, body: Raw(b"", 429, headers={"Retry-After": "86400"})
    client, pauses = endpoint(server.url)

    with pytest.raises(EndpointDownError, match="429"):
        client.post("/x", {})
    assert pauses == [LONGEST_PAUSE, LONGEST_PAUSE]


def test_an_answer_that_drips_is_cut_off_in_time(server: Server) -> None:
    server.answer = lambda path, body: Raw(b'{"a": 1}' * 100, drip=0.1)
    client, _ = endpoint(server.url, timeout=0.4)

    start = time.monotonic()
    with pytest.raises(EndpointDownError):
        client.post("/x", {})
    assert time.monotonic() - start < 5


def test_headers_that_drip_are_cut_off_in_time(server: Server) -> None:
    server.answer = lambda path, body: Raw(b"", drip=0.1, whole=True)  # five seconds
    client, _ = endpoint(server.url, timeout=0.4)

    start = time.monotonic()
    with pytest.raises(EndpointDownError, match="TimeoutError"):
        client.post("/x", {}, awaited=True)
    assert 0.3 < time.monotonic() - start < 2


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_server_that_takes_the_call_and_says_nothing_is_left_in_time(scheme: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        client, _ = endpoint(f"{scheme}://127.0.0.1:{silent.getsockname()[1]}/v1", timeout=0.3)

        start = time.monotonic()
        with pytest.raises(EndpointDownError, match="TimeoutError"):
            client.post("/x", {}, awaited=True)
        assert time.monotonic() - start < 2


def test_a_long_question_that_nobody_reads_is_left_in_time() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        client, _ = endpoint(f"http://127.0.0.1:{silent.getsockname()[1]}/v1", timeout=0.3)

        start = time.monotonic()
        with pytest.raises(EndpointDownError, match="TimeoutError"):
            client.post("/x", {"words": "x" * 20_000_000}, awaited=True)
        assert time.monotonic() - start < 3


def test_what_somebody_waits_for_is_tried_once_and_shortly(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ecoute.connectors.language_models.client.AWAITED", 0.3)
    server.answer = lambda path, body: Raw(b"{}" * 50, drip=0.1)
    client, pauses = endpoint(server.url, timeout=60)

    start = time.monotonic()
    with pytest.raises(EndpointDownError):
        client.post("/x", {}, awaited=True)
    assert time.monotonic() - start < 2
    assert (len(server.asked), pauses) == (1, [])


def test_a_seal_that_nobody_vouches_for_is_refused_and_one_that_is_known_serves(
    sealed: tuple[Server, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    server, certificate = sealed
    server.answer = lambda path, body: {"said": body["word"]}
    client, _ = endpoint(server.url)

    with pytest.raises(EndpointDownError, match="SSLCertVerificationError"):
        client.post("/x", {"word": "été"}, awaited=True)
    assert server.asked == []
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    assert client.post("/x", {"word": "été"}) == {"said": "été"}


def test_refusals_too_make_us_leave_the_server_alone(server: Server) -> None:
    server.answer = lambda path, body: Raw(b"{}", 401)
    client, _ = endpoint(server.url)
    for _try in range(FAILURES):
        with pytest.raises(EndpointRefusedError, match="401"):
            client.post("/x", {})

    for _try in range(5):
        with pytest.raises(EndpointDownError, match="left alone"):
            client.post("/x", {})
    assert len(server.asked) == FAILURES


def test_a_server_that_is_gone_is_left_alone_for_a_while() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    now = [0.0]
    breaker = Breaker(clock=lambda: now[0])
    client, pauses = endpoint(f"http://127.0.0.1:{port}/v1", breaker=breaker)
    for _ in range(FAILURES):
        with pytest.raises(EndpointDownError, match="does not answer"):
            client.post("/x", {})
    tried = len(pauses)

    with pytest.raises(EndpointDownError, match="left alone"):
        client.post("/x", {})
    assert len(pauses) == tried
    now[0] = REST + 1
    with pytest.raises(EndpointDownError, match="does not answer"):
        client.post("/x", {})


@pytest.mark.parametrize("url", ["http://h:abc/v1", "http://h:99999/v1", "http://h:0/v1", "http://[::1/v1"])
def test_an_address_that_cannot_be_read_is_said(url: str) -> None:
    with pytest.raises(EndpointRefusedError, match="cannot be read: look at its port"):
        endpoint(url)[0].post("/x", {})


def test_a_key_that_cannot_be_sent_is_said_without_being_shown(server: Server) -> None:
    client = Endpoint(server.url, "clé…\n")

    with pytest.raises(EndpointRefusedError, match="the key") as told:
        client.post("/x", {})
    assert "clé" not in str(told.value)


def test_an_address_that_is_none_is_said() -> None:
    with pytest.raises(EndpointRefusedError, match="must begin with https"):
        endpoint("file:///etc/passwd")[0].post("/x", {})
