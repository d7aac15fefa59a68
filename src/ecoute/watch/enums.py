"""Closed lists of the watch."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class AlertState(TextChoices):
    NEW = "new", _("À examiner")
    TAKEN = "taken", _("Prise en charge")
    DISMISSED = "dismissed", _("Écartée")


class Frequency(TextChoices):
    NEVER = "never", _("Jamais")
    WEEKLY = "weekly", _("Chaque semaine")
    MONTHLY = "monthly", _("Chaque mois")
