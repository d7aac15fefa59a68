"""Engines of the step « phrases »."""
