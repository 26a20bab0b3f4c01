"""The pieces that pages are made of."""

import functools
from typing import Any

from django import forms, template
from django.forms import BoundField
from django.templatetags.static import static
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString

from lokalnet.interface import beside, browsers

register = template.Library()
register.filter("browser_in_words", browsers.in_words)

# Groups of a select: (label or "", ((value, words), ...)).
Options = tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


@register.inclusion_tag("pieces/field.html")
def field(bound: BoundField) -> dict[str, Any]:
    """A field with label, hint and error, as the design system has them."""
    widget = bound.field.widget
    checkbox = isinstance(widget, forms.CheckboxInput)
    style = "form-select" if isinstance(widget, forms.Select) and not isinstance(widget, forms.RadioSelect) else (
        "form-checkbox" if checkbox else "form-input")
    said: dict[str, str | bool] = {"class": style}
    widget.attrs.pop("placeholder", None)  # it would only repeat the label
    if bound.errors:
        said |= {"aria-invalid": "true", "aria-describedby": f"{bound.auto_id}_error"}
    elif bound.help_text:
        said["aria-describedby"] = f"{bound.auto_id}_hint"
    plain = isinstance(widget, (forms.RadioSelect, forms.CheckboxSelectMultiple))
    return {"field": bound, "control": bound if plain else bound.as_widget(attrs=said), "checkbox": checkbox}


@register.simple_tag
def select(name: str, groups: Options, chosen: str) -> SafeString:
    """A select with one option chosen. What does not depend on the choice is made once for equal groups."""
    plain = _select(name, groups)
    value = f'value="{escape(chosen)}"'
    return SafeString(plain.replace(f"{value}>", f"{value} selected>", 1))


@functools.lru_cache(maxsize=500)
def _select(name: str, groups: Options) -> str:
    inside = []
    for kind, values in groups:
        options = format_html_join("", '<option value="{}">{}</option>', values)
        inside.append(format_html('<optgroup label="{}">{}</optgroup>', kind, options) if kind else options)
    return format_html('<select name="{}" id="id_{}" class="form-select">{}</select>', name, name,
                       SafeString("".join(inside)))


@register.simple_tag
def mark(severity: int, name: str) -> SafeString:
    """Severity by shape and colour, around the category's symbol."""
    return format_html('<span class="mark s{}">{}</span>', severity, icon(name))


@register.simple_tag
def icon(name: str) -> SafeString:
    """A symbol of the category icons; decoration, because the name stands beside it."""
    return format_html('<svg class="icon" aria-hidden="true" width="20" height="20"><use href="{}#{}"></use></svg>',
                       static("icons.svg"), name)


@register.simple_tag(takes_context=True)
def above_the_page(context: template.Context) -> SafeString:
    """What a capability wants said above every page of a partnership, such as that it is an exercise."""
    frame = context.get("frame")
    if frame is None:
        return SafeString("")
    shown = beside.pieces(context["request"], "page", frame, frame.partnership.id)
    return format_html_join("", "{}", ((piece,) for piece in shown))
