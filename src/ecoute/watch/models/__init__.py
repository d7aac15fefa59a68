from .alert import Alert
from .subscription import Letter, Subscription

__all__ = ["Alert", "Letter", "Subscription"]
