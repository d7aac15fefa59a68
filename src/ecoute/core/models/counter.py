from django.db import models


class Counter(models.Model):
    """A named sequence. The row stays locked until commit, so numbers become visible in the order they were given."""

    name = models.CharField(max_length=60, primary_key=True)
    value = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name}={self.value}"
