"""The template tags of the design system, by family; ``templatetags/ui.py`` gathers them into ``{% load ui %}``."""
