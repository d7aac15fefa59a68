from django.db import models

from ecoute.directory.enums import PlaceLevel


class Place(models.Model):
    """A région, département or commune by its INSEE code, or a country by its ISO code."""

    level = models.CharField(max_length=12, choices=PlaceLevel)
    code = models.CharField(max_length=10)
    name = models.CharField(max_length=120)
    folded = models.CharField(max_length=120, db_index=True)  # lower case, no accents, for matching
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")

    class Meta:
        ordering = ["level", "code"]
        constraints = [models.UniqueConstraint(fields=["level", "code"], name="directory_place_level_code")]

    def __str__(self) -> str:
        return self.name
