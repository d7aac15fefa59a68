"""Engines of the step « language »."""
