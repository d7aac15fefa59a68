from django.conf import settings
from django.db import models

from ecoute.watch.enums import Frequency


class Subscription(models.Model):
    """How often somebody wants the digest by e-mail. Nobody receives one without having asked."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.CASCADE, related_name="watch_subscription"
    )
    frequency = models.CharField(max_length=10, choices=Frequency, default=Frequency.NEVER)
    since = models.DateTimeField()  # what was raised before the subscription, or the last letter, is not sent
    key = models.CharField(max_length=43, unique=True)  # of the link that ends it without signing in

    class Meta:
        ordering = ["user_id"]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.frequency}"


class Letter(models.Model):
    """A digest sent, or about to be: at most one a person and period, whatever the number of tries."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    period = models.CharField(max_length=10)  # "2026-W47", "2026-11"
    alerts = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["user", "period"], name="watch_letter_once")]

    def __str__(self) -> str:
        return f"letter {self.period} to {self.user_id}"
