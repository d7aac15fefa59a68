from django.urls import path

from ecoute.portal.views import front, pages, preferences

app_name = "portal"
urlpatterns = [
    path("", front.front_door, name="home"),
    path("apparence/", preferences.set_theme, name="theme"),
    path("accessibilite/", pages.accessibility, name="accessibility"),
    path("donnees-personnelles/", pages.personal_data, name="personal-data"),
    path("mentions-legales/", pages.legal, name="legal"),
]
