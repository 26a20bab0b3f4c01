"""The background map: a file of our own in parts, or a map service that no browser talks to."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

from lokalnet.access.models import User
from lokalnet.project import base_map
from lokalnet.project.urls import *  # noqa: F403
from lokalnet.project.urls import urlpatterns as of_project

urlpatterns = [*base_map.urlpatterns, *of_project]
PICTURE = b"\x89PNG\r\n\x1a\n" + b"x" * 100
PATH = "/baggrundskort"


class MapService(BaseHTTPRequestHandler):
    """Answers by the zoom that is asked for."""

    asked: list[str] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        zoom = self.path.split("/")[1]
        if zoom == "3":
            self.answer(302, "text/plain", b"", location="http://localhost.example/secret")
        elif zoom == "4":
            self.answer(302, "text/plain", b"", location="/5/1/1")
        elif zoom == "6":
            self.answer(200, "text/html", b"<script>alert(1)</script>")
        elif zoom == "7":
            self.answer(200, "image/png", b"x" * (base_map.LARGEST_TILE + 1))
        elif zoom == "8":
            self.answer(500, "image/png", b"")
        elif zoom == "9":
            self.answer(200, "image/svg+xml", b"<svg/>")
        else:
            self.answer(200, "image/png", PICTURE)

    def answer(self, status: int, kind: str, body: bytes, location: str = "") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Set-Cookie", "follow=me")
        if location:
            self.send_header("Location", location)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def service(settings, monkeypatch) -> Iterator[ThreadingHTTPServer]:
    monkeypatch.setenv("no_proxy", "*")
    monkeypatch.setattr(base_map, "SCHEME", "http://")
    server = ThreadingHTTPServer(("127.0.0.1", 0), MapService)
    MapService.asked.clear()
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()  # looks so often for its end
    settings.LOKALNET_BASE_MAP = f"http://127.0.0.1:{server.server_port}/{{z}}/{{x}}/{{y}}"
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture(autouse=True)
def addresses(settings) -> None:
    settings.ROOT_URLCONF = __name__


@pytest.fixture
def anna(world, client):
    user = User.objects.get(id=world.anna.user_id)
    session = client.session
    session.update({SESSION_KEY: str(user.id), HASH_SESSION_KEY: user.get_session_auth_hash(),
                    BACKEND_SESSION_KEY: "allauth.account.auth_backends.AuthenticationBackend"})
    session.save()
    return client


def test_a_member_gets_the_tile_and_nothing_else_of_the_service(anna, service) -> None:
    answer = anna.get(f"{PATH}/5/17/9")
    assert (answer.status_code, answer.content, answer["Content-Type"]) == (200, PICTURE, "image/png")
    assert "private" in answer["Cache-Control"] and "follow" not in answer.cookies
    assert MapService.asked == ["/5/17/9"]


def test_a_stranger_makes_us_fetch_nothing(client, world, service) -> None:
    assert client.get(f"{PATH}/5/17/9").status_code == 404
    assert MapService.asked == []


@pytest.mark.parametrize("tile", ["5/32/0", "5/0/32", "21/0/0", "0/1/0", "5/-1/0", "5/1/a", "99999999999/0/0"])
def test_a_tile_that_cannot_be_is_not_asked_for(anna, service, tile) -> None:
    assert anna.get(f"{PATH}/{tile}").status_code == 404
    assert MapService.asked == []


@pytest.mark.parametrize(("zoom", "why"), [(3, "another host"), (6, "no picture"), (7, "too large"),
                                           (8, "an error"), (9, "a picture that may hold a script")])
def test_what_is_no_tile_is_not_passed_on(anna, service, zoom, why) -> None:
    assert anna.get(f"{PATH}/{zoom}/1/1").status_code == 404, why


def test_a_redirect_within_the_host_is_followed(anna, service) -> None:
    assert anna.get(f"{PATH}/4/1/1").content == PICTURE


def test_a_service_that_is_away_is_no_error_of_ours(anna, service, settings) -> None:
    service.shutdown()
    service.server_close()
    assert anna.get(f"{PATH}/5/1/1").status_code == 404


@pytest.fixture
def archive(settings, tmp_path) -> bytes:
    content = bytes(range(256)) * 4
    (tmp_path / "map.pmtiles").write_bytes(content)
    settings.LOKALNET_BASE_MAP = str(tmp_path / "map.pmtiles")
    return content


@pytest.mark.parametrize(("asked", "first", "last"), [("bytes=0-127", 0, 127), ("bytes=1000-9999", 1000, 1023)])
def test_a_member_gets_parts_of_the_file(anna, archive, asked, first, last) -> None:
    answer = anna.get(f"{PATH}/kort.pmtiles", headers={"Range": asked})
    assert answer.status_code == 206
    assert answer["Content-Range"] == f"bytes {first}-{last}/1024"
    assert answer.content == archive[first:last + 1]


def test_a_part_beyond_the_end_is_refused(anna, archive) -> None:
    answer = anna.get(f"{PATH}/kort.pmtiles", headers={"Range": "bytes=2000-3000"})
    assert (answer.status_code, answer["Content-Range"]) == (416, "bytes */1024")


def test_the_whole_of_a_large_file_is_never_sent(anna, archive, monkeypatch) -> None:
    assert anna.get(f"{PATH}/kort.pmtiles").status_code == 200
    monkeypatch.setattr(base_map, "LARGEST_PART", 512)
    assert anna.get(f"{PATH}/kort.pmtiles").status_code == 416


def test_a_stranger_gets_no_file(client, world, archive) -> None:
    assert client.get(f"{PATH}/kort.pmtiles").status_code == 404


def test_without_a_base_map_there_is_none(anna, settings) -> None:
    settings.LOKALNET_BASE_MAP = ""
    assert base_map.kind() == "none"
    assert anna.get(f"{PATH}/kort.pmtiles").status_code == anna.get(f"{PATH}/1/1/1").status_code == 404


@pytest.mark.parametrize("value", ["http://maps.example/{z}/{x}/{y}", "https://maps.example/{z}/{x}", "map.mbtiles",
                                   "/nowhere/map.pmtiles", "ftp://x/{z}/{x}/{y}"])
def test_a_wrong_setting_is_named(settings, value) -> None:
    settings.LOKALNET_BASE_MAP = value
    with pytest.raises(SystemExit, match="LOKALNET_BASE_MAP"):
        base_map.kind()
