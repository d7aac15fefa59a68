from django.db import models


class AnalysisRun(models.Model):
    """One pass of the pipeline over verbatims: which engines, which codebook, how many."""

    codebook = models.ForeignKey("verbatims.Codebook", null=True, on_delete=models.SET_NULL, related_name="+")
    codebook_version = models.PositiveIntegerField(default=0)
    engines = models.JSONField(default=dict)  # step → "engine version"
    started_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)
    verbatims = models.PositiveIntegerField(default=0)
    profile = models.CharField(max_length=10, default="fast")

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"analysis #{self.pk}"


class Embedding(models.Model):
    """The meaning of a verbatim as a unit vector: ``vector`` is float16 bytes."""

    verbatim = models.OneToOneField(
        "verbatims.Verbatim", primary_key=True, on_delete=models.CASCADE, related_name="embedding"
    )
    engine = models.CharField(max_length=80)
    vector = models.BinaryField()

    def __str__(self) -> str:
        return f"embedding of {self.verbatim_id}"


class SegmentVectors(models.Model):
    """The meaning of each segment of a verbatim, in their order: float16 bytes, one unit vector after the other.

    They let themes be found again in seconds. They follow from the masked words, so backups leave them out: a verbatim
    that has none, or those of another engine or masking, is embedded again when it is recoded.
    """

    verbatim = models.OneToOneField(
        "verbatims.Verbatim", primary_key=True, on_delete=models.CASCADE, related_name="segment_vectors"
    )
    engine = models.CharField(max_length=80)
    masking_version = models.PositiveIntegerField()
    vectors = models.BinaryField()

    def __str__(self) -> str:
        return f"segment vectors of {self.verbatim_id}"


class DiscoveredSubject(models.Model):
    """A cluster nobody wrote: proposed, then adopted into the codebook or rejected. Never shown as a fact."""

    class State(models.TextChoices):
        PROPOSED = "proposed"
        ADOPTED = "adopted"
        REJECTED = "rejected"

    run = models.ForeignKey(AnalysisRun, on_delete=models.CASCADE, related_name="subjects")
    name = models.CharField(max_length=200)
    phrases = models.JSONField(default=list)
    cohesion = models.FloatField()
    stability = models.FloatField(null=True)  # 0–1: how much of it comes back when the corpus is drawn again
    first_said_on = models.DateField(null=True)
    members = models.JSONField(default=list)  # verbatim ids
    exemplars = models.JSONField(default=list)  # verbatim ids, most central first
    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED)
    theme = models.ForeignKey("verbatims.Theme", null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["run_id", "id"]

    def __str__(self) -> str:
        return self.name
