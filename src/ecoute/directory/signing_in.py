"""How people are recognised, and which language they are spoken to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation


class Backend(AuthenticationBackend):  # type: ignore[misc]
    """Allauth's; the user of a request remembers their rights until it ends (see ``queries.access``)."""

    def get_user(self, user_id: Any) -> Any:
        user = super().get_user(user_id)
        if user is not None:
            user.access_memory = {}
        return user

    def user_can_authenticate(self, user: Any) -> bool:
        """Closed accounts do not sign in, nor accounts of the demonstration anywhere else."""
        return bool(super().user_can_authenticate(user)) and (settings.DEMO or not user.is_demo)


class ReaderLanguage:
    """Middleware: somebody signed in reads in the language of their profile, whatever their browser asks for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        if user.is_authenticated and user.language != translation.get_language():
            translation.activate(user.language)
            request.LANGUAGE_CODE = user.language
        response = self.get_response(request)
        response.headers["Content-Language"] = translation.get_language() or settings.LANGUAGE_CODE
        return response
