"""What every page knows."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

THEMES = ("auto", "light", "dark")
THEME_COOKIE = "theme"
SKIN_SHEET = "skin/tokens.css"


def page(request: HttpRequest) -> dict[str, Any]:
    """Names of the site and of the organisation that runs it, the theme the reader chose, the skin in force."""
    theme = request.COOKIES.get(THEME_COOKIE, "auto")
    return {
        "site_name": settings.SITE_NAME,
        "organisation_name": settings.ORGANISATION_NAME,
        "theme": theme if theme in THEMES else "auto",
        "skin": SKIN_SHEET if settings.SKIN else "",
        "demo": settings.DEMO,
    }
