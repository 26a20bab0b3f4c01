"""The background map, by configuration: none, a PMTiles file of our own, or tiles of a map service fetched by us.

No browser ever talks to the map service: what somebody looks at on the map would tell it where an investigation is.
The address comes from configuration alone and only three checked numbers are put into it, so nobody can make us
fetch anything else; a redirect is followed only on the same host, and what comes back must be a picture.

A page's request holds a database connection while it waits, so only a few tiles are fetched at a time, each for a few
seconds at most: a slow map service must not stop the service.
"""

import logging
import os
import re
import threading
import time
import urllib.request
from collections.abc import Callable
from http.client import HTTPException, HTTPMessage, HTTPResponse
from pathlib import Path
from typing import IO
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseBase
from django.urls import path
from django.views.decorators.http import require_GET

from lokalnet.access.requests import Request

DEEPEST = 20
TIMEOUT = 5.0  # seconds, for each step and for the whole
AT_ONCE = threading.BoundedSemaphore(4)
SCHEME = "https://"
LARGEST_TILE = 2_000_000
LARGEST_PART = 16_000_000
KEPT = "private, max-age=86400"
RANGE = re.compile(r"bytes=(\d{1,18})-(\d{1,18})")

logger = logging.getLogger("lokalnet.base_map")


class NoTile(Exception):
    """The map service gave no picture."""


def kind() -> str:
    """"none", "file" or "tiles": what the page draws. Raises SystemExit naming the setting when it is neither."""
    value: str = settings.LOKALNET_BASE_MAP
    if not value:
        return "none"
    if value.endswith(".pmtiles"):
        if not Path(value).is_file():
            raise SystemExit(f"LOKALNET_BASE_MAP: there is no file {value}")
        return "file"
    if not value.startswith(SCHEME) or not all(part in value for part in ("{z}", "{x}", "{y}")):
        raise SystemExit("LOKALNET_BASE_MAP: must be a PMTiles file, or an https address with {z}, {x} and {y}")
    return "tiles"


def for_members(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """People who are logged in; for a stranger, and for an API key, there is no map."""

    def entered(request: Request, **numbers: int) -> HttpResponseBase:
        if request.actor is None or request.actor.scopes is not None:
            raise Http404
        return view(request, **numbers)

    return entered


@require_GET
@for_members
def tile(request: Request, *, z: int, x: int, y: int) -> HttpResponse:
    """One tile of the map service, fetched by us."""
    if kind() != "tiles" or z > DEEPEST or x >= 2**z or y >= 2**z:
        raise Http404
    address = settings.LOKALNET_BASE_MAP.replace("{z}", str(z)).replace("{x}", str(x)).replace("{y}", str(y))
    try:
        content_type, body = fetch(address)
    except NoTile as problem:
        logger.warning("the map service gave no tile: %s", problem)
        return HttpResponse(status=404, headers={"Cache-Control": "no-store"})
    return HttpResponse(body, content_type=content_type, headers={
        "Cache-Control": KEPT, "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox"})


def fetch(address: str) -> tuple[str, bytes]:
    """The picture at the address: its content type and bytes. Raises NoTile."""
    request = urllib.request.Request(address, headers={"User-Agent": "Lokalnet", "Accept": "image/*"})  # noqa: S310
    if not AT_ONCE.acquire(timeout=1):
        raise NoTile("too many at once")
    try:
        with urllib.request.build_opener(OneHost(address)).open(request, timeout=TIMEOUT) as answer:
            return _picture(answer)
    except (OSError, HTTPException) as problem:
        raise NoTile(type(problem).__name__) from None
    finally:
        AT_ONCE.release()


def _picture(answer: HTTPResponse) -> tuple[str, bytes]:
    content_type = answer.headers.get_content_type()
    if not content_type.startswith("image/") or content_type == "image/svg+xml":
        raise NoTile("no picture")
    body, until = b"", time.monotonic() + TIMEOUT
    while part := answer.read1(65_536):
        body += part
        if len(body) > LARGEST_TILE or time.monotonic() > until:
            raise NoTile("too large or too slow")
    return content_type, body


class OneHost(urllib.request.HTTPRedirectHandler):
    """Redirects stay where the configuration points to: same scheme, host and port."""

    def __init__(self, address: str) -> None:
        self.host = urlsplit(address)[:2]

    def redirect_request(self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage,
                         newurl: str) -> urllib.request.Request | None:
        if urlsplit(newurl)[:2] != self.host:
            raise NoTile("redirected to another host")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


@require_GET
@for_members
def file(request: Request) -> HttpResponse:
    """A part of the PMTiles file. PMTiles asks for ranges only; the whole file is never sent at once."""
    if kind() != "file":
        raise Http404
    with open(settings.LOKALNET_BASE_MAP, "rb") as source:
        size = os.fstat(source.fileno()).st_size
        wanted = RANGE.fullmatch(request.headers.get("Range", ""))
        first, last = (int(wanted[1]), min(int(wanted[2]), size - 1)) if wanted else (0, size - 1)
        if first > last or last - first >= LARGEST_PART:
            return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}", "Accept-Ranges": "bytes"})
        source.seek(first)
        body = source.read(last - first + 1)
        tag = f'"{os.fstat(source.fileno()).st_mtime_ns:x}-{size:x}"'
    headers = {"Accept-Ranges": "bytes", "Cache-Control": KEPT, "ETag": tag}
    if wanted:
        headers["Content-Range"] = f"bytes {first}-{last}/{size}"
    return HttpResponse(body, status=206 if wanted else 200, content_type="application/octet-stream", headers=headers)


urlpatterns = [
    path("baggrundskort/kort.pmtiles", file, name="base_map_file"),
    path("baggrundskort/<int:z>/<int:x>/<int:y>", tile, name="base_map_tile"),
]
