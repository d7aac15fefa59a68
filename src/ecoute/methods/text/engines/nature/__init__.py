"""Engines of the step « nature »."""
