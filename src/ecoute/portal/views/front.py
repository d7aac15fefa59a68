"""The front door: a public page for visitors, the home of each role for those signed in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ecoute.portal.queries.home import home_of


@require_safe
def front_door(request: HttpRequest) -> HttpResponse:
    if not request.user.is_authenticated:
        return render(request, "portal/front.html")
    return render(request, "portal/home.html", {"home": home_of(request)})
