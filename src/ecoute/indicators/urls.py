from django.urls import path

from ecoute.indicators.views.dashboard import DashboardView
from ecoute.indicators.views.reports import FrozenView, ReportsView, ReportView
from ecoute.indicators.views.services import ServicesView
from ecoute.indicators.views.themes import ThemesView, ThemeView

app_name = "indicators"
urlpatterns = [
    path("indicateurs/", DashboardView.as_view(), name="dashboard"),
    path("themes/", ThemesView.as_view(), name="themes"),
    path("themes/<slug:slug>/", ThemeView.as_view(), name="theme"),
    path("comparaison/", ServicesView.as_view(), name="services"),
    path("rapports/", ReportsView.as_view(), name="reports"),
    path("rapports/voir/", ReportView.as_view(), name="report"),
    path("rapports/<uuid:uid>/", FrozenView.as_view(), name="frozen"),
]
