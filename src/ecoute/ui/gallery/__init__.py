"""The gallery of components (``/ui/``), for development and the demonstration."""
