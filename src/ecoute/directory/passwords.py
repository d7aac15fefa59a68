"""Strong passwords (CNIL, délibération 2022-100: 50 bits of guessing with throttled attempts), explained plainly."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ecoute.directory.spelling import folded

SHORTEST = 12
FEWEST_DIFFERENT = 5
PASSWORD_HINT = gettext_lazy("12 caractères au moins. Une phrase de quatre mots est facile à retenir.")
_EXPECTED = ("motdepasse", "azerty", "qwerty", "password", "123456", "bienvenue", "bonjour", "ministere", "ecoute")


class LongEnough:
    """Twelve characters at least; says how many are missing."""

    def validate(self, password: str, user: Any = None) -> None:
        missing = SHORTEST - len(password)
        if missing > 0:
            message = ngettext(
                "Il manque %(n)d caractère : il en faut au moins 12.",
                "Il manque %(n)d caractères : il en faut au moins 12.",
                missing,
            )
            raise ValidationError(message % {"n": missing}, code="password_too_short")

    def get_help_text(self) -> str:
        return str(PASSWORD_HINT)


class VariedEnough:
    """Neither one character repeated, nor a word that everybody tries first filled up with a few signs."""

    def validate(self, password: str, user: Any = None) -> None:
        if len(set(password)) < FEWEST_DIFFERENT:
            raise ValidationError(_("Utilisez au moins 5 caractères différents."), code="password_too_plain")
        plain = folded(password).replace(" ", "")
        for word in _EXPECTED:
            if word in plain and len(plain) - len(word) < SHORTEST // 2:
                raise ValidationError(
                    _("« %(word)s » est essayé en premier par les pirates : ajoutez-y d’autres mots.") % {"word": word},
                    code="password_expected",
                )

    def get_help_text(self) -> str:
        return ""
