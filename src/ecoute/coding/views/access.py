"""Which rounds an address means for its reader; the others do not exist (404)."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseBase

from ecoute.coding.models import Round
from ecoute.coding.rules import Sight, manages, sight_of

View = Callable[..., HttpResponseBase]


def round_or_404(request: HttpRequest, pk: int) -> tuple[Round, Sight]:
    found = Round.objects.filter(pk=pk).select_related("created_by").first()
    sight = sight_of(request.user, found) if found else None
    if found is None or sight is None:
        raise Http404
    return found, sight


def managers_only(view: View) -> View:
    """Signed in and managing rounds; to the others the page does not exist."""

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not manages(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded
