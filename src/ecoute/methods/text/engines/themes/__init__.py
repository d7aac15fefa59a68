"""Engines of the step « themes »."""
