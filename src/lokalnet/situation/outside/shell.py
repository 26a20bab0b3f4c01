"""The parts of the page for outdoors that a browser keeps, so that it opens with no signal."""

import functools
import hashlib
import json

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.template.loader import get_template
from django.templatetags.static import static

PAGE = "/ude/"
SCRIPTS = ("camera", "form", "keys", "outbox", "outline", "page", "sending", "signing", "store")
PARTS = ("lokalnet.css", "lokalnet.svg", "icons.svg", "vendor/dkfds-11.2.0/css/dkfds.min.css",
         *(f"modules/outside/{name}.js" for name in SCRIPTS))


def _read(part: str) -> bytes:
    found = finders.find(part)
    if found:
        with open(found, "rb") as file:
            return file.read()
    with staticfiles_storage.open(part) as stored:
        content: bytes = stored.read()
    return content


@functools.cache
def version() -> str:
    """Changes when any part does: the browser then fetches all of them anew."""
    page = str(get_template("situation/outside.html").template.source)  # type: ignore[attr-defined]
    return hashlib.sha256(page.encode() + b"".join(_read(part) for part in PARTS)).hexdigest()[:16]


@functools.cache
def worker() -> str:
    kept = {"version": version(), "page": PAGE, "parts": [static(part) for part in PARTS]}
    return f"self.kept = {json.dumps(kept)};\n{_read('modules/outside/worker.js').decode()}"
