from .frozen_report import FrozenReport

__all__ = ["FrozenReport"]
