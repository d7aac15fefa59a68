"""Engines of the step « discovery »."""
