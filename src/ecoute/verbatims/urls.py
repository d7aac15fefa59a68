"""Addresses of the listening base. Imports and coding bring their own."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

from ecoute.verbatims.views import explorer, exports, saved_views, verbatim

app_name = "verbatims"
urlpatterns: list[URLPattern | URLResolver] = [
    path("verbatims/", explorer.explorer, name="explorer"),
    path("verbatims/export/", exports.export, name="export"),
    path("verbatims/vues/", saved_views.saved_views, name="views"),
    path("verbatims/vues/enregistrer/", saved_views.save, name="view_save"),
    path("verbatims/vues/retablir/", saved_views.restore, name="view_restore"),
    path("verbatims/vues/<int:pk>/", saved_views.change, name="view_change"),
    path("verbatims/vues/<int:pk>/supprimer/", saved_views.delete, name="view_delete"),
    path("verbatims/<uuid:uid>/", verbatim.verbatim, name="verbatim"),
]
for part in ("ecoute.verbatims.urls_imports", "ecoute.verbatims.urls_learning", "ecoute.verbatims.urls_coding"):
    if find_spec(part):
        urlpatterns.append(path("", include(part)))
