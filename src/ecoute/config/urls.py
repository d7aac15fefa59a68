"""Addresses: each room brings its own; the portal has the front door."""

from django.conf import settings
from django.urls import include, path

urlpatterns = [
    path("", include("ecoute.portal.urls")),
    path("", include("ecoute.verbatims.urls")),
    path("", include("ecoute.watch.urls")),
    path("", include("ecoute.indicators.urls")),
    path("", include("ecoute.coding.urls")),
    path("", include("ecoute.discovery.urls")),
    path("", include("ecoute.directory.urls")),
    path("", include("ecoute.core.urls")),
    path("compte/", include("ecoute.directory.account_urls")),
]
if settings.DEBUG or settings.DEMO:
    urlpatterns.append(path("ui/", include("ecoute.ui.urls")))
