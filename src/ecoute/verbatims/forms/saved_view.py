"""Naming a view."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class SavedViewForm(forms.Form):
    name = forms.CharField(label=_("Nom de la vue"), max_length=120)
    shared = forms.BooleanField(
        label=_("Partager avec les lecteurs des mêmes services"),
        required=False,
    )
