"""Small things: icons, buttons, badges, tags, chips, polarity and nature."""

from typing import Any

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from .library import attributes, register

POLARITY_SIGNS = {"negative": "minus", "neutral": "equal", "positive": "plus"}
NATURE_ICONS = {
    "irritant": "triangle-alert",
    "praise": "thumbs-up",
    "expectation": "lightbulb",
    "question": "circle-help",
    "fact": "text-quote",
}


@register.simple_tag
def icon(name: str, label: str = "", size: str = "") -> SafeString:
    """A Lucide icon out of the sprite. Decorative, unless ``label`` says it in words."""
    classes = f"icon icon-{size}" if size else "icon"
    meaning = attributes({"role": "img", "aria_label": label}) if label else attributes({"aria_hidden": "true"})
    return format_html('<svg class="{}"{}><use href="{}#{}"/></svg>', classes, meaning, static("ui/icons.svg"), name)


@register.inclusion_tag("ui/components/button.html")
def button(
    label: str,
    href: str = "",
    kind: str = "primary",
    icon: str = "",
    type: str = "submit",
    name: str = "",
    value: str = "",
    small: bool = False,
    hide_label: bool = False,
    **attrs: Any,
) -> dict[str, Any]:
    """A link when it leads somewhere (``href``), else a button. Further arguments become attributes (``hx_get=…``)."""
    extra = attrs.pop("class", "") or attrs.pop("class_", "")
    names = ("button", f"button-{kind}", "button-small" if small else "", "button-icon" if hide_label else "", extra)
    classes = " ".join(filter(None, names))
    return {
        "label": label,
        "href": href,
        "icon": icon,
        "type": type,
        "name": name,
        "value": value,
        "hide_label": hide_label,
        "classes": classes,
        "attrs": attributes(attrs),
    }


@register.inclusion_tag("ui/components/badge.html")
def badge(text: Any, tone: str = "neutral", icon: str = "") -> dict[str, Any]:
    return {"text": text, "tone": tone, "icon": icon}


@register.inclusion_tag("ui/components/tag.html")
def tag(text: Any, href: str = "", count: int | None = None) -> dict[str, Any]:
    return {"text": text, "href": href, "count": count}


@register.inclusion_tag("ui/components/chip.html")
def chip(text: Any, remove_href: str = "", **attrs: Any) -> dict[str, Any]:
    """A filter in force. ``remove_href`` is the address of the page without it."""
    return {"text": text, "remove_href": remove_href, "attrs": attributes(attrs)}


@register.inclusion_tag("ui/components/polarity.html")
def polarity(value: Any, short: bool = False) -> dict[str, Any]:
    """Sign and word; nothing when there is no polarity. ``short`` keeps the word for screen readers."""
    words = {"negative": _("Négatif"), "neutral": _("Neutre"), "positive": _("Positif")}
    key = str(value or "")
    return {"key": key, "word": words.get(key, ""), "sign": POLARITY_SIGNS.get(key, ""), "short": short}


@register.inclusion_tag("ui/components/nature.html")
def nature(value: Any) -> dict[str, Any]:
    """Icon and word of a nature; nothing when there is none."""
    words = {
        "irritant": _("Irritant"),
        "praise": _("Satisfaction exprimée"),
        "expectation": _("Attente"),
        "question": _("Question"),
        "fact": _("Fait"),
    }
    key = str(value or "")
    return {"key": key, "word": words.get(key, ""), "icon": NATURE_ICONS.get(key, "")}


@register.inclusion_tag("ui/components/avatar.html")
def avatar(name: str) -> dict[str, Any]:
    """Initials in a disc; decorative, so the name must stand beside it."""
    words = [word for word in name.replace("@", " ").replace(".", " ").replace("-", " ").split() if word]
    return {"initials": "".join(word[0] for word in words[:2]).upper() or "?"}
