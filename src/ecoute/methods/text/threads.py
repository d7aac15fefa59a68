"""One thread of linear algebra: small products gain nothing from more, and processes side by side lose a lot."""

from __future__ import annotations

from contextlib import AbstractContextManager
from functools import lru_cache
from typing import Any

from threadpoolctl import ThreadpoolController  # type: ignore[import-untyped]


@lru_cache(maxsize=1)
def _controller() -> Any:
    return ThreadpoolController()


def one_thread() -> AbstractContextManager[object]:
    """A context in which the numeric libraries keep to one thread."""
    context: AbstractContextManager[object] = _controller().limit(limits=1, user_api="blas")
    return context
