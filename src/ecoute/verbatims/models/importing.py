from django.conf import settings
from django.db import models

from ecoute.verbatims.enums import ImportState


class ImportBatch(models.Model):
    """One file brought in: where it is kept, how its columns are read, how far it got."""

    source = models.ForeignKey("verbatims.Source", null=True, on_delete=models.PROTECT, related_name="batches")
    file_name = models.CharField(max_length=255)
    path = models.CharField(max_length=500)  # under MEDIA_ROOT, private
    checksum = models.CharField(max_length=64, db_index=True)
    size = models.BigIntegerField(default=0)
    format = models.CharField(max_length=20, blank=True)
    recognised = models.CharField(max_length=40, blank=True)  # "services-publics-plus-2023", "jdma", … or empty
    reading = models.JSONField(default=dict)  # encoding, separator, sheet
    mapping = models.JSONField(default=dict)  # field → column
    service_choices = models.JSONField(default=dict)  # name as written → service id, or null: no service
    default_service = models.ForeignKey("directory.Service", null=True, on_delete=models.SET_NULL, related_name="+")
    state = models.CharField(max_length=10, choices=ImportState, default=ImportState.UPLOADED)
    rows_read = models.PositiveIntegerField(default=0)  # checkpoint: a resumed import starts after them
    created_count = models.PositiveIntegerField(default=0)
    updated_count = models.PositiveIntegerField(default=0)
    unchanged_count = models.PositiveIntegerField(default=0)
    rejected_count = models.PositiveIntegerField(default=0)
    job = models.ForeignKey("core.Job", null=True, on_delete=models.SET_NULL, related_name="+")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.file_name


class ImportChange(models.Model):
    """What a batch did to one verbatim, so that it can be undone. ``before`` is sealed (core.vault): the former row."""

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="changes")
    verbatim = models.ForeignKey("verbatims.Verbatim", on_delete=models.CASCADE, related_name="import_changes")
    created = models.BooleanField()
    before = models.BinaryField(null=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{'created' if self.created else 'updated'} {self.verbatim_id}"


class ImportReject(models.Model):
    """A row that could not go in: its line in the file, a reason code with details, and the row, sealed."""

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="rejects")
    line = models.PositiveIntegerField()
    reason = models.CharField(max_length=40)  # "empty_text", "impossible_date", "broken_row", …
    detail = models.CharField(max_length=250, blank=True)
    row = models.BinaryField(null=True)

    class Meta:
        ordering = ["line", "id"]

    def __str__(self) -> str:
        return f"line {self.line}: {self.reason}"
