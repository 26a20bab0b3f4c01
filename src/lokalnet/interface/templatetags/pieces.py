"""The pieces that pages are made of."""

from typing import Any

from django import forms, template
from django.forms import BoundField
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.inclusion_tag("pieces/field.html")
def field(bound: BoundField) -> dict[str, Any]:
    """A field with label, hint and error, as the design system has them."""
    widget = bound.field.widget
    checkbox = isinstance(widget, forms.CheckboxInput)
    style = "form-select" if isinstance(widget, forms.Select) and not isinstance(widget, forms.RadioSelect) else (
        "form-checkbox" if checkbox else "form-input")
    said: dict[str, str | bool] = {"class": style}
    if bound.errors:
        said |= {"aria-invalid": "true", "aria-describedby": f"{bound.auto_id}_error"}
    elif bound.help_text:
        said["aria-describedby"] = f"{bound.auto_id}_hint"
    plain = isinstance(widget, (forms.RadioSelect, forms.CheckboxSelectMultiple))
    return {"field": bound, "control": bound if plain else bound.as_widget(attrs=said), "checkbox": checkbox}


@register.simple_tag
def mark(severity: int, name: str) -> SafeString:
    """Severity by shape and colour, around the category's symbol."""
    return format_html('<span class="mark s{}">{}</span>', severity, icon(name))


@register.simple_tag
def icon(name: str) -> SafeString:
    """A symbol of the category icons; decoration, because the name stands beside it."""
    return format_html('<svg class="icon" aria-hidden="true" width="20" height="20"><use href="{}#{}"></use></svg>',
                       static("icons.svg"), name)
