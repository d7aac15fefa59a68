"""One question to a server that is slow, wrong, gone, huge or beside the question."""

from __future__ import annotations

import socket
import time

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


def test_an_address_that_is_none_is_said() -> None:
    with pytest.raises(EndpointRefusedError, match="must begin with https"):
        endpoint("file:///etc/passwd")[0].post("/x", {})
