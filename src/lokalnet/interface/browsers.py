"""Which browser on which system, in words, from what a browser says of itself.

Browsers say that they are several others too, so the order decides; nothing but the usual ones is told apart.
"""

import re

from django.utils.translation import gettext as _

BROWSERS = {"Edge": r"Edg(e|A|iOS)?/", "Opera": r"OPR/", "Samsung Internet": r"SamsungBrowser/",
            "Firefox": r"(Firefox|FxiOS)/", "Chrome": r"(Chrome|CriOS|Chromium|HeadlessChrome)/",
            "Safari": r"Version/[\d.]+ .*Safari/"}
SYSTEMS = {"iPad": r"iPad", "iPhone": r"iPhone", "Android": r"Android", "ChromeOS": r"CrOS", "Windows": r"Windows NT",
           "Mac": r"Macintosh", "Linux": r"Linux"}


def in_words(said: str) -> str:
    """«Firefox på Windows»; what is not known is said to be unknown."""
    browser, system = _first(BROWSERS, said), _first(SYSTEMS, said)
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or (_("Another browser on %(system)s") % {"system": system} if system else _("Another browser"))


def _first(known: dict[str, str], said: str) -> str:
    return next((name for name, pattern in known.items() if re.search(pattern, said)), "")
