"""Who may open a page of the listening base, and which verbatim an address means for them."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase

from ecoute.directory.facade import Permission, scope_of
from ecoute.verbatims.models import Segment, Verbatim
from ecoute.verbatims.rules import holds

View = Callable[..., HttpResponseBase]


def needs(permission: Permission, *, everywhere: bool = False) -> Callable[[View], View]:
    """Signed in, and holding the permission on some branch (``everywhere``: on the whole tree, for what all share);
    otherwise the sign-in page, or 403."""

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


def verbatim_or_404(user: Any, uid: UUID, permission: Permission = Permission.READ) -> Verbatim:
    """The verbatim when the user may read it; out of their scope it does not exist (404); without the further
    permission, 403."""
    verbatim = Verbatim.objects.filter(uid=uid, withdrawn_at=None).select_related("source", "place").first()
    if verbatim is None or not holds(user, Permission.READ, verbatim):
        raise Http404
    if permission != Permission.READ and not holds(user, permission, verbatim):
        raise PermissionDenied
    return verbatim


def segment_or_404(user: Any, pk: int, permission: Permission) -> Segment:
    """The same for a segment."""
    segment = Segment.objects.filter(pk=pk, verbatim__withdrawn_at=None).select_related("verbatim").first()
    if segment is None or not holds(user, Permission.READ, segment.verbatim):
        raise Http404
    if not holds(user, permission, segment.verbatim):
        raise PermissionDenied
    return segment
