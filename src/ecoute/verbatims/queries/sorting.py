"""Passages that wait under a theme that was divided."""

from __future__ import annotations

from ecoute.directory.facade import Scope
from ecoute.verbatims.models import Segment, Theme


def passages_to_sort(theme: Theme, scope: Scope) -> list[int]:
    """Ids of the segments in ``scope`` that carry ``theme`` and none of its sub-themes, those a person coded first.

    Verbatims kept for measuring are left out: they are coded in their own room. One query.
    """
    codes = theme.codes.filter(rejected=False, segment__verbatim__withdrawn_at=None)
    codes = codes.filter(segment__verbatim__masking_version__gt=0, segment__verbatim__kept_for_measuring=False)
    sorted_already = Segment.objects.filter(codes__theme__parent=theme, codes__rejected=False)
    codes = codes.exclude(segment__in=sorted_already)
    if not scope.everything:
        codes = codes.filter(segment__verbatim__concerned__service_id__in=scope.service_ids)
    ids = codes.order_by("-origin", "-confidence", "segment_id").values_list("segment_id", flat=True)
    return list(dict.fromkeys(ids))
