from django.conf import settings
from django.db import models

from ecoute.verbatims.enums import NatureChoice, Origin, PolarityChoice


class Segment(models.Model):
    """One idea of a verbatim: characters ``[start, end)`` of the body at ``masking_version``."""

    verbatim = models.ForeignKey("verbatims.Verbatim", on_delete=models.CASCADE, related_name="segments")
    masking_version = models.PositiveIntegerField()
    position = models.PositiveSmallIntegerField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    nature = models.CharField(max_length=12, choices=NatureChoice)
    nature_confidence = models.FloatField()
    nature_origin = models.CharField(max_length=8, choices=Origin, default=Origin.MACHINE)
    nature_engine = models.CharField(max_length=80, blank=True)
    nature_evidence = models.JSONField(default=list)  # [[start, end], …]
    polarity = models.CharField(max_length=10, choices=PolarityChoice)
    polarity_confidence = models.FloatField()
    polarity_origin = models.CharField(max_length=8, choices=Origin, default=Origin.MACHINE)
    polarity_engine = models.CharField(max_length=80, blank=True)
    polarity_evidence = models.JSONField(default=list)  # [[start, end], …]
    unsure_themes = models.JSONField(default=list)  # [[theme id, probability, engine], …]: seen, not given
    corrected_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    corrected_at = models.DateTimeField(null=True)
    # A person read the passage whole and says that its themes are all there: those not given are absent.
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    checked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["verbatim_id", "position"]
        constraints = [models.UniqueConstraint(fields=["verbatim", "position"], name="verbatims_segment_position")]

    def __str__(self) -> str:
        return f"segment {self.position} of {self.verbatim_id}"


class SegmentTheme(models.Model):
    """A theme in a segment, by the machine or a person.

    ``rejected``: a person said that it is not there (the row is kept: it teaches).
    """

    segment = models.ForeignKey(Segment, on_delete=models.CASCADE, related_name="codes")
    theme = models.ForeignKey("verbatims.Theme", on_delete=models.PROTECT, related_name="codes")
    confidence = models.FloatField()
    evidence = models.JSONField(default=list)  # [[start, end], …] in the body
    origin = models.CharField(max_length=8, choices=Origin, default=Origin.MACHINE)
    engine = models.CharField(max_length=80, blank=True)
    codebook_version = models.PositiveIntegerField(default=0)  # the words of the theme it was given by; 0: not known
    rejected = models.BooleanField(default=False)
    coded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    coded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["segment_id", "-confidence"]
        constraints = [models.UniqueConstraint(fields=["segment", "theme"], name="verbatims_code_once")]

    def __str__(self) -> str:
        return f"{self.theme_id} in {self.segment_id}"


class Correction(models.Model):
    """One thing that a person said of a passage, with what stood there before, so that it can be undone."""

    class What(models.TextChoices):
        THEME = "theme"
        NATURE = "nature"
        POLARITY = "polarity"

    segment = models.ForeignKey(Segment, on_delete=models.CASCADE, related_name="corrections")
    what = models.CharField(max_length=10, choices=What)
    theme = models.ForeignKey("verbatims.Theme", null=True, on_delete=models.CASCADE, related_name="+")
    before = models.JSONField(default=dict)  # as actions.corrections writes it; empty: there was no code
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["segment_id", "id"]

    def __str__(self) -> str:
        return f"{self.what} of segment {self.segment_id}"


class SetAsideDecisions(models.Model):
    """What people said of passages that are gone because an analysis failed: the next one that succeeds applies it.

    ``decisions`` is as ``actions.kept_decisions`` writes it: passages are known by a keyed fingerprint of their words,
    the words themselves are not kept.
    """

    verbatim = models.OneToOneField(
        "verbatims.Verbatim", primary_key=True, on_delete=models.CASCADE, related_name="set_aside"
    )
    decisions = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"decisions set aside of {self.verbatim_id}"
