from django.db import models


class Source(models.Model):
    """Where words come from: a file exported by a system, a form, a mailbox."""

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=200)
    solicited = models.BooleanField(default=True)  # people were asked (a form), or spoke by themselves (a forum)
    attribution = models.CharField(max_length=250, blank=True)  # licence and origin to quote

    caveat = models.CharField(max_length=300, blank=True)  # shown beside every figure, e.g. a sample balanced by design

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
