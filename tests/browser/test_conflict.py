"""A conflict in real browsers: opened by the police and a municipality, rung through, a rumour refuted, a message to
the schools agreed and copied, reviewed, and stood down. Once on phones in Danish, once on desktops in English."""

from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.service import AMALIE, DESKTOP, HENRIK, JONAS, PHONE, People, Service
from tests.browser.test_axe import violations

pytestmark = pytest.mark.browser


@dataclass(frozen=True)
class Played:
    """The words that one language has for it, and how large the screens are."""

    language: str
    size: dict[str, int]
    open_it: str
    waits: str
    open: str
    refuted: str
    agreed: str
    over: str
    title: str
    rumour: str
    seen: str
    why: str
    to_schools: str


PLAYED = (
    Played("da", PHONE, "Åbn konfliktberedskab", "Venter på en part mere", "Åbent", "Afkræftet", "Aftalt", "Slut",
           "Uro ved stationen", "Der siges, at skolen lukker i morgen.", "Skolen siger, at den holder åbent.",
           "Vi har ringet til skolen.", "Skolen holder åbent i morgen. Der er voksne ved porten."),
    Played("en", DESKTOP, "Open conflict readiness", "Waits for one more party", "Open", "Refuted", "Agreed", "Over",
           "Unrest at the square", "They say that the school closes tomorrow.", "The school says that it stays open.",
           "We rang the school.", "The school is open tomorrow. There are adults at the gate."),
)


@pytest.fixture(params=PLAYED, ids=lambda played: f"{played.language}, {played.size['width']} px")
def played(request: pytest.FixtureRequest) -> Played:
    found: Played = request.param
    return found


def test_a_conflict(people: People, service: Service, played: Played) -> None:
    def desk(email: str) -> Page:
        return people.page(email, language=played.language, viewport=played.size)

    henrik, jonas, amalie = desk(HENRIK), desk(JONAS), desk(AMALIE)
    at = proposed(henrik, played)
    opened(jonas, at, played)
    rung(jonas, at)
    refuted(amalie, henrik, at, played)
    agreed(jonas, henrik, amalie, at, played)
    service.sql("update situation_step set at = at - interval '1 day' where measure_id = %s", [at.split("/")[-2]])
    reviewed(jonas, at, played)
    seen_on_the_overview(amalie, at, played)
    stood_down(henrik, amalie, at, played)


def proposed(page: Page, played: Played) -> str:
    """Its address."""
    page.goto("/konflikter/")
    page.get_by_role("link", name=played.open_it).click()
    page.locator("[name=title]").fill(played.title)
    page.locator("[name=known]").fill(played.seen)
    page.get_by_label("Grantoften").check()
    assert_fits(page)
    page.locator("form[novalidate] .button-primary").click()
    expect(page.locator(".conflict-state")).to_contain_text(played.waits)
    return page.url


def opened(page: Page, at: str, played: Played) -> None:
    page.goto(at)
    page.locator("form[action$='bekraeft/'] button").click()
    expect(page.locator(".conflict-now strong")).to_have_text(played.open)
    expect(page.locator(".tree li")).to_have_count(8)


def rung(page: Page, at: str) -> None:
    """With one thumb: the next one stands at the top, with a link that rings."""
    first = page.locator(".ring-next strong").inner_text()
    expect(page.locator(".ring-next a.button")).to_have_attribute("href", "tel:+4599991014")
    page.locator(".ring-next [value=reached]").click()
    expect(page.locator(".ring-next strong")).not_to_have_text(first)
    expect(page.locator(".tree li.reached")).to_have_count(1)
    page.locator(".ring-next [value=not-reached]").click()
    expect(page.locator(".tree li.not-reached")).to_have_count(1)


def refuted(worker: Page, leader: Page, at: str, played: Played) -> None:
    worker.goto(at)
    worker.locator("#entry_words").fill(played.rumour)
    worker.locator(".write button").click()
    leader.goto(at)
    entry = leader.locator(".conflict-log li", has_text=played.rumour)
    entry.locator("summary").click()
    entry.locator("[value=refuted]").check()
    entry.locator("textarea").fill(played.why)
    entry.locator("button").click()
    leader.locator("#entry_words").fill(played.seen)
    leader.locator(".write button").click()
    worker.reload()
    entry = worker.locator(".conflict-log li", has_text=played.rumour)
    expect(entry.locator(".standing")).to_have_text(played.refuted)
    expect(entry).to_contain_text(played.why)
    expect(entry.locator("a.edit")).to_have_count(0)  # nobody builds a message on it


def agreed(coordinator: Page, leader: Page, worker: Page, at: str, played: Played) -> None:
    coordinator.goto(at)
    coordinator.locator(".conflict-log li", has_text=played.seen).locator("a.edit").click()
    coordinator.locator("#message_words").fill(played.to_schools)
    expect(coordinator.locator("#builds_on_new")).not_to_have_value("")
    coordinator.locator("#new-message .button-primary").click()
    leader.goto(at)
    leader.locator("form[action$='aftal/'] button").click()
    expect(leader.locator(".message .tag")).to_have_text(played.agreed)
    worker.goto(at)
    worker.context.grant_permissions(["clipboard-read", "clipboard-write"])
    worker.locator(".message .journal button").click()
    expect(worker.locator(".message [role=status]")).not_to_be_empty()
    assert worker.evaluate("navigator.clipboard.readText()") == played.to_schools + "\n"


def reviewed(page: Page, at: str, played: Played) -> None:
    """A day later: it is due, and stands open."""
    page.goto(at)
    expect(page.locator(".conflict-review.due")).to_be_visible()
    page.locator("#review_changed").fill(played.seen)
    page.locator("#choice_hold").check()
    page.locator("#review .button-primary").click()
    expect(page.locator(".conflict-review.due")).to_have_count(0)
    expect(page.locator("#review .history li")).to_have_count(1)


def seen_on_the_overview(page: Page, at: str, played: Played) -> None:
    """From the banner that stands over everybody's overview."""
    page.goto("/overblik/", wait_until="domcontentloaded")
    expect(page.get_by_role("link", name=played.title)).to_have_attribute("href", urlsplit(at).path)


def stood_down(leader: Page, worker: Page, at: str, played: Played) -> None:
    """With every part of the page opened, and what is left of it afterwards."""
    leader.goto(at)
    leader.evaluate("document.querySelectorAll('main details').forEach((each) => { each.open = true; })")
    assert_accessible(leader)
    leader.locator("#end_reason").fill(played.why)
    leader.locator("#end_outcome").fill(played.seen)
    leader.locator("form[action$='afblaes/'] button").click()
    worker.goto(at)
    expect(worker.locator(".conflict-now strong")).to_have_text(played.over)
    expect(worker.locator("main form")).to_have_count(0)
    expect(worker.locator(".message-words")).to_have_text(played.to_schools)
    assert_accessible(worker)


def assert_accessible(page: Page) -> None:
    assert violations(page) == []
    assert_fits(page)


def assert_fits(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url
