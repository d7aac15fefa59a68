"""What people change about their own sign-in leaves a trace too."""

from __future__ import annotations

from typing import Any

from ecoute.core import audit


def password_changed(*, user: Any, **_signal: Any) -> None:
    """The entry of a password changed or reset."""
    audit.record("directory.password_changed", by=user, target=user)


def second_factor_changed(*, user: Any, authenticator: Any, **_signal: Any) -> None:
    """The entry of a second factor set up or taken off."""
    audit.record("directory.second_factor_changed", by=user, target=user, kind=str(authenticator.type))
