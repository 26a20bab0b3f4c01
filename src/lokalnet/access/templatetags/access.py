"""Roles in words, for templates."""

from collections.abc import Collection

from django import template

from lokalnet.access import administration

register = template.Library()


@register.filter
def role_names(roles: Collection[str]) -> str:
    return administration.role_names(roles)
