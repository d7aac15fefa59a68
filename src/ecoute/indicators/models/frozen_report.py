import uuid

from django.conf import settings
from django.db import models

from ecoute.indicators.enums import Audience


class FrozenReport(models.Model):
    """A report whose figures no longer move: what was asked, what was found, when and by whom.

    ``figures`` is what the page, the PDF and the spreadsheet are drawn from; ``checksum`` is the SHA-256 of its
    canonical JSON. Quotes are kept as identifiers alone: words withdrawn since are no longer shown.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(max_length=300)
    service = models.ForeignKey("directory.Service", null=True, on_delete=models.PROTECT, related_name="+")
    audience = models.CharField(max_length=12, choices=Audience, default=Audience.INTERNAL)
    language = models.CharField(max_length=5, default="fr")
    parameters = models.JSONField(default=dict)
    figures = models.JSONField(default=dict)
    quotes = models.JSONField(default=dict)
    checksum = models.CharField(max_length=64)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.title

    @property
    def reference(self) -> str:
        """What people quote: short, and telling if the figures were touched."""
        return f"{self.pk}-{self.checksum[:8]}"
