"""Which verbatim or segment an address means for its reader."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404

from ecoute.directory.facade import Permission
from ecoute.verbatims.models import Segment, Verbatim
from ecoute.verbatims.rules import holds


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
