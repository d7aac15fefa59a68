"""Opening the words as they were received: by named permission only, and each reading is logged."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from ecoute.core import audit
from ecoute.directory.facade import Permission
from ecoute.verbatims.actions.raw_content import RawContent, unseal
from ecoute.verbatims.models import RawText, Verbatim
from ecoute.verbatims.rules import holds


@transaction.atomic
def open_raw(*, verbatim: Verbatim, reason: str, by: Any) -> RawContent:
    """The raw words of a verbatim. Writes the audit entry ``verbatims.raw_read``, with the reason, beforehand.

    Refuses (PermissionDenied) without the permission, ValueError without a reason. Raises ``RawText.DoesNotExist`` when
    the raw words have been purged, ``vault.WrongKey`` when they do not open.
    """
    if not holds(by, Permission.READ_RAW, verbatim):
        raise PermissionDenied
    if not reason.strip():
        raise ValueError("a reading of raw words needs a reason")
    content = unseal(verbatim.pk, RawText.objects.get(verbatim=verbatim).sealed)
    audit.record("verbatims.raw_read", by=by, target=verbatim, reason=reason.strip()[:250])
    return content
