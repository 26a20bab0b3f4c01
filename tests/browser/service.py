"""The running service that the browser tests share, and people in it."""

import os
import re
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
import psycopg
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, Request

from lokalnet.project import database, logins, serving
from lokalnet.project.demonstration import running as demonstration
from lokalnet.project.testbed import Testbed

PASSWORD = "adgang-til-demoen"
AMALIE, RASMUS = "gadeplan@gladsaxe.example", "lokalbetjent@politi.example"
BLOKHAVEN = {"longitude": 12.4660, "latitude": 55.7265}
JONAS, CLARA = "koordinator@ballerup.example", "clara@nabokommune.example"
METTE, KIRSTEN = "ssp@herlev.example", "dpo@ballerup.example"
POUL, HENRIK = "vaert@boligforening.example", "leder@politi.example"
SAMIRA = "traener@nabofodbold.example"
DESKTOP, PHONE = {"width": 1360, "height": 860}, {"width": 360, "height": 740}


@dataclass(frozen=True)
class Service:
    url: str
    database: dict[str, str]

    def sql(self, statement: str, values: list[object] | None = None) -> list[tuple[Any, ...]]:
        """Asked as the owner in the migration role, whom no policy binds."""
        with psycopg.connect(**self.database, autocommit=False) as connection:  # type: ignore[arg-type]
            connection.execute(f"set role {logins.MIGRATION}")
            cursor = connection.execute(statement, values)  # type: ignore[arg-type]
            return cursor.fetchall() if cursor.description else []

    def number(self, text: str) -> int:
        return int(self.sql("select count(*) from situation_observation_text where text = %s", [text])[0][0])


@contextmanager
def running(bed: Testbed) -> Iterator[Service]:
    """A service on the demonstration, in a database and a home folder of its own."""
    name = f"browser_{os.getpid()}"
    before = dict(os.environ)
    with tempfile.TemporaryDirectory(prefix="lokalnet-browser-") as folder:
        url = bed.clone(name)
        os.environ |= {"LOKALNET_HOME": folder, "LOKALNET_DEMO": "true", "LOKALNET_DATABASE_URL": url,
                       "LOKALNET_POOL_SIZE": "12"}
        try:
            serving.prepare()
            _fill()
            port = free_port()
            with serving.web(host="127.0.0.1", port=port, workers=1):
                yield Service(f"http://127.0.0.1:{port}", database.parameters(logins.OWNER))
        finally:
            os.environ.clear()
            os.environ.update(before)
            bed.drop(name)


def _fill() -> None:
    demonstration.fill(PASSWORD)
    subprocess.run([sys.executable, "-c", "from lokalnet.project.commands import set_up; "
                    f"set_up('{logins.APP}'); from lokalnet.situation.briefing import drafting; "
                    "drafting.draft_missing()"], check=True)  # as the worker does


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def log_in(page: Page, url: str, email: str) -> None:
    page.goto(f"{url}/konto/log-ind/")
    page.locator("[name=login]").fill(email)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password]").press("Enter")
    page.wait_for_url(re.compile(r"^(?!.*log-ind)"))


def client_of(service: Service, email: str | None, language: str = "da") -> httpx.Client:
    """The same without a browser, for what is read and not looked at."""
    client = httpx.Client(base_url=service.url, follow_redirects=True, timeout=20)
    client.cookies.set("django_language", language)
    if email:
        form = client.get("/konto/log-ind/").text
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form)
        assert token
        answer = client.post("/konto/log-ind/", data={"login": email, "password": PASSWORD,
                                                      "csrfmiddlewaretoken": token[1]},
                             headers={"Referer": f"{service.url}/konto/log-ind/"})
        assert "log-ind" not in str(answer.url), f"{email} could not log in"
    return client


@dataclass
class Watched:
    """What a browser complained of or asked of others while it was watched."""

    own: str
    complaints: list[str] = field(default_factory=list)
    navigations: set[str] = field(default_factory=set)
    silenced: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.complaints.append(f"{page.url}: {error}"))
        page.on("request", self._asked)

    def allow(self, part: str) -> None:
        """A complaint that this test is about."""
        self.silenced.append(part)

    def left(self) -> list[str]:
        return [each for each in self.complaints if not any(part in each for part in self.silenced)]

    def _said(self, message: ConsoleMessage) -> None:
        where = message.location.get("url", "")
        answered = message.text.startswith("Failed to load resource") and where in self.navigations
        if (message.type == "error" and not answered) or "Content Security Policy" in message.text:
            self.complaints.append(f"{message.type}: {message.text} ({where})")

    def _asked(self, request: Request) -> None:
        if request.is_navigation_request():
            self.navigations.add(request.url)
        if not request.url.startswith((self.own, "data:", "blob:")):
            self.complaints.append(f"asked another host: {request.url}")


@dataclass
class People:
    """Browsers of people. Each person logs in once; every context starts from what that left behind."""

    service: Service
    browser: Browser
    watched: Watched
    kept: dict[str, Any]
    opened: list[BrowserContext] = field(default_factory=list)

    def context(self, email: str | None = None, *, browser: Browser | None = None, language: str = "da",
                theme: str = "light", viewport: Any = None, **options: Any) -> BrowserContext:
        state = self._state(email) if email else None
        context = (browser or self.browser).new_context(
            base_url=self.service.url, storage_state=state, viewport=viewport or DESKTOP, service_workers="block",
            reduced_motion="reduce", **options)
        context.add_cookies([{"name": "django_language", "value": language, "url": self.service.url},
                             {"name": "theme", "value": theme, "url": self.service.url}])
        context.set_default_timeout(15_000)
        context.on("page", self.watched.watch)
        self.opened.append(context)
        return context

    def page(self, email: str | None = None, path: str | None = None, **options: Any) -> Page:
        page = self.context(email, **options).new_page()
        if path:
            page.goto(path)
        return page

    def _state(self, email: str) -> Any:
        if email not in self.kept:
            context = self.browser.new_context(service_workers="block")
            log_in(context.new_page(), self.service.url, email)
            self.kept[email] = context.storage_state()
            context.close()
        return self.kept[email]


def drawn(page: Page) -> Locator:
    """The map section, when the map has its points."""
    section = page.locator("[data-map][data-shown]")
    section.wait_for()
    return section


def connected(page: Page) -> None:
    page.locator("[data-live][data-state=open]").wait_for()
