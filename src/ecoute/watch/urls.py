"""Addresses of the watch."""

from django.urls import path

from ecoute.watch.views import alerts, curves, subscription

app_name = "watch"
urlpatterns = [
    path("vigilance/", alerts.alerts, name="alerts"),
    path("vigilance/regarder/", alerts.look_now, name="look"),
    path("vigilance/courbe/", curves.curves, name="curve"),
    path("vigilance/abonnement/", subscription.subscription, name="subscription"),
    path("vigilance/abonnement/fin/<str:key>/", subscription.end, name="unsubscribe"),
    path("vigilance/<int:pk>/", alerts.alert, name="alert"),
    path("vigilance/<int:pk>/decider/", alerts.change, name="decide"),
]
