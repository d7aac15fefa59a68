"""Addresses of imports; included by ``urls.py`` under the name ``verbatims``."""

from django.urls import path

from ecoute.verbatims.views import import_steps, imports

urlpatterns = [
    path("imports/", imports.imports, name="imports"),
    path("imports/nouveau/", import_steps.new, name="import_new"),
    path("imports/<int:pk>/", imports.one_import, name="import"),
    path("imports/<int:pk>/colonnes/", import_steps.columns, name="import_columns"),
    path("imports/<int:pk>/colonnes/apercu/", import_steps.check, name="import_check"),
    path("imports/<int:pk>/services/", import_steps.services, name="import_services"),
    path("imports/<int:pk>/reprendre/", imports.resume, name="import_resume"),
    path("imports/<int:pk>/annuler/", imports.undo, name="import_undo"),
    path("imports/<int:pk>/abandonner/", imports.discard, name="import_discard"),
    path("imports/<int:pk>/rejets.csv", imports.rejects, name="import_rejects"),
]
