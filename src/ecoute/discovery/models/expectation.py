from django.conf import settings
from django.db import models


class ExpectationGroup(models.Model):
    """Passages that ask for the same thing. A proposal of the machine: people name it, or set it aside.

    ``given_name`` is a person's; without it the group is called by the words of a passage the reader may read, so no
    words are kept here. ``current`` is False when the last grouping no longer finds it: kept if a person judged.
    """

    given_name = models.CharField(max_length=120, blank=True)
    named_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    set_aside_at = models.DateTimeField(null=True)
    set_aside_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    cohesion = models.FloatField(default=0)  # 0–1: mean likeness of its passages to their middle
    engine = models.CharField(max_length=80, blank=True)
    current = models.BooleanField(default=True)
    first_made_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.given_name or f"expectation {self.pk}"


class ExpectationPassage(models.Model):
    """A passage of a group: characters of the masked body at ``masking_version``; ``rank`` 0 is the most central.

    ``implied``: nobody asked in words; the passage tells of a lack.
    """

    group = models.ForeignKey(ExpectationGroup, on_delete=models.CASCADE, related_name="passages")
    verbatim = models.ForeignKey("verbatims.Verbatim", on_delete=models.CASCADE, related_name="+")
    masking_version = models.PositiveIntegerField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    clause = models.JSONField(default=list)  # [start, end] of the few words that say it
    evidence = models.JSONField(default=list)  # [[start, end], …]
    implied = models.BooleanField(default=False)
    rank = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["group_id", "rank", "id"]
        constraints = [
            models.UniqueConstraint(fields=["group", "verbatim", "start"], name="discovery_expectation_passage")
        ]

    def __str__(self) -> str:
        return f"{self.start}–{self.end} of {self.verbatim_id}"


class Grouping(models.Model):
    """One run of the grouping: how many passages asked for something, and how many were like no other."""

    engine = models.CharField(max_length=80)
    explicit = models.PositiveIntegerField(default=0)
    implied = models.PositiveIntegerField(default=0)
    alone = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"grouping #{self.pk}"
