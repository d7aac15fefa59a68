from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from ecoute.directory.enums import ServiceKind
from ecoute.directory.spelling import folded


class Service(models.Model):
    """A node of the tree: an administration, or a public service it renders.

    ``path`` is the ids from the root down, each on 8 digits and ended by a point ("00000001.00000012."): a branch is
    the rows whose path begins with its own.
    """

    kind = models.CharField(_("nature"), max_length=20, choices=ServiceKind, default=ServiceKind.SERVICE)
    name = models.CharField(_("nom"), max_length=250)
    short_name = models.CharField(_("nom court"), max_length=60, blank=True)
    folded = models.CharField(max_length=250, db_index=True, editable=False)  # the names as compared (spelling.py)
    folded_short = models.CharField(max_length=60, blank=True, db_index=True, editable=False)
    slug = models.SlugField(max_length=120, unique=True)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    path = models.CharField(max_length=250, unique=True, editable=False)
    depth = models.PositiveSmallIntegerField(default=0, editable=False)
    external_id = models.CharField(_("identifiant externe"), max_length=120, blank=True)
    place = models.ForeignKey("directory.Place", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["path"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keeps the folded names true."""
        self.folded = folded(self.name)[:250]
        self.folded_short = folded(self.short_name)[:60]
        super().save(*args, **kwargs)


class ServiceAlias(models.Model):
    """Another way a service is written in files; ``folded`` is lower case, without accents, single spaces."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="aliases")
    written = models.CharField(max_length=250)
    folded = models.CharField(max_length=250, unique=True)

    class Meta:
        ordering = ["folded"]

    def __str__(self) -> str:
        return self.written
