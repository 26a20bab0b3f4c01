"""`./run screenshots`: the README's pictures, taken from a demonstration of their own, so that they show what is there.

Playwright is a tool of development, so it is imported only here, when it is used.
"""

import os
import secrets
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from lokalnet.project import chromium, database, logins, migrating, serving
from lokalnet.project.demonstration import running

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

FOLDER = Path(__file__).resolve().parents[3] / "docs" / "screenshots"
MOST_BYTES = 300_000
DESKTOP, PHONE, PROJECTOR = (1360, 860), (390, 844), (1280, 720)
STREET_WORKER, COORDINATOR = "gadeplan@gladsaxe.example", "koordinator@ballerup.example"
OFFICER, CARETAKER = "lokalbetjent@politi.example", "vaert@boligforening.example"
DATA_PROTECTION = "dpo@ballerup.example"
BLOKHAVEN = {"longitude": 12.4660, "latitude": 55.7265}


class ScreenshotError(Exception):
    """A picture could not be taken; the message says which and why."""


@dataclass(frozen=True)
class Shot:
    """One picture: who looks at which address, and how. `first` is a step of `STEPS` before it is taken."""

    name: str
    email: str
    path: str
    size: tuple[int, int] = DESKTOP
    language: str = "da"
    theme: str = "light"
    first: str = ""


SHOTS = (
    Shot("overview", COORDINATOR, "/overblik/"),
    Shot("overview-dark", COORDINATOR, "/overblik/", theme="dark"),
    Shot("overview-phone", STREET_WORKER, "/overblik/", size=PHONE),
    Shot("report-phone", STREET_WORKER, "/del/", size=PHONE, first="fill_in"),
    Shot("report-english", STREET_WORKER, "/del/", language="en", first="fill_in"),
    Shot("observation-police", OFFICER, "/overblik/", first="open_coarse"),
    Shot("guard-phone", STREET_WORKER, "/del/", size=PHONE, first="write_a_name"),
    Shot("observation", COORDINATOR, "/overblik/?standing=refuted&days=30", first="open_first"),
    Shot("answers", COORDINATOR, "/svar/"),
    Shot("area", COORDINATOR, "/omraader/", first="open_area"),
    Shot("figures-housing", CARETAKER, "/tal/"),
    Shot("directory-phone", CARETAKER, "/telefoner/", size=PHONE),
    Shot("my-day", COORDINATOR, "/min-dag/"),
    Shot("my-day-phone", COORDINATOR, "/min-dag/", size=PHONE),
    Shot("outside-phone", STREET_WORKER, "/ude/", size=PHONE, first="write_outside"),
    Shot("measures", COORDINATOR, "/indsatser/"),
    Shot("measure", COORDINATOR, "/indsatser/", first="open_measure"),
    Shot("conflict-phone", COORDINATOR, "/konflikter/", size=PHONE, first="open_conflict"),
    Shot("assessment", OFFICER, "/vurderinger/", first="open_assessment"),
    Shot("briefing", OFFICER, "/ugen/"),
    Shot("briefing-draft", COORDINATOR, "/ugen/", first="open_draft"),
    Shot("meeting-projector", COORDINATOR, "/ugen/", size=PROJECTOR, first="meet"),
    Shot("signals-phone", OFFICER, "/usaedvanligt/", size=PHONE),
    Shot("signal", COORDINATOR, "/usaedvanligt/", first="open_signal"),
    Shot("calibration", COORDINATOR, "/usaedvanligt/traefsikkerhed/"),
    Shot("effect", OFFICER, "/indsatser/?state=done", first="open_effect"),
    Shot("layers", COORDINATOR, "/usaedvanligt/lag/"),
    Shot("bell-phone", COORDINATOR, "/beskeder/", size=PHONE),
    Shot("follow-english", COORDINATOR, "/foelg/", language="en"),
    Shot("status", COORDINATOR, "/drift/"),
    Shot("tonight-phone", OFFICER, "/i-aften/", size=PHONE),
    Shot("texts-to-check", DATA_PROTECTION, "/databeskyttelse/"),
    Shot("export-english", COORDINATOR, "/udtraek/ny/?days=30", language="en"),
    Shot("administration", COORDINATOR, "/administration/"),
    Shot("own-acts", COORDINATOR, "/mine-opslag/"),
)


def run() -> int:
    program = chromium.ensure()
    if program is None:
        print(f"Screenshots: INCOMPLETE: {chromium.missing()}", file=sys.stderr)
        return 1
    FOLDER.mkdir(parents=True, exist_ok=True)
    with serving.stopped_by_signals(), demonstration() as (url, password):
        take_all(program, url, password)
    return 0


@contextmanager
def demonstration() -> Iterator[tuple[str, str]]:
    """Address and password of a demonstration that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="lokalnet-pictures-") as folder:
        Path(folder).chmod(0o755)  # the database server runs as somebody else when root starts it
        os.environ |= {"LOKALNET_HOME": folder, "LOKALNET_DEMO": "true", "LOKALNET_LOGIN": logins.APP}
        os.environ.pop("LOKALNET_DATABASE_URL", None)
        password = secrets.token_urlsafe(12)
        with database.available():
            serving.prepare()
            migrating.migrate()
            running.fill(password)
            port = free_port()
            with serving.web(host="127.0.0.1", port=port, workers=1):
                yield f"http://127.0.0.1:{port}", password


def free_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def take_all(program: str, url: str, password: str) -> None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(chromium.FLAGS))
        for shot in SHOTS:
            take(browser, shot, url, password)
        browser.close()


def take(browser: "Browser", shot: Shot, url: str, password: str) -> None:
    width, height = shot.size
    context = browser.new_context(
        base_url=url, viewport={"width": width, "height": height}, device_scale_factor=1, reduced_motion="reduce",
        service_workers="block", geolocation=BLOKHAVEN, permissions=["geolocation"])  # type: ignore[arg-type]
    context.add_cookies([{"name": "django_language", "value": shot.language, "url": url},
                         {"name": "theme", "value": shot.theme, "url": url}])
    page = context.new_page()
    page.goto("/konto/log-ind/")
    page.locator("[name=login]").fill(shot.email)
    page.locator("[name=password]").fill(password)
    page.locator("[name=password]").press("Enter")
    page.locator("details.person > summary").wait_for()
    page.goto(shot.path)
    settle(page)
    if shot.first:
        STEPS[shot.first](page)
    target = FOLDER / f"{shot.name}.png"
    page.screenshot(path=target, animations="disabled")
    context.close()
    if target.stat().st_size > MOST_BYTES:
        raise ScreenshotError(f"{target.name}: {target.stat().st_size} bytes, more than {MOST_BYTES}")
    print(f"{target.relative_to(FOLDER.parents[1])}: {target.stat().st_size // 1000} kB", flush=True)


def settle(page: "Page") -> None:
    """A map has been drawn, and its marks stand still."""
    if page.locator("[data-map][data-points]").count():
        page.locator("[data-map][data-shown]").wait_for()
        page.locator("[data-live][data-state=open]").wait_for()
    page.wait_for_timeout(800)


def fill_in(page: "Page") -> None:
    page.locator("[name=category][value=vandalism]").check()
    page.locator("[data-locate]").click()
    page.locator("[name=longitude]:not([value=''])").wait_for(state="attached")
    danish = page.locator("html[lang=da]").count()
    page.locator("[name=text]").fill("Rude knust i vaskeriet, og der ligger glas på stien." if danish
                                     else "A window of the laundry is broken, and there is glass on the path.")
    page.locator("h1").click()


def open_coarse(page: "Page") -> None:
    page.locator(".sight", has=page.locator(".tag")).filter(has=page.locator(".said")).first.click()
    page.locator(".mini-map .pin").wait_for()
    page.wait_for_timeout(500)


def write_a_name(page: "Page") -> None:
    page.locator("[name=category][value=nuisance]").check()
    page.locator("[name=text]").press_sequentially(
        "Mads Nielsen og en 16-årig i rød jakke råbte ved Mads Nielsens Vej.")
    page.locator("[data-marks] li").first.wait_for()
    page.locator("[name=text]").scroll_into_view_if_needed()
    page.evaluate("document.querySelector('[name=text]').closest('.form-group').scrollIntoView()")


def open_first(page: "Page") -> None:
    page.locator(".sight").first.click()
    page.locator(".mini-map .pin").wait_for()
    page.wait_for_timeout(500)


def open_area(page: "Page") -> None:
    page.get_by_role("link", name="Grantoften").first.click()
    page.locator("h1").wait_for()


def write_outside(page: "Page") -> None:
    page.locator("main[data-ready=open]").wait_for()
    page.locator("[name=category][value=vandalism]").check()
    page.locator("[data-point]").click()
    page.locator("#outline svg").click(position={"x": 150, "y": 90})
    page.locator("[name=text]").fill("Rude knust i vaskeriet, og der ligger glas på stien.")
    page.locator("h1").scroll_into_view_if_needed()


def open_measure(page: "Page") -> None:
    page.locator("main a[href*='/indsats/']").first.click()
    page.locator("h1").wait_for()


def open_signal(page: "Page") -> None:
    page.locator(".signal-list a[href*='/usaedvanligt/']").first.click()
    page.locator(".signal-where").wait_for()


def open_effect(page: "Page") -> None:
    page.get_by_role("link", name="Lys og liv på Bagsværd Torv").first.click()
    page.locator("#foer-og-efter").scroll_into_view_if_needed()
    page.locator("#foer-og-efter").evaluate("each => each.scrollIntoView()")


def open_conflict(page: "Page") -> None:
    page.locator("main a[href*='/konflikt/']").first.click()
    page.get_by_role("button", name="Bekræft og åbn").click()
    page.locator("h1").wait_for()


def open_assessment(page: "Page") -> None:
    page.locator("main a[href*='/vurdering/']", has_text="Grantoften").first.click()
    page.locator("h1").wait_for()


def open_draft(page: "Page") -> None:
    page.locator(".alert-info a").first.click()
    page.locator("textarea").first.wait_for()


def meet(page: "Page") -> None:
    page.locator("main a[href*='/moede/']").first.click()
    page.locator(".wall-step").wait_for()
    page.goto(str(page.locator("a[rel=next]").get_attribute("href")))
    page.goto(str(page.locator("a[rel=next]").get_attribute("href")))
    page.locator(".wall .trend").wait_for()


STEPS = {step.__name__: step for step in (fill_in, meet, open_area, open_assessment, open_coarse, open_conflict,
                                          open_draft, open_effect, open_first, open_measure, open_signal,
                                          write_a_name, write_outside)}
