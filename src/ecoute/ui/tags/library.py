"""The one library all families register in, and how attributes are written."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

register = template.Library()


def attributes(given: Mapping[str, Any]) -> SafeString:
    """``hx_get="/x"`` → `` hx-get="/x"``, escaped. True writes the name alone; None and False write nothing."""
    pairs = [(_name(name), value) for name, value in given.items() if value is not None and value is not False]
    return format_html_join("", "{}", ((_pair(name, value),) for name, value in pairs))


def _name(written: str) -> str:
    return written.rstrip("_").replace("_", "-")


def _pair(name: str, value: Any) -> SafeString:
    if value is True:
        return format_html_join("", " {}", [(name,)])
    return format_html_join("", ' {}="{}"', [(name, value)])
