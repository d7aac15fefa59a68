from django.db import models


class Switch(models.Model):
    """A feature turned on or off for the whole installation."""

    name = models.SlugField(max_length=60, primary_key=True)
    on = models.BooleanField(default=False)
    changed_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.name}: {'on' if self.on else 'off'}"
