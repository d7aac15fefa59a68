"""Addresses of the coding room."""

from django.urls import path

from ecoute.coding.views import agreement, closing, desk, disputes, rounds

app_name = "coding"
urlpatterns = [
    path("codage/", rounds.rounds, name="rounds"),
    path("codage/nouvelle/", rounds.new_round, name="new"),
    path("codage/<int:pk>/", rounds.one_round, name="round"),
    path("codage/<int:pk>/coder/", desk.code, name="code"),
    path("codage/<int:pk>/coder/termine/", desk.finished, name="finish"),
    path("codage/<int:pk>/desaccords/", disputes.disagreements, name="disagreements"),
    path("codage/<int:pk>/desaccords/<int:position>/", disputes.one_disagreement, name="disagreement"),
    path("codage/<int:pk>/accord/", agreement.agreement, name="agreement"),
    path("codage/<int:pk>/clore/", closing.close, name="close"),
    path("codage/<int:pk>/rouvrir/", closing.reopen, name="reopen"),
    path("codage/<int:pk>/supprimer/", closing.delete, name="delete"),
]
