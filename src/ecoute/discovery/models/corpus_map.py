from django.db import models


class CorpusMap(models.Model):
    """Where each verbatim stands on the plane: near means alike. The newest serves.

    ``ids`` are int64, ``points`` float16 pairs in 0–1, in the same order. It follows from the records: backups leave it
    out.
    """

    engine = models.CharField(max_length=80)
    ids = models.BinaryField()
    points = models.BinaryField()
    regions = models.BinaryField()  # int16 region of each verbatim
    faithfulness = models.FloatField(null=True)  # share of the nearest by meaning that are also near on the map
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"map #{self.pk}"
