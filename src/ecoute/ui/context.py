"""What every page knows."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def page(request: HttpRequest) -> dict[str, Any]:
    """Names of the site and of the organisation that runs it."""
    return {"site_name": settings.SITE_NAME, "organisation_name": settings.ORGANISATION_NAME}
