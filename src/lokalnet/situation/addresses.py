"""Links between pages of one partnership: who is in several stays in the one that is being looked at."""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from lokalnet.situation.partnerships import Frame


def address(frame: Frame, route: str, *arguments: Any, **query: Any) -> str:
    asked = {name: str(value) for name, value in query.items() if value}
    if len(frame.mine) > 1:
        asked["partnership"] = frame.partnership.slug
    return reverse(route, args=arguments) + (f"?{urlencode(asked)}" if asked else "")
