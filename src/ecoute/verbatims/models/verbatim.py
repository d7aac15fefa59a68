import uuid

from django.conf import settings
from django.db import models

from ecoute.verbatims.enums import Channel, Satisfaction, Speaker


class Verbatim(models.Model):
    """What one person said, once, through one channel, about one or more public services.

    ``title`` and ``text`` are **masked**; the words as received are in ``RawText``. Until masking has run they are
    empty and ``masking_version`` is 0, so nobody reads unmasked words by accident. Offsets everywhere count the
    characters of ``body``.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    source = models.ForeignKey("verbatims.Source", on_delete=models.PROTECT, related_name="verbatims")
    external_id = models.CharField(max_length=120, blank=True)  # the source's own number
    fingerprint = models.CharField(max_length=64)  # of the row as given: tells a changed row from a known one
    title = models.TextField(blank=True)
    text = models.TextField(blank=True)
    masking_version = models.PositiveIntegerField(default=0)
    language = models.CharField(max_length=8, blank=True)
    said_on = models.DateField(null=True)
    received_at = models.DateTimeField()
    channel = models.CharField(max_length=12, choices=Channel, default=Channel.UNKNOWN)
    solicited = models.BooleanField(default=True)
    speaker = models.CharField(max_length=10, choices=Speaker, default=Speaker.UNKNOWN)
    satisfaction = models.CharField(max_length=10, choices=Satisfaction, default=Satisfaction.UNKNOWN)
    satisfaction_given = models.CharField(max_length=60, blank=True)  # as written in the source ("4/5", "Pas bien")
    place = models.ForeignKey("directory.Place", null=True, on_delete=models.SET_NULL, related_name="+")
    services = models.ManyToManyField("directory.Service", through="verbatims.VerbatimService", related_name="+")
    extra = models.JSONField(default=dict)  # short cells of the other columns; what may be words is sealed
    polarity = models.CharField(max_length=10, blank=True)  # of the whole, by the machine
    polarity_confidence = models.FloatField(null=True)
    polarity_engine = models.CharField(max_length=80, blank=True)
    phrases = models.JSONField(default=list)
    analysis_notes = models.JSONField(default=list)
    analysed_at = models.DateTimeField(null=True)
    duplicate_of = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="near_duplicates")
    batch = models.ForeignKey("verbatims.ImportBatch", null=True, on_delete=models.SET_NULL, related_name="verbatims")
    revision = models.BigIntegerField(db_index=True)  # core.counters "verbatims": grows with every change
    withdrawn_at = models.DateTimeField(null=True)  # undone or erased: no longer shown or counted
    kept_for_measuring = models.BooleanField(default=False)  # drawn at random to measure the machine: never trains it

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "external_id"],
                condition=~models.Q(external_id=""),
                name="verbatims_verbatim_source_external",
            )
        ]
        indexes = [
            models.Index(fields=["source", "fingerprint"], name="verbatims_source_fingerprint"),
            models.Index(fields=["said_on"], name="verbatims_said_on"),
        ]

    def __str__(self) -> str:
        return self.title or self.text[:60] or str(self.uid)

    @property
    def body(self) -> str:
        """Title and text as analysed: offsets of segments and evidence count its characters."""
        return f"{self.title}\n{self.text}" if self.title else self.text


class RawText(models.Model):
    """The words as received, encrypted (core.vault). Opened only by actions that check and log the reading."""

    verbatim = models.OneToOneField(Verbatim, primary_key=True, on_delete=models.CASCADE, related_name="raw")
    sealed = models.BinaryField()  # JSON under the installation's key: actions.raw_content

    def __str__(self) -> str:
        return f"raw of {self.verbatim_id}"


class Masking(models.Model):
    """One run of masking over a verbatim. ``title``/``text`` are filled when a newer version replaces this one, and
    emptied (None) when somebody hides words that they still showed."""

    verbatim = models.ForeignKey(Verbatim, on_delete=models.CASCADE, related_name="maskings")
    version = models.PositiveIntegerField()
    engine = models.CharField(max_length=80)
    spans = models.JSONField(default=list)  # [[kind, raw_start, raw_end, start, end], …]
    title = models.TextField(null=True)
    text = models.TextField(null=True)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["verbatim_id", "version"]
        constraints = [models.UniqueConstraint(fields=["verbatim", "version"], name="verbatims_masking_version")]

    def __str__(self) -> str:
        return f"masking {self.version} of {self.verbatim_id}"


class MaskingDecision(models.Model):
    """What a person says of characters ``[start, end)`` of the words as received: hide them as ``kind``, or, where kind
    is empty, show them. Every later masking follows it, as long as the words are those of ``fingerprint``; when an
    import brings others, ``actions.carried_decisions`` writes what it says of them."""

    verbatim = models.ForeignKey(Verbatim, on_delete=models.CASCADE, related_name="masking_decisions")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    kind = models.CharField(max_length=20, blank=True)
    fingerprint = models.CharField(max_length=64)  # of the whole body as received
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["verbatim_id", "id"]

    def __str__(self) -> str:
        return f"{'hide' if self.kind else 'show'} {self.start}–{self.end} of {self.verbatim_id}"


class VerbatimService(models.Model):
    """A service concerned by a verbatim; position 0 is the first named."""

    verbatim = models.ForeignKey(Verbatim, on_delete=models.CASCADE, related_name="concerned")
    service = models.ForeignKey("directory.Service", on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["verbatim_id", "position"]
        constraints = [models.UniqueConstraint(fields=["verbatim", "service"], name="verbatims_concerned_once")]

    def __str__(self) -> str:
        return f"{self.verbatim_id} → {self.service_id}"


class Reply(models.Model):
    """What the administration answered, masked like the rest."""

    verbatim = models.ForeignKey(Verbatim, on_delete=models.CASCADE, related_name="replies")
    service = models.ForeignKey("directory.Service", null=True, on_delete=models.SET_NULL, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)
    text = models.TextField(blank=True)
    status = models.CharField(max_length=60, blank=True)
    replied_on = models.DateField(null=True)

    class Meta:
        ordering = ["verbatim_id", "position"]

    def __str__(self) -> str:
        return f"reply to {self.verbatim_id}"
