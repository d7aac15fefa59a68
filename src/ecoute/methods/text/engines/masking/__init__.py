"""Engines of the step « masking »."""
