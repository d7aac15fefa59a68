"""Correcting the coding, segment by segment, in place."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from ecoute.directory.facade import Permission, needs
from ecoute.verbatims.actions import checking, coding
from ecoute.verbatims.actions.corrections import CannotUndo, undo_correction
from ecoute.verbatims.enums import NatureChoice, PolarityChoice
from ecoute.verbatims.models import Correction, Segment, Theme, Verbatim
from ecoute.verbatims.queries.codebook_view import active_codebook
from ecoute.verbatims.queries.segments import CodedPassage, coded_passages
from ecoute.verbatims.views.access import segment_or_404, verbatim_or_404


@require_GET
@needs(Permission.CODE)
def passages(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """All segments of a verbatim, ready to be corrected: a fragment for htmx, the verbatim's page otherwise."""
    verbatim = verbatim_or_404(request.user, uid, Permission.CODE)
    if not getattr(request, "htmx", False):
        return redirect(_page(verbatim))
    context = coding_context(verbatim, reader=request.user) | {"loose": "carte"}
    return render(request, "verbatims/partials/passages.html", context)


@require_http_methods(["GET", "POST"])
@needs(Permission.CODE)
def correct(request: HttpRequest, pk: int) -> HttpResponseBase:
    """GET: a segment with the tools to correct it. POST: one correction, ``do`` says which (« reject:slug »,
    « nature:praise », « check », « undo:12 », or ``do=add`` with ``theme=slug``); answers the segment as it is then."""
    segment = segment_or_404(request.user, pk, Permission.CODE)
    said = ""
    if request.method == "POST":
        try:
            said = _apply(request, segment)
        except coding.KeptForMeasuring:
            return _refused(request, segment)
        except ValueError:
            return HttpResponse(status=400)
    if getattr(request, "htmx", False):
        return _passage(request, segment, said)
    if said:
        messages.success(request, said)
    return redirect(_back(request, segment))


@require_GET
@needs(Permission.CODE)
def theme_choices(request: HttpRequest) -> HttpResponseBase:
    """The themes that can be given, for the field that completes what is typed. JSON: slug, label, where it stands."""
    rows = [
        {"slug": slug, "label": label, "under": root if label != root else ""}
        for root, themes in _theme_groups()
        for slug, label in themes
    ]
    return JsonResponse({"themes": rows}, headers={"Cache-Control": "private, max-age=60"})


def passage_options(
    found: Sequence[CodedPassage], *, may_code: bool = True, editing: int | None = None
) -> dict[str, Any]:
    """What the template of a passage needs. ``editing``: the segment whose tools are open (the list of themes is long:
    it is sent for one passage at a time)."""
    return {
        "passages": found,
        "editing": editing,
        "theme_groups": _theme_groups() if editing else [],
        "natures": NatureChoice.choices,
        "polarities": PolarityChoice.choices,
        "may_code": may_code,
        "loose": "",
    }


def coding_context(
    verbatim: Verbatim, only: int | None = None, editing: int | None = None, reader: Any = None
) -> dict[str, Any]:
    """The same for the segments of one verbatim, those that tell something apart from those without any theme."""
    found = coded_passages(verbatim, only, reader)
    telling = [p for p in found if p.needs_a_look or p.pk == editing]
    options = passage_options(found, may_code=not verbatim.kept_for_measuring, editing=editing)
    return options | {
        "verbatim": verbatim,
        "telling": telling,
        "silent": [p for p in found if p not in telling],
        "kept_for_measuring": verbatim.kept_for_measuring,
    }


def _apply(request: HttpRequest, segment: Segment) -> str:
    """What was done, in words. Raises ValueError for a verb or a value that does not exist."""
    verb, _colon, value = request.POST.get("do", "").partition(":")
    value = value or request.POST.get({"add": "theme", "reject": "theme"}.get(verb, verb), "")
    if verb == "nature":
        coding.set_nature(segment=segment, nature=value, by=request.user)
        return _("Nature : %(value)s.") % {"value": NatureChoice(value).label}
    if verb == "polarity":
        coding.set_polarity(segment=segment, polarity=value, by=request.user)
        return _("Tonalité : %(value)s.") % {"value": PolarityChoice(value).label}
    if verb == "undo":
        return _undo(request, segment, value)
    if verb == "check":
        checking.check_passage(segment=segment, by=request.user)
        return _("Passage vérifié : ses thèmes sont tous là.")
    if verb == "uncheck":
        checking.uncheck_passage(segment=segment, by=request.user)
        return _("Ce passage n’est plus marqué comme vérifié.")
    if verb not in {"add", "reject"}:
        raise ValueError(verb)
    theme = get_object_or_404(Theme.objects.select_related("codebook"), codebook__is_active=True, slug=value)
    if verb == "add":
        coding.add_theme(segment=segment, theme=theme, by=request.user)
        return _("Thème « %(theme)s » donné par vous.") % {"theme": theme.label}
    coding.reject_theme(segment=segment, theme=theme, by=request.user)
    return _("Thème « %(theme)s » écarté.") % {"theme": theme.label}


def _undo(request: HttpRequest, segment: Segment, value: str) -> str:
    correction = get_object_or_404(Correction, pk=int(value), segment=segment)
    try:
        undo_correction(correction=correction, by=request.user)
    except CannotUndo:
        return _("Cette correction ne peut plus être annulée : le passage a changé depuis.")
    return _("Correction annulée.")


def _passage(request: HttpRequest, segment: Segment, said: str = "", problem: str = "") -> HttpResponse:
    """The segment alone, with what was said and how to undo it in the header that the page listens to."""
    given = request.POST if request.method == "POST" else request.GET
    editing = segment.pk if given.get("outils") else None
    verbatim = Verbatim.objects.get(pk=segment.verbatim_id)
    context = coding_context(verbatim, only=segment.pk, editing=editing, reader=request.user)
    context |= {"loose": given.get("liste", ""), "problem": problem}
    passage = context["passages"][0] if context["passages"] else None
    if passage is None:  # analysed again meanwhile: its segments are others
        return HttpResponse(status=404)
    answer = render(request, "verbatims/partials/passage.html", context | {"passage": passage})
    if said:
        undone = request.POST.get("do", "").startswith(("undo", "check", "uncheck"))
        told = {"text": said, "undo": passage.undo.pk if passage.undo and not undone else 0, "segment": passage.pk}
        answer["HX-Trigger-After-Settle"] = json.dumps({"corrected": told})
    return answer


def _refused(request: HttpRequest, segment: Segment) -> HttpResponseBase:
    problem = _("Ce verbatim sert à mesurer le codage : codez-le dans la salle de codage.")
    if getattr(request, "htmx", False):
        return _passage(request, segment, problem=problem)
    messages.error(request, problem)
    return redirect(_back(request, segment))


def _back(request: HttpRequest, segment: Segment) -> str:
    """The list that the person came from, else the verbatim's page, at this passage."""
    given = request.POST if request.method == "POST" else request.GET
    wanted = given.get("next", "")
    if wanted and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None):
        return f"{wanted}#segment-{segment.pk}"
    tools = f"?corriger={segment.pk}" if given.get("outils") or request.method == "GET" else ""
    return f"{_page(segment.verbatim)}{tools}#passage-{segment.position}"


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
