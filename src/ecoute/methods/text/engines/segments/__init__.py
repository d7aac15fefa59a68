"""Engines of the step « segments »."""
