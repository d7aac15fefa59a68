"""Who may open these pages: people who may read some service; what concerns everybody is decided by few."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from ecoute.directory.facade import Permission, scope_of

View = Callable[..., HttpResponseBase]


def needs(permission: Permission, *, everywhere: bool = False) -> Callable[[View], View]:
    """Signed in, and holding the permission on some branch (``everywhere``: on the whole tree); otherwise the sign-in
    page, or 403."""

    def decorate(view: View) -> View:
        @login_required
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            held = scope_of(request.user, permission)
            if held.is_empty or (everywhere and not held.everything):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return decorate
