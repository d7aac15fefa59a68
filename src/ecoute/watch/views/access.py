"""Who may open these pages: people signed in who may read some service."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseBase

from ecoute.directory.facade import Permission, scope_of

View = Callable[..., HttpResponseBase]


def for_readers(view: View) -> View:
    """Anonymous visitors sign in first; who may read nothing is told that there is nothing here."""

    @login_required
    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if scope_of(request.user, Permission.READ).is_empty:
            raise Http404
        return view(request, *args, **kwargs)

    return checked
