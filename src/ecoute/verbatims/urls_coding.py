"""Addresses of coding: corrections, the original, the codebook, proposed subjects."""

from django.urls import path

from ecoute.verbatims.views import codebook, codebook_versions, coding, masking, raw, review, subjects, theme_life

urlpatterns = [
    path("verbatims/<uuid:uid>/codage/", coding.passages, name="passages"),
    path("verbatims/<uuid:uid>/original/", raw.original, name="original"),
    path("verbatims/<uuid:uid>/masquer/", masking.hide, name="hide"),
    path("verbatims/<uuid:uid>/montrer/", masking.show, name="show"),
    path("verbatims/<uuid:uid>/masquage/annuler/", masking.undo, name="masking_undo"),
    path("passages/", review.review, name="review"),
    path("segments/<int:pk>/", coding.correct, name="correct"),
    path("plan-de-codage/themes.json", coding.theme_choices, name="theme_choices"),
    path("plan-de-codage/", codebook.codebook, name="codebook"),
    path("plan-de-codage/versions/", codebook_versions.versions, name="codebook_versions"),
    path("plan-de-codage/versions/<int:number>/", codebook_versions.version, name="codebook_version"),
    path("plan-de-codage/versions/<int:number>/retablir/", codebook_versions.restore, name="codebook_restore"),
    path("plan-de-codage/versions/<int:number>/annuler/", codebook_versions.undo, name="codebook_undo"),
    path("plan-de-codage/autres/<int:pk>/", codebook_versions.activate, name="codebook_activate"),
    path("plan-de-codage/plan.csv", codebook_versions.export, name="codebook_export"),
    path("plan-de-codage/importer/", codebook_versions.import_file, name="codebook_import"),
    path("plan-de-codage/nouveau/", codebook.new_theme, name="theme_new"),
    path("plan-de-codage/recoder/", codebook.recode, name="recode"),
    path("plan-de-codage/<slug:slug>/", codebook.edit_theme, name="theme_edit"),
    path("plan-de-codage/<slug:slug>/retirer/", codebook.retire, name="theme_retire"),
    path("plan-de-codage/<slug:slug>/remettre/", codebook.bring_back, name="theme_bring_back"),
    path("plan-de-codage/<slug:slug>/reunir/", theme_life.merge, name="theme_merge"),
    path("plan-de-codage/<slug:slug>/diviser/", theme_life.split, name="theme_split"),
    path("plan-de-codage/<slug:slug>/trier/", theme_life.sort, name="theme_sort"),
    path("sujets/", subjects.subjects, name="subjects"),
    path("sujets/<int:pk>/", subjects.decide, name="subject_decide"),
]
