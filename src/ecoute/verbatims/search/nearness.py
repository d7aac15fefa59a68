"""How near is near. The cosines belong to the encoder (``methods.text.likeness``)."""

from ecoute.methods.text.likeness import likeness_of

from .meaning import embedder


def meaning_cut() -> float:
    """Between a question in a few words and a verbatim that speaks of it."""
    return likeness_of(embedder()).question


def like_cut() -> float:
    """Between two verbatims that say much the same."""
    return likeness_of(embedder()).alike
