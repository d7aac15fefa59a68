"""What the machine learned: which coder serves, how good it is, and what people said since."""

from __future__ import annotations

from ecoute.verbatims.models import LearnedCoder

ENOUGH = 10  # passages given by people below which a quality says nothing


def serving_coder(codebook_id: int) -> LearnedCoder | None:
    """The newest coder that is ready; None before the first was."""
    ready = LearnedCoder.objects.filter(codebook_id=codebook_id, ready_at__isnull=False, weights__isnull=False)
    return ready.order_by("-number").first()
