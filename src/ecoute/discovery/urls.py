"""Addresses of what nobody wrote into the codebook."""

from django.urls import URLPattern, URLResolver

app_name = "discovery"
urlpatterns: list[URLPattern | URLResolver] = []
