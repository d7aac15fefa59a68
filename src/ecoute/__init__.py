"""Écoute: from what people say about a public service to what changes in it."""

__version__ = "0.2.0"
