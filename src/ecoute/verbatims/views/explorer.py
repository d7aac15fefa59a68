"""The explorer: filters, search, and the words themselves."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers

from ecoute.directory.facade import Permission, can, scope_of
from ecoute.verbatims.queries.explorer import Explorer
from ecoute.verbatims.queries.filters import Filters
from ecoute.verbatims.queries.saved_views import views_for

from .access import needs


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
        "explorer_url": reverse("verbatims:explorer"),
        "address": request.build_absolute_uri(f"{reverse('verbatims:explorer')}?{asked.query}".rstrip("?")),
    }
    template = "verbatims/partials/explorer.html" if part else "verbatims/explorer.html"
    response = render(request, template, context)
    if part:
        response["HX-Push-Url"] = f"{reverse('verbatims:explorer')}?{asked.address}".rstrip("?")
    patch_vary_headers(response, ["HX-Request"])
    return response
