"""Why the directory says no."""


class Refused(Exception):  # noqa: N818 – it is an answer, not a fault
    """What was asked may not be done. The message is for the reader, in their language, and says what to do."""


class NotYours(Refused):
    """It lies outside the branches that the person who asks looks after."""


class AlreadyHasAccount(Refused):
    """The invited address has an account: a role can be given to it instead. ``user`` is that account."""

    def __init__(self, message: str, user: object) -> None:
        super().__init__(message)
        self.user = user
