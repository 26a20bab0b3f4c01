"""What every page knows: who is acting, the menu, and how the page should look."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from lokalnet.interface import menu

THEMES = ("auto", "light", "dark")
MOST_IN_A_LINE = 6


def page(request: HttpRequest) -> dict[str, Any]:
    theme = request.COOKIES.get("theme", "auto")
    actor = getattr(request, "actor", None)
    items = menu.items_for(actor, request.path)
    seldom = [item for item in items if item.seldom]
    if len(seldom) < 2 or len(items) < MOST_IN_A_LINE:
        seldom = []
    return {
        "actor": actor,
        "menu": [item for item in items if item not in seldom],
        "menu_more": seldom,
        "menu_more_current": any(item.current for item in seldom),
        "theme": theme if theme in THEMES else "auto",
        "demo": settings.LOKALNET_DEMO,
    }
