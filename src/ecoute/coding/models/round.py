from django.conf import settings
from django.db import models

from ecoute.coding.enums import Purpose, State


class Round(models.Model):
    """A random sample of verbatims that people code blind, each without seeing the machine or one another.

    ``query`` is the canonical query string of the filters it was drawn from (empty: everything in the drawer's scope);
    ``frame`` how many verbatims they held on ``drawn_at``, ``last_verbatim`` the highest id among them: what came later
    was not among them. ``seed`` and ``revision`` make the draw repeatable.
    """

    name = models.CharField(max_length=120)
    purpose = models.CharField(max_length=10, choices=Purpose, default=Purpose.MEASURING)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    query = models.CharField(max_length=2000, blank=True)
    frame = models.PositiveIntegerField()
    last_verbatim = models.PositiveBigIntegerField(null=True)
    seed = models.PositiveBigIntegerField()
    revision = models.BigIntegerField()  # of the listening base when drawn
    codebook = models.ForeignKey("verbatims.Codebook", on_delete=models.PROTECT, related_name="+")
    codebook_version = models.PositiveIntegerField()
    guidance = models.TextField(blank=True)  # what the coders agreed on beforehand
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    drawn_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name


class RoundCoder(models.Model):
    """Somebody asked to code a round. Once ``finished_at`` is set, the own readings no longer change: those of the
    others may be seen from then on."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="coders")
    coder = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["round_id", "id"]
        constraints = [models.UniqueConstraint(fields=["round", "coder"], name="coding_coder_once")]

    def __str__(self) -> str:
        return f"{self.coder_id} in {self.round_id}"


class RoundItem(models.Model):
    """A verbatim of a round. ``themes`` (ids of leaves) is what was agreed in the end; null until it is settled."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="items")
    verbatim = models.ForeignKey("verbatims.Verbatim", on_delete=models.CASCADE, related_name="+")
    position = models.PositiveIntegerField()
    themes = models.JSONField(null=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    settled_at = models.DateTimeField(null=True)
    note = models.TextField(blank=True)  # why, when it was discussed

    class Meta:
        ordering = ["round_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["round", "verbatim"], name="coding_verbatim_once"),
            models.UniqueConstraint(fields=["round", "position"], name="coding_position_once"),
        ]

    def __str__(self) -> str:
        return f"item {self.position} of {self.round_id}"


class Reading(models.Model):
    """What one coder found in one verbatim: ids of the themes (an empty list: none of them), and doubts."""

    item = models.ForeignKey(RoundItem, on_delete=models.CASCADE, related_name="readings")
    coder = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    themes = models.JSONField(default=list)
    unsure = models.BooleanField(default=False)
    note = models.TextField(blank=True)
    made_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["item_id", "id"]
        constraints = [models.UniqueConstraint(fields=["item", "coder"], name="coding_reading_once")]

    def __str__(self) -> str:
        return f"reading of {self.item_id} by {self.coder_id}"
