"""Engines of the step « polarity »."""
