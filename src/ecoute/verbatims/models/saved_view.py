from django.conf import settings
from django.db import models


class SavedView(models.Model):
    """A set of filters with a name, of one person or shared with the readers of the same services."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=120)
    query = models.CharField(max_length=2000)  # the address's query string, canonical order
    shared = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["owner", "name"], name="verbatims_view_name")]

    def __str__(self) -> str:
        return self.name
