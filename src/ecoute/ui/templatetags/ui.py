"""``{% load ui %}``: every tag and filter of the design system."""

from ecoute.ui.tags import data, figures, filters, forms, marks, page
from ecoute.ui.tags.library import register

__all__ = ["data", "figures", "filters", "forms", "marks", "page", "register"]
