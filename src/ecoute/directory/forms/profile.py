"""What people say of themselves, and the account they make from an invitation."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from ecoute.directory.models import User
from ecoute.directory.passwords import PASSWORD_HINT


class ProfileForm(forms.Form):
    """The name shown and the language."""

    name = forms.CharField(
        label=_("Nom affiché"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    language = forms.ChoiceField(label=_("Langue"), choices=settings.LANGUAGES)


class AcceptInvitationForm(forms.Form):
    """A name and a password."""

    name = forms.CharField(
        label=_("Vos prénom et nom"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    password = forms.CharField(
        label=_("Mot de passe"),
        strip=False,
        help_text=PASSWORD_HINT,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, email: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.email = email

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, User(email=self.email, name=self.cleaned_data.get("name", "")))
        return password
