"""The gate before a page: who may open it at all. What is inside is asked again, object by object."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase

from ecoute.directory.enums import Permission
from ecoute.directory.queries.access import scope_of

View = Callable[..., HttpResponseBase]


def needs(permission: Permission, *, everywhere: bool = False, hidden: bool = False) -> Callable[[View], View]:
    """Signed in, and holding the permission on some branch (``everywhere``: on the whole tree, for what all share);
    otherwise the sign-in page, or 403 (``hidden``: 404, as if there were nothing)."""

    def decorate(view: View) -> View:
        @login_required
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            held = scope_of(request.user, permission)
            if held.is_empty or (everywhere and not held.everything):
                raise Http404 if hidden else PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return decorate
