"""What a reader chooses for the own screen, kept in a cookie of theirs."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from ecoute.ui.context import THEME_COOKIE, THEMES

A_YEAR = 365 * 24 * 3600


@require_POST
def set_theme(request: HttpRequest) -> HttpResponse:
    """Keeps the theme and goes back to the page; an unknown theme is read as the system's own."""
    wanted = request.POST.get("theme", "")
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    response = HttpResponseRedirect(back if safe else "/")
    # Not HttpOnly: the page's own script changes it without asking the server.
    response.set_cookie(THEME_COOKIE, wanted if wanted in THEMES else "auto", max_age=A_YEAR, samesite="Lax")
    return response
