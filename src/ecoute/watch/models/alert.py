from django.conf import settings
from django.db import models

from ecoute.watch.enums import AlertState


class Alert(models.Model):
    """A share that left its ordinary range in the last period known, with everything needed to check it.

    ``theme`` is a slug of the codebook: irritants of that theme are counted among the verbatims of ``period``
    ("2025-03", "2025-Q1", "2025"), of ``service`` (None: of everything). ``p`` is corrected (Holm) over ``family``, the
    number of series looked at in the same run. Shares are recomputed from counts and bases: no float is the truth.
    """

    theme = models.SlugField(max_length=80)
    service = models.ForeignKey("directory.Service", null=True, on_delete=models.CASCADE, related_name="+")
    period = models.CharField(max_length=10)
    sources = models.JSONField(default=list)  # slugs of the sources compared
    count = models.PositiveIntegerField()
    base = models.PositiveIntegerField()
    earlier_count = models.PositiveIntegerField()
    earlier_base = models.PositiveIntegerField()
    earlier_since = models.CharField(max_length=10)  # first period compared with
    low = models.FloatField()  # 95 % interval of the difference of shares
    high = models.FloatField()
    dispersion = models.FloatField()
    p = models.FloatField()
    family = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=AlertState, default=AlertState.NEW)
    reason = models.CharField(max_length=300, blank=True)  # why it was dismissed
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(null=True)
    raised_at = models.DateTimeField(auto_now_add=True)
    confirmed_at = models.DateTimeField()  # the last run that still found it
    gone_at = models.DateTimeField(null=True)  # a later run, with more words or other codes, no longer found it

    class Meta:
        ordering = ["-raised_at", "p", "id"]
        constraints = [
            models.UniqueConstraint(fields=["theme", "service", "period"], name="watch_alert_once"),
            models.UniqueConstraint(
                fields=["theme", "period"], condition=models.Q(service=None), name="watch_alert_of_all_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.theme} in {self.period}"

    @property
    def share(self) -> float:
        return self.count / self.base if self.base else 0.0

    @property
    def earlier_share(self) -> float:
        return self.earlier_count / self.earlier_base if self.earlier_base else 0.0

    @property
    def rises(self) -> bool:
        return self.share > self.earlier_share
