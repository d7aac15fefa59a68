from django.conf import settings
from django.db import models
from django.utils.translation import get_language


class Codebook(models.Model):
    """A plan de codage. ``version`` grows each time its themes change."""

    slug = models.SlugField(max_length=60, unique=True)
    name_fr = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)
    is_active = models.BooleanField(default=True)  # the one new verbatims are coded with
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.name_fr


class Theme(models.Model):
    """A code: label, definition, what it includes and excludes, examples; in French and English."""

    codebook = models.ForeignKey(Codebook, on_delete=models.CASCADE, related_name="themes")
    slug = models.SlugField(max_length=80)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    position = models.PositiveIntegerField(default=0)
    label_fr = models.CharField(max_length=120)
    label_en = models.CharField(max_length=120, blank=True)
    definition_fr = models.TextField(blank=True)
    definition_en = models.TextField(blank=True)
    includes_fr = models.TextField(blank=True)
    includes_en = models.TextField(blank=True)
    excludes_fr = models.TextField(blank=True)
    excludes_en = models.TextField(blank=True)
    examples_fr = models.JSONField(default=list)
    examples_en = models.JSONField(default=list)
    cues = models.JSONField(default=list)  # words and phrases the engine looks for
    exemplars = models.JSONField(default=list)  # ids of verbatims it also learns from; their words are never shown here
    retired_at = models.DateTimeField(null=True, blank=True)
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="merged")

    class Meta:
        ordering = ["codebook_id", "position", "id"]
        constraints = [models.UniqueConstraint(fields=["codebook", "slug"], name="verbatims_theme_slug")]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """In the reader's language, French when English is missing."""
        return (self.label_en if get_language() == "en" else "") or self.label_fr


class CodebookVersion(models.Model):
    """The codebook as it was at a version, whole, so that any code can be read with the words it was given by."""

    codebook = models.ForeignKey(Codebook, on_delete=models.CASCADE, related_name="versions")
    version = models.PositiveIntegerField()
    themes = models.JSONField()  # as actions.codebook_versions writes them
    change = models.CharField(max_length=40, blank=True)  # audit verb of the change that made it
    undo = models.JSONField(default=dict)  # what a merge moved, as actions.merging_themes writes it
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["codebook_id", "-version"]
        constraints = [models.UniqueConstraint(fields=["codebook", "version"], name="verbatims_codebook_version")]

    def __str__(self) -> str:
        return f"{self.codebook_id} v{self.version}"


class LearnedCoder(models.Model):
    """What the machine learned from the examples of a codebook and from people's corrections.

    The newest with ``ready_at`` and ``weights`` serves; the former one serves until then. ``weights`` are those of
    ``methods.text.learning``; only the last three coders keep theirs. ``made_at`` is when the examples were read: what
    was said later is not in it.
    """

    codebook = models.ForeignKey(Codebook, on_delete=models.CASCADE, related_name="coders")
    codebook_version = models.PositiveIntegerField()
    number = models.PositiveIntegerField()  # 1, 2, 3 … of this codebook; part of the engine's version
    examples = models.PositiveIntegerField(default=0)  # sentences of the codebook
    corrections = models.PositiveIntegerField(default=0)  # passages that people coded
    report = models.JSONField(default=dict)  # by theme: examples, cross-validated quality, calibration
    weights = models.BinaryField(null=True)
    seconds = models.FloatField(null=True)  # how long it took to learn
    ready_at = models.DateTimeField(null=True)
    applied_at = models.DateTimeField(null=True)  # when every verbatim had been coded with it
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["codebook_id", "-number"]
        constraints = [models.UniqueConstraint(fields=["codebook", "number"], name="verbatims_coder_number")]

    def __str__(self) -> str:
        return f"coder {self.number} of {self.codebook_id}"
