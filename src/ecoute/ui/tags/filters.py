"""``{{ value|number }}`` and its family."""

from typing import Any

from ecoute.ui import typography

from .library import register


@register.filter
def number(value: Any, digits: int | None = None) -> str:
    return typography.number(value, digits)


@register.filter
def percent(value: Any, digits: int = 0) -> str:
    return typography.percent(value, digits)


@register.filter(expects_localtime=True)
def long_date(value: Any) -> str:
    return typography.long_date(value)


@register.filter(expects_localtime=True)
def short_date(value: Any) -> str:
    return typography.short_date(value)


@register.filter(expects_localtime=True)
def long_moment(value: Any) -> str:
    return typography.long_moment(value)
