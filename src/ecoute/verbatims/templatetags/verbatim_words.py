"""``{{ text|evidence:spans }}``: words with what was searched and what shows the themes marked."""

from collections.abc import Iterable

from django import template
from django.utils.safestring import SafeString

from ecoute.verbatims.views.marking import marked_words

register = template.Library()


@register.filter
def evidence(text: str, spans: Iterable[tuple[int, int, str]]) -> SafeString:
    """The text escaped, with its marks. ``spans`` are (start, end, label of the theme, or empty)."""
    return marked_words(text, spans)
