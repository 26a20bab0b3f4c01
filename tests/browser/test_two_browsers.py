"""What one partner reports is on the other's screen by itself, as far as it was shared, and on nobody else's."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect

from lokalnet.project import chromium
from tests.browser.service import (
    AMALIE,
    BLOKHAVEN,
    CLARA,
    METTE,
    PASSWORD,
    RASMUS,
    People,
    Service,
    connected,
    drawn,
    log_in,
)
from tests.situation.map_answer import points

pytestmark = pytest.mark.browser


@pytest.fixture
def second_browser(playwright: Playwright, program: str) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path=program, args=list(chromium.FLAGS))
    yield browser
    browser.close()


def report(page: Page, text: str) -> None:
    page.goto("/del/")
    page.get_by_role("radio", name="Hærværk").check()
    page.get_by_role("button", name="Brug min position").click()
    expect(page.get_by_text("Din position bruges.")).to_be_visible()
    page.get_by_label("Hvad blev der set?").fill(text)
    page.get_by_text("Skift, hvem der kan se det").click()
    page.get_by_label("Også politiet").check()
    page.get_by_role("button", name="Send", exact=True).click()
    page.wait_for_url("**/overblik/")


def test_a_report_reaches_the_police_live_and_coarse(people: People, second_browser: Browser, service: Service) -> None:
    police = people.page(RASMUS, "/overblik/", browser=second_browser)
    shown = int(drawn(police).get_attribute("data-shown") or 0)
    connected(police)
    police.evaluate("window.neverReloaded = true")
    text = "To ruder i vaskeriet er knust, og der ligger glas på stien."

    sender = people.page(AMALIE, geolocation=BLOKHAVEN, permissions=["geolocation"])
    report(sender, text)
    own = sender.locator("[data-id]", has_text=text)
    expect(own.locator(".tag")).to_have_count(0)
    expect(own.locator(".when")).to_have_text(re.compile(r"i dag \d\d\.\d\d"))

    row = police.locator("[data-id]", has_text=text)
    expect(row).to_have_count(1)
    expect(row).to_have_class(re.compile("arrived"))
    expect(row.locator(".tag")).to_have_text("inden for 250 m")
    expect(row.locator(".when")).to_have_text(re.compile(r"^i dag, (nat|formiddag|eftermiddag|aften)$"))
    expect(police.locator("[data-map]")).to_have_attribute("data-shown", str(shown + 1))
    assert police.evaluate("window.neverReloaded") is True

    observation = row.get_attribute("data-id")
    point, own_point = (points(each.request.get("/overblik/kort.json").json())[observation]
                        for each in (police, sender))
    assert point.coarse and not own_point.coarse
    assert (point.longitude, point.latitude) != (own_point.longitude, own_point.latitude)

    police.goto(f"/haendelse/{observation}/")
    expect(police.locator("main")).to_contain_text("Præcist sted og tidspunkt vises ikke for dig")
    assert not re.search(r"\d\d\.\d\d", police.locator("dl.facts").inner_text())

    clara = people.page(CLARA, "/overblik/")
    expect(clara.get_by_text(text)).to_have_count(0)
    answer = clara.goto(f"/haendelse/{observation}/")
    assert answer and answer.status == 404
    expect(clara.get_by_role("heading", level=1)).to_have_text("Her er ikke noget")


def test_a_report_for_the_own_organisation_never_reaches_the_police(people: People, second_browser: Browser) -> None:
    police = people.page(RASMUS, "/overblik/", browser=second_browser)
    shown = drawn(police).get_attribute("data-shown")
    connected(police)
    sender = people.page(AMALIE, "/del/", geolocation=BLOKHAVEN, permissions=["geolocation"])
    text = "Kun til os: nøglen til klubben blev væk."
    sender.get_by_role("radio", name="Andet").check()
    sender.get_by_label("Område").select_option(label="Blokhaven")
    sender.get_by_label("Hvad blev der set?").fill(text)
    sender.get_by_text("Skift, hvem der kan se det").click()
    sender.get_by_label("Kun os").check()
    sender.get_by_role("button", name="Send", exact=True).click()
    expect(sender.locator("[data-id]", has_text=text)).to_have_count(1)

    report(sender, "Den næste, som de må se.")
    expect(police.locator("[data-id]", has_text="Den næste, som de må se.")).to_have_count(1)
    expect(police.get_by_text(text)).to_have_count(0)
    expect(police.locator("[data-map]")).to_have_attribute("data-shown", str(int(shown or 0) + 1))


def test_access_that_ends_closes_the_stream_and_sends_to_log_in(people: People, service: Service) -> None:
    people.watched.allow("status of 401")  # the stream that comes back and is refused
    page = people.context().new_page()
    log_in(page, service.url, METTE)
    page.goto("/overblik/")
    drawn(page)
    connected(page)
    member = service.sql("select m.id from access_member m join access_user u on u.id = m.user_id "
                         "where u.email = %s", [METTE])[0][0]
    try:
        with page.expect_event("requestfinished", lambda request: "/overblik/live" in request.url):
            service.sql("with ended as (update access_member set ended_at = now() where id = %s returning id) "
                        "select pg_notify('lokalnet_access', id::text) from ended", [member])
        expect(page.locator("[data-live]")).to_have_attribute("data-state", "closed")
        page.reload()
        expect(page.locator("[name=login]")).to_be_visible()
        assert PASSWORD not in page.content()
    finally:
        service.sql("update access_member set ended_at = null where id = %s", [member])
