class OperationRefused(Exception):  # noqa: N818
    """The operation cannot be done now. Its text says why, what is safe and what to do, in the reader's language."""
