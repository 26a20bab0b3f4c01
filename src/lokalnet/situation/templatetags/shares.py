"""Shares in words: per cent in the reader's own writing of numbers."""

from django import template
from django.utils.formats import number_format
from django.utils.translation import gettext as _

register = template.Library()


@register.simple_tag
def share(value: float) -> str:
    """A share of 1 as per cent, with one decimal; rounded here, because the format would cut."""
    return _("%(number)s%%") % {"number": number_format(round(value * 100, 1), 1)}
