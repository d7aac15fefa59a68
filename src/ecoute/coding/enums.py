"""Closed lists of the coding room."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Purpose(TextChoices):
    MEASURING = "measuring", _("Mesurer")  # random, kept apart: never trains the machine
    PRACTICE = "practice", _("S’accorder")  # to agree on the codebook; may train


class State(TextChoices):
    OPEN = "open", _("Codage en cours")
    DISCUSSED = "discussed", _("Désaccords à discuter")
    CLOSED = "closed", _("Terminée")
