"""Addresses of what nobody wrote into the codebook."""

from django.urls import URLPattern, URLResolver, path

from ecoute.discovery.views import corpus_map, expectations, exports

app_name = "discovery"
urlpatterns: list[URLPattern | URLResolver] = [
    path("attentes/", expectations.expectations, name="expectations"),
    path("attentes/regrouper/", expectations.regroup, name="regroup"),
    path("attentes/export/", exports.export, name="export"),
    path("attentes/<int:pk>/", expectations.expectation, name="expectation"),
    path("attentes/<int:pk>/decider/", expectations.decide, name="decide"),
    path("carte/", corpus_map.corpus_map, name="map"),
    path("carte/points/", corpus_map.points, name="points"),
    path("carte/points/<int:pk>/", corpus_map.point, name="point"),
    path("carte/regions/<int:number>/", corpus_map.region, name="region"),
]
