"""Engines of the step « stems »."""
