"""The explorer: filters, search, and the words themselves."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers

from ecoute.core.manifest import selection_actions
from ecoute.directory.facade import Permission, can, can_everywhere, needs, scope_of
from ecoute.verbatims.pipelines import label_of
from ecoute.verbatims.queries.explorer import Explorer
from ecoute.verbatims.queries.filters import Filters
from ecoute.verbatims.queries.saved_views import views_for
from ecoute.verbatims.queries.stale_vectors import stale_vectors
from ecoute.verbatims.search.meaning import embedder


@needs(Permission.READ)
def explorer(request: HttpRequest) -> HttpResponse:
    """The page; for htmx, only what filters change. The canonical address is put in the address bar."""
    asked = Explorer(
        scope=scope_of(request.user),
        filters=Filters.from_query(request.GET),
        asked_order=request.GET.get("tri", ""),
        page_number=request.GET.get("page", "1"),
    )
    part = bool(request.headers.get("HX-Request")) and not request.headers.get("HX-History-Restore-Request")
    context = {
        "explorer": asked,
        "can_export": can(request.user, Permission.EXPORT),
        "can_code": can(request.user, Permission.CODE),
        "saved": views_for(request.user, asked.corpus, asked.query),
        "next_steps": [one for one in selection_actions() if can_everywhere(request.user, Permission(one.permission))],
        "being_read_again": _being_read_again(asked),
        "explorer_url": reverse("verbatims:explorer"),
        "address": request.build_absolute_uri(f"{reverse('verbatims:explorer')}?{asked.query}".rstrip("?")),
    }
    template = "verbatims/partials/explorer.html" if part else "verbatims/explorer.html"
    response = render(request, template, context)
    if part:
        response["HX-Push-Url"] = f"{reverse('verbatims:explorer')}?{asked.address}".rstrip("?")
    patch_vary_headers(response, ["HX-Request"])
    return response


def _being_read_again(asked: Explorer) -> int:
    """How many verbatims a search by meaning does not see yet, since the encoder changed."""
    by_meaning = asked.filters.meaning or asked.filters.like
    return stale_vectors(label_of(embedder())).count() if by_meaning else 0
