"""The addresses of the project with the gallery, which only development and the demonstration have."""

from django.urls import include, path

from ecoute.config.urls import urlpatterns as project

urlpatterns = [*project, path("ui/", include("ecoute.ui.urls"))]
