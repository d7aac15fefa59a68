"""Correcting the coding, segment by segment, in place."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from ecoute.directory.facade import Permission
from ecoute.verbatims.actions import coding
from ecoute.verbatims.enums import NatureChoice, PolarityChoice
from ecoute.verbatims.models import Segment, Theme, Verbatim
from ecoute.verbatims.queries.codebook_view import active_codebook
from ecoute.verbatims.queries.segments import coded_passages
from ecoute.verbatims.views.access import needs, segment_or_404, verbatim_or_404


@require_GET
@needs(Permission.CODE)
def passages(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """All segments of a verbatim, ready to be corrected: a fragment for htmx, the verbatim's page otherwise."""
    verbatim = verbatim_or_404(request.user, uid, Permission.CODE)
    if not getattr(request, "htmx", False):
        return redirect(_page(verbatim))
    return render(request, "verbatims/partials/passages.html", coding_context(verbatim))


@require_http_methods(["GET", "POST"])
@needs(Permission.CODE)
def correct(request: HttpRequest, pk: int) -> HttpResponseBase:
    """GET: a segment with the tools to correct it. POST: one correction, ``do`` says which; answers the same."""
    segment = segment_or_404(request.user, pk, Permission.CODE)
    if request.method == "POST":
        try:
            _apply(request, segment)
        except ValueError:
            return HttpResponse(status=400)
    if not getattr(request, "htmx", False):
        return redirect(f"{_page(segment.verbatim)}?corriger={segment.pk}#passage-{segment.position}")
    context = coding_context(segment.verbatim, only=segment.pk, editing=segment.pk)
    return render(request, "verbatims/partials/passage.html", context | {"passage": context["passages"][0]})


def _apply(request: HttpRequest, segment: Segment) -> None:
    """Raises ValueError for a verb or a value that does not exist."""
    verb, user = request.POST.get("do"), request.user
    if verb == "nature":
        coding.set_nature(segment=segment, nature=request.POST.get("nature", ""), by=user)
    elif verb == "polarity":
        coding.set_polarity(segment=segment, polarity=request.POST.get("polarity", ""), by=user)
    elif verb in {"add", "reject"}:
        theme = get_object_or_404(Theme, codebook__is_active=True, slug=request.POST.get("theme", ""))
        (coding.add_theme if verb == "add" else coding.reject_theme)(segment=segment, theme=theme, by=user)
    else:
        raise ValueError(verb)


def coding_context(verbatim: Verbatim, only: int | None = None, editing: int | None = None) -> dict[str, Any]:
    """What the templates of passages need. ``editing``: the segment whose tools are open (the list of themes is long:
    it is sent for one passage at a time)."""
    found = coded_passages(verbatim, only)
    telling = [p for p in found if p.codes or p.rejected or p.corrected_by or p.pk == editing]
    return {
        "verbatim": verbatim,
        "passages": found,
        "telling": telling,
        "silent": [p for p in found if p not in telling],
        "editing": editing,
        "theme_groups": _theme_groups() if editing else [],
        "natures": NatureChoice.choices,
        "polarities": PolarityChoice.choices,
        "may_code": True,
    }


def _theme_groups() -> list[tuple[str, list[tuple[str, str]]]]:
    """Themes that can be given, under the label of their root: (root, [(slug, label), …])."""
    groups: list[tuple[str, list[tuple[str, str]]]] = []
    for theme in active_codebook().themes:
        if theme.retired:
            continue
        if theme.depth == 0:
            groups.append((theme.label, []))
        if groups:
            groups[-1][1].append((theme.slug, theme.label))
    return groups


def _page(verbatim: Verbatim) -> str:
    return reverse("verbatims:verbatim", args=[verbatim.uid])
