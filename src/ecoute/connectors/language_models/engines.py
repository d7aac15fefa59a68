"""Engines that ask a language model: themes, and vectors. Offered to the registry when Django starts.

They see masked text alone (the pipeline gives nothing else) and are refused unless an address is set *and* the switch
« text.endpoint » is on, which an administrator turns without restarting anything.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from django.conf import settings

from ecoute.core.switches import is_on
from ecoute.methods.text.codebooks import Codebook
from ecoute.methods.text.documents import Span, ThemeCode
from ecoute.methods.text.notes import REFUSED, UNAVAILABLE
from ecoute.methods.text.ports import EngineUnavailableError, ThemeCoder, Vectors
from ecoute.methods.text.registry import offer

from .client import Endpoint, EndpointDownError, EndpointError
from .mapping import (
    MOST_PASSAGES,
    PROMPT,
    AnswerError,
    read_themes,
    read_vectors,
    theme_question,
    vector_question,
)

SWITCH = "text.endpoint"
BATCH = 64  # texts of one question for vectors
MAX_CHARS = 2_500


class EndpointOffError(ValueError):
    """An engine elsewhere was chosen, and its address or its model is not set."""


class EndpointThemeCoder:
    """Themes by a chat model; what it does not answer is coded by the ``local`` engine and noted.

    The engine label of each code says which of both made it. ``allowed`` is asked at each text.
    """

    network = True

    def __init__(
        self,
        codebook: Codebook,
        local: ThemeCoder,
        endpoint: Endpoint,
        model: str,
        allowed: Callable[[], bool],
    ) -> None:
        self._codebook, self._local, self._endpoint, self._model = codebook, local, endpoint, model
        self._allowed = allowed
        self.name = f"endpoint-{model}"[:40]
        self.version = f"{PROMPT}/{codebook.slug}-{codebook.version}"

    def code(self, text: str, spans: Sequence[Span], vectors: Vectors, language: str) -> list[list[ThemeCode]]:
        return self.code_noted(text, spans, vectors, language)[0]

    def code_noted(
        self, text: str, spans: Sequence[Span], vectors: Vectors, language: str
    ) -> tuple[list[list[ThemeCode]], tuple[str, ...]]:
        if not self._allowed():
            return self._local.code(text, spans, vectors, language), ()
        try:
            return self._asked(text, spans), ()
        except EndpointDownError:
            note = UNAVAILABLE
        except (EndpointError, AnswerError):
            note = REFUSED
        return self._local.code(text, spans, vectors, language), (note,)

    def _asked(self, text: str, spans: Sequence[Span]) -> list[list[ThemeCode]]:
        found: list[list[ThemeCode]] = [[] for _ in spans]
        for at in range(0, len(spans), MOST_PASSAGES):
            some = spans[at : at + MOST_PASSAGES]
            answer = self._endpoint.post("/chat/completions", theme_question(self._model, self._codebook, text, some))
            for code in read_themes(answer, self._codebook, text, some):
                label = f"{self.name} {self.version}"
                found[at + code.passage].append(ThemeCode(code.theme, code.confidence, (code.span,), label))
        return [sorted(codes, key=lambda code: -code.confidence) for codes in found]


class EndpointEmbedder:
    """Vectors by an embedding model. Nothing can stand in for it, since vectors of two encoders are not compared: where
    it does not answer, ``EngineUnavailableError``, and the words wait."""

    network = True

    def __init__(self, endpoint: Endpoint, model: str, allowed: Callable[[], bool]) -> None:
        self._endpoint, self._model, self._allowed = endpoint, model, allowed
        self.name = f"endpoint-{model}"[:40]
        self.version = "1"
        self._dimensions = 0

    @property
    def dimensions(self) -> int:
        """Known once the server was asked, which the first call does."""
        if not self._dimensions:
            self._dimensions = self._ask(["dimensions"], awaited=True).shape[1]
        return self._dimensions

    def embed(self, texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.zeros((0, self.dimensions), np.float32)
        cut = [text[:MAX_CHARS] or " " for text in texts]
        return self._alike(np.vstack([self._ask(cut[at : at + BATCH]) for at in range(0, len(cut), BATCH)]))

    def embed_question(self, text: str) -> Vectors:
        """As ``embed`` of one text that a person waits for: one short try, so that a page comes in any case."""
        return self._alike(self._ask([text[:MAX_CHARS] or " "], awaited=True))

    def _alike(self, rows: Vectors) -> Vectors:
        if self._dimensions not in {0, rows.shape[1]}:
            raise EngineUnavailableError(f"the vectors of {self.name} changed their length")
        self._dimensions = rows.shape[1]
        return rows

    def _ask(self, texts: Sequence[str], awaited: bool = False) -> Vectors:
        if not self._allowed():
            raise EngineUnavailableError(f"{self.name} is chosen but the switch « {SWITCH} » is off")
        try:
            asked = vector_question(self._model, texts)
            return read_vectors(self._endpoint.post("/embeddings", asked, awaited=awaited), len(texts))
        except (EndpointError, AnswerError) as fault:
            raise EngineUnavailableError(f"{self.name} gives no vectors: {fault}") from fault


def switched_on() -> bool:
    """Whether an administrator lets masked words leave this machine."""
    return is_on(SWITCH)


def themes(codebook: Codebook, local: ThemeCoder, told: str = "") -> EndpointThemeCoder:
    """``themes=endpoint`` or ``themes=endpoint:model``."""
    return EndpointThemeCoder(codebook, local, _endpoint(), _model(told or settings.ENDPOINT_MODEL), switched_on)


def embedding(told: str = "") -> EndpointEmbedder:
    """``embedding=endpoint`` or ``embedding=endpoint:model``."""
    return EndpointEmbedder(_endpoint(), _model(told or settings.ENDPOINT_EMBEDDING_MODEL), switched_on)


def offer_engines() -> None:
    """Makes both known to the registry; they ask for their settings when they are made."""
    offer("themes.endpoint", themes)
    offer("embedding.endpoint", embedding)


def _endpoint() -> Endpoint:
    if not settings.ENDPOINT_URL:
        raise EndpointOffError("an engine « endpoint » is chosen: set ECOUTE_ENDPOINT_URL")
    return Endpoint(settings.ENDPOINT_URL, settings.ENDPOINT_KEY, settings.ENDPOINT_TIMEOUT)


def _model(name: str) -> str:
    if not name:
        raise EndpointOffError(
            "an engine « endpoint » is chosen: set ECOUTE_ENDPOINT_MODEL or ECOUTE_ENDPOINT_EMBEDDING_MODEL"
        )
    return name
