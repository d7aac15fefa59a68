"""The map of the corpus: the page and its table, the points, the card of one point, the verbatims of a region."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from ecoute.directory.facade import Permission, needs, scope_of
from ecoute.discovery.queries.corpus_map import MOST_POINTS, MapView
from ecoute.discovery.rules import smallest
from ecoute.discovery.views.filtering import filter_bar
from ecoute.verbatims.facade import Filters, verbatim_cards

PAGE = 20


def _asked(request: HttpRequest) -> MapView:
    return MapView(scope_of(request.user, Permission.READ), Filters.from_query(request.GET))


@require_GET
@needs(Permission.READ)
def corpus_map(request: HttpRequest) -> HttpResponseBase:
    """The page: what the colours mean, and the regions as a table; the points come by themselves."""
    asked = _asked(request)
    shown = bool(asked.size) and not asked.hidden
    context = {
        "asked": asked,
        "shown": shown,
        "legend": asked.legend(_("Autres thèmes"), _("Sans thème")) if shown else [],
        "regions": asked.regions if shown else [],
        "drawn": len(asked.drawn),
        "sampled": asked.size > MOST_POINTS,
        "unplaced": asked.selection.size - asked.size,
        "bar": filter_bar(asked.corpus, asked.filters),
        "query": asked.filters.to_query(),
    }
    return render(request, "discovery/map.html", context)


@require_GET
@needs(Permission.READ)
def points(request: HttpRequest) -> HttpResponseBase:
    """The points as compact JSON."""
    asked = _asked(request)
    if asked.hidden:
        return JsonResponse({"points": [], "regions": []})
    return JsonResponse(asked.points(), json_dumps_params={"separators": (",", ":")})


@require_GET
@needs(Permission.READ)
def point(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The verbatim of a point: its card for a script that hovers, else its page. Out of scope: 404."""
    cards = verbatim_cards([pk], scope_of(request.user, Permission.READ))
    if not cards:
        raise Http404
    if request.GET.get("carte") == "oui":
        return render(request, "discovery/parts/point.html", {"card": cards[0]})
    return redirect(cards[0].href)


@require_GET
@needs(Permission.READ)
def region(request: HttpRequest, number: int) -> HttpResponse:
    """The verbatims of one region, newest first."""
    asked = _asked(request)
    found = asked.in_region(number)
    if found.size < smallest(filtered=not asked.filters.is_empty):
        raise Http404
    ids = found.ids("recent")
    page = Paginator(ids, PAGE).get_page(request.GET.get("page"))
    name = next((one.name for one in asked.regions if one.number == number), "")
    context = {
        "name": name or _("Région %(n)s") % {"n": number + 1},
        "count": len(ids),
        "page": page,
        "cards": verbatim_cards(list(page), asked.scope),
        "query": asked.filters.to_query(),
    }
    return render(request, "discovery/region.html", context)
