"""Passages under one another, for whoever corrects many: the filters of the explorer say which."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from ecoute.directory.facade import Permission, needs, scope_of
from ecoute.verbatims.columns.corpus import corpus_of
from ecoute.verbatims.queries.filter_chips import described
from ecoute.verbatims.queries.filters import Filters
from ecoute.verbatims.queries.review import passages_to_review
from ecoute.verbatims.queries.segments import passages_of
from ecoute.verbatims.views.coding import passage_options

PAGE = 25


@require_GET
@needs(Permission.CODE)
def review(request: HttpRequest) -> HttpResponseBase:
    """One page of the passages that the filters speak of, of the services that the person codes."""
    filters = Filters.from_query(request.GET)
    selection = corpus_of(scope_of(request.user, Permission.CODE)).select(filters)
    page = Paginator(passages_to_review(selection), PAGE).get_page(request.GET.get("page"))
    query = filters.to_query()
    here = reverse("verbatims:review")
    context = passage_options(passages_of(list(page), request.user)) | {
        "page": page,
        "query": query,
        "described": described(selection.corpus, filters),
        "loose": "page",
        "next_page": f"{here}?{query}&page={page.number}" if query else f"{here}?page={page.number}",
    }
    return render(request, "verbatims/review.html", context)
