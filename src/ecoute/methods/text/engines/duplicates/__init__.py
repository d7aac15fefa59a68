"""Engines of the step « duplicates »."""
