"""The themes in use while a long job writes: some may have been merged or retired since it began."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ecoute.methods.text.documents import ThemeCode
from ecoute.verbatims.models import Theme


def present_themes(theme_ids: Mapping[str, int]) -> dict[str, int]:
    """``theme_ids`` (slug → id) as they are now: a merged theme gives the one that holds its codes, one that is retired
    or erased is left out. One query; call it for every batch, inside the transaction that writes it."""
    rows = Theme.objects.filter(codebook__themes__pk__in=list(theme_ids.values())[:1])
    known = {pk: (into, retired) for pk, into, retired in rows.values_list("pk", "merged_into_id", "retired_at")}
    found: dict[str, int] = {}
    for slug, pk in theme_ids.items():
        at, seen = pk, {pk}
        while at in known and (into := known[at][0]) is not None and into not in seen:
            seen.add(into)
            at = into
        if at in known and known[at][1] is None:
            found[slug] = at
    return found


def surest(codes: Iterable[ThemeCode], theme_ids: Mapping[str, int]) -> dict[int, ThemeCode]:
    """By theme id, what the machine says of one passage: where two themes are one by now, the surer of the two."""
    found: dict[int, ThemeCode] = {}
    for code in codes:
        pk = theme_ids.get(code.theme)
        if pk is not None and (pk not in found or found[pk].confidence < code.confidence):
            found[pk] = code
    return found
