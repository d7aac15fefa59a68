"""How people are recognised."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend


class Backend(AuthenticationBackend):  # type: ignore[misc]
    """Allauth's, and the user of a request remembers their rights until it ends (see ``queries.access``)."""

    def get_user(self, user_id: Any) -> Any:
        user = super().get_user(user_id)
        if user is not None:
            user.access_memory = {}
        return user
