"""Closed lists of the indicators."""

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Audience(TextChoices):
    """Who will read the figures: it sets from how many answers on a figure may be shown."""

    INTERNAL = "internal", _("Usage interne")
    PUBLICATION = "publication", _("Publication")


class Grain(StrEnum):
    """Length of the periods of a series; the values are dimensions of a selection of verbatims."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
