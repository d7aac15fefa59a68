"""Engines of the step « embedding »."""
