"""Addresses of coding: corrections, the original, the codebook, proposed subjects."""

from django.urls import path

from ecoute.verbatims.views import codebook, coding, raw, subjects

urlpatterns = [
    path("verbatims/<uuid:uid>/codage/", coding.passages, name="passages"),
    path("verbatims/<uuid:uid>/original/", raw.original, name="original"),
    path("segments/<int:pk>/", coding.correct, name="correct"),
    path("plan-de-codage/", codebook.codebook, name="codebook"),
    path("plan-de-codage/nouveau/", codebook.new_theme, name="theme_new"),
    path("plan-de-codage/recoder/", codebook.recode, name="recode"),
    path("plan-de-codage/<slug:slug>/", codebook.edit_theme, name="theme_edit"),
    path("plan-de-codage/<slug:slug>/retirer/", codebook.retire, name="theme_retire"),
    path("plan-de-codage/<slug:slug>/remettre/", codebook.bring_back, name="theme_bring_back"),
    path("sujets/", subjects.subjects, name="subjects"),
    path("sujets/<int:pk>/", subjects.decide, name="subject_decide"),
]
