"""The door of the coding room: what measures the machine, for the figures above."""

from __future__ import annotations

from ecoute.coding.queries.measured import MeasuredSample, Measuring, Unmeasured, measuring

__all__ = ["MeasuredSample", "Measuring", "Unmeasured", "measuring"]
