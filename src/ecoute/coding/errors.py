"""What the coding room refuses, with the sentence to say."""


class CodingError(Exception):
    """``str(error)`` is a sentence for the reader, saying what to do. ``field``: the field of a form it speaks of."""

    def __init__(self, sentence: str, field: str | None = None) -> None:
        super().__init__(sentence)
        self.field = field


class RoundClosedError(CodingError):
    """The round, or the coder's own part in it, is finished: readings no longer change."""
