from django.urls import path

from ecoute.core.views.audit import JournalExportView, JournalView
from ecoute.core.views.jobs import CancelView, JobView

app_name = "core"
urlpatterns = [
    path("jobs/<int:pk>/", JobView.as_view(), name="job"),
    path("jobs/<int:pk>/cancel/", CancelView.as_view(), name="job_cancel"),
    path("journal/", JournalView.as_view(), name="journal"),
    path("journal/export.csv", JournalExportView.as_view(), name="journal_export"),
]
