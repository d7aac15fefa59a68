"""Verbatims whose vector comes from another encoder than the one in use: search by meaning does not see them yet."""

from __future__ import annotations

from django.db.models import QuerySet

from ecoute.verbatims.models import Verbatim


def stale_vectors(engine: str) -> QuerySet[Verbatim]:
    """Those that have a vector, of another engine than ``engine``, in the order of their ids."""
    readable = Verbatim.objects.filter(withdrawn_at=None, masking_version__gt=0, embedding__isnull=False)
    return readable.exclude(embedding__engine=engine).order_by("pk")
