"""Fields and the summary of their errors."""

from typing import Any

from django.forms import BaseForm, BoundField, CheckboxInput, FileInput, Select
from django.forms.widgets import CheckboxSelectMultiple, RadioSelect, Textarea

from .library import register


@register.inclusion_tag("ui/components/field.html")
def field(bound: BoundField, hide_label: bool = False, width: str = "") -> dict[str, Any]:
    """Label, hint, errors and the control, tied together. ``width``: short, medium or (by default) the whole line."""
    widget = bound.field.widget
    return {
        "field": bound,
        "kind": _kind(widget),
        "hide_label": hide_label,
        "width": width,
        "error_id": f"{bound.auto_id}_error",
        "hint_id": f"{bound.auto_id}_helptext",
        "optional": not bound.field.required,
    }


def _kind(widget: Any) -> str:
    kinds: list[tuple[Any, str]] = [
        ((RadioSelect, CheckboxSelectMultiple), "choices"),
        (CheckboxInput, "checkbox"),
        (FileInput, "file"),
        (Select, "select"),
        (Textarea, "text"),
    ]
    return next((kind for classes, kind in kinds if isinstance(widget, classes)), "text")


@register.inclusion_tag("ui/components/form_errors.html")
def form_errors(form: BaseForm, focus: bool = True) -> dict[str, Any]:
    """What must be mended, each error linked to its field. Nothing when the form is sound.

    ``focus``: the summary takes the focus when the page opens, so that it is read first.
    """
    wrong = [(bound, bound.errors) for bound in form if bound.errors]
    shown = [(bound, errors) for bound, errors in wrong if not bound.is_hidden]
    hidden = [(bound, errors) for bound, errors in wrong if bound.is_hidden]
    return {"form": form, "general": form.non_field_errors(), "fields": shown, "hidden": hidden, "focus": focus}
