"""What every page knows: who is acting, the menu, and how the page should look."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from lokalnet.interface import bell, menu

THEMES = ("auto", "light", "dark")


def page(request: HttpRequest) -> dict[str, Any]:
    theme = request.COOKIES.get("theme", "auto")
    actor = getattr(request, "actor", None)
    shown = menu.menu_of(menu.items_for(actor, request.path))
    return {
        "actor": actor,
        "bell": bell.on_page(actor, request.path),
        "menu": shown.line,
        "menu_kept": shown.kept,
        "menu_more": shown.more,
        "menu_narrow": shown.narrow,
        "menu_person": menu.personal_items(actor, request.path),
        "menu_more_current": any(item.current for item in shown.more),
        "theme": theme if theme in THEMES else "auto",
        "demo": settings.LOKALNET_DEMO,
    }
