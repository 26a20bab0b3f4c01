"""A work evening, played by four roles: a rumour of shots is told, seen too, refuted and corrected; a caretaker gets an
answer; the coordinator searches and takes out a file. Once on phones in Danish, once on desktops in English."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from lokalnet.project import serving
from tests.browser.service import AMALIE, BLOKHAVEN, DESKTOP, JONAS, PHONE, POUL, RASMUS, People, Service
from tests.browser.test_axe import settle, violations

pytestmark = pytest.mark.browser

GRANTOFTEN = {"longitude": 12.3633, "latitude": 55.7311}


@dataclass(frozen=True)
class Evening:
    """The words that one language has for the evening, and how large the screens are."""

    language: str
    size: dict[str, int]
    send: str
    same: str
    seen_too: str
    refuted: str
    corrected: str
    rumour: str
    truth: str
    cellar: str
    reply: str
    word: str


EVENINGS = (
    Evening("da", PHONE, "Send", "Er det det samme?", "Det så jeg også", "Afkræftet", "Rettet",
            "Flere høje brag bag blokken, måske skud.", "Fyrværkeri, resterne ligger bag skolen.",
            "Kælderen står åben, og låsen er brækket op.", "Driften skifter låsen i morgen.", "brag"),
    Evening("en", DESKTOP, "Send", "Is it the same?", "I saw it too", "Refuted", "Corrected",
            "Several loud bangs behind the block, maybe shots.", "Fireworks; what is left lies behind the school.",
            "The cellar stands open and the lock is broken.", "The lock is changed tomorrow.", "bangs"),
)


@pytest.fixture(scope="module")
def worker(service: Service) -> Iterator[None]:
    with serving.worker():
        yield


@pytest.fixture(params=EVENINGS, ids=lambda evening: f"{evening.language}, {evening.size['width']} px")
def evening(request: pytest.FixtureRequest) -> Evening:
    found: Evening = request.param
    return found


def test_a_work_evening(people: People, worker: None, evening: Evening, tmp_path: Path) -> None:
    def desk(email: str, place: dict[str, float] = BLOKHAVEN) -> Page:
        return people.page(email, language=evening.language, viewport=evening.size, geolocation=place,
                           permissions=["geolocation"])

    amalie, rasmus, jonas, poul = desk(AMALIE), desk(RASMUS), desk(JONAS), desk(POUL, GRANTOFTEN)
    shots = tell(amalie, "shots", evening.rumour, evening, audience="partnership")
    see_too(rasmus, evening)
    refute(rasmus, shots, evening)
    corrected_by_its_reporter(amalie, shots, evening)
    cellar = tell(poul, "vandalism", evening.cellar, evening)
    answered(jonas, poul, cellar, evening)
    found_and_taken_out(jonas, evening, tmp_path)
    assert_accessible([(amalie, shots), (rasmus, shots), (jonas, "/svar/"), (poul, "/mine/"), (jonas, "/udtraek/")])


def tell(page: Page, category: str, text: str, evening: Evening, audience: str = "") -> str:
    """Three taps and a sentence; the address of the report."""
    page.goto("/del/")
    page.locator(f"[name=category][value={category}]").check()
    page.locator("[data-locate]").click()
    page.locator("[name=longitude]:not([value=''])").wait_for(state="attached")
    page.locator("[name=text]").fill(text)
    if audience:
        page.locator("details.change").last.locator("summary").click()
        page.locator(f"[name=visibility][value={audience}]").check()
    send(page, page.get_by_role("button", name=evening.send, exact=True).click)
    page.goto("/mine/")
    return str(page.locator(".due li", has_text=text).first.locator("a.sight").get_attribute("href"))


def send(page: Page, click: Callable[[], None]) -> None:
    with page.expect_navigation():
        click()
    expect(page.locator(".alert-error")).to_have_count(0)


def see_too(page: Page, evening: Evening) -> None:
    """The officer begins a report of his own, and is asked whether it is the same."""
    page.goto("/del/")
    page.locator("[name=category][value=shots]").check()
    page.locator("[data-locate]").click()
    page.locator("[name=longitude]:not([value=''])").wait_for(state="attached")
    page.get_by_role("button", name=evening.send, exact=True).click()
    expect(page.get_by_role("dialog")).to_have_accessible_name(evening.same)
    assert violations(page) == []
    row = page.locator(".similar li", has_text=evening.rumour)
    send(page, row.get_by_role("button", name=evening.seen_too).click)
    expect(page.locator(".facts")).to_contain_text("2 ")
    seen = page.url
    page.go_back()  # to the form, and not to an error about a page that has expired
    expect(page.locator("[data-send]")).to_be_visible()
    page.goto(seen)


def refute(page: Page, shots: str, evening: Evening) -> None:
    page.goto(shots)
    page.locator("details.act summary").first.click()
    page.locator("[name=standing][value=refuted]").check()
    page.locator("#standing_note").fill(evening.truth)
    send(page, page.locator("details.act").first.locator("button").click)
    expect(page.locator(".facts .standing")).to_have_text(evening.refuted)


def corrected_by_its_reporter(page: Page, shots: str, evening: Evening) -> None:
    """She reads why, and makes fireworks of it; what others found about shots no longer stands."""
    page.goto(shots)
    expect(page.locator(".history")).to_contain_text(evening.truth)
    page.locator(f"a[href='{shots}ret/']").click()
    page.locator("[name=category][value=fireworks]").check()
    send(page, page.locator("[data-send]").click)
    expect(page.locator(".history")).to_contain_text(evening.corrected)
    expect(page.locator(".facts .standing")).not_to_have_text(evening.refuted)


def answered(coordinator: Page, caretaker: Page, cellar: str, evening: Evening) -> None:
    coordinator.goto("/svar/")
    row = coordinator.locator(".due li", has_text=evening.cellar)
    row.locator(".until a").click()
    coordinator.wait_for_url(re.compile(re.escape(cellar)))
    answer = coordinator.locator("#answer")
    if answer.get_attribute("open") is None:
        answer.locator("summary").click()
    answer.locator("[value=taken]").check()
    answer.locator("textarea").fill(evening.reply)
    send(coordinator, answer.locator("button").click)
    caretaker.goto("/mine/")
    expect(caretaker.locator(".due li", has_text=evening.cellar).locator(".answer")).to_contain_text(evening.reply)


def found_and_taken_out(page: Page, evening: Evening, folder: Path) -> None:
    page.goto("/overblik/")
    page.locator("[name=q]").fill(evening.word)
    page.locator("[name=q]").press("Enter")
    page.wait_for_url(re.compile("q="))
    expect(page.locator("[data-id]", has_text=evening.rumour).first).to_be_visible()
    page.locator("a[href*='udtraek/ny']").click()
    page.locator("[name=format][value=csv]").check()
    send(page, page.locator("form[action*=udtraek] button").click)
    ready = page.locator("#exports tbody tr").first.locator("a[id^=fetch-]")  # the newest stands first
    expect(ready).to_be_visible(timeout=20_000)
    with page.expect_download() as download:
        ready.click()
    target = folder / "export.csv"
    download.value.save_as(target)
    assert evening.rumour in target.read_text("utf-8-sig")


def assert_accessible(places: list[tuple[Page, str]]) -> None:
    for page, path in places:
        page.goto(path)
        settle(page)
        assert violations(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
