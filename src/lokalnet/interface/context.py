"""What every page knows: who is acting, the menu, and how the page should look."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from lokalnet.interface import menu

THEMES = ("auto", "light", "dark")


def page(request: HttpRequest) -> dict[str, Any]:
    theme = request.COOKIES.get("theme", "auto")
    actor = getattr(request, "actor", None)
    return {
        "actor": actor,
        "menu": menu.items_for(actor, request.path),
        "theme": theme if theme in THEMES else "auto",
        "demo": settings.LOKALNET_DEMO,
    }
