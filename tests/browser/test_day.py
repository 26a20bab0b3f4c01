"""A coordinator's day: log in, see who waits for an answer, answer, and it is off the list. On phone and desktop."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from lokalnet.interface.menu import MOST_ON_THE_LINE
from tests.browser.service import AMALIE, DESKTOP, JONAS, PASSWORD, PHONE, POUL, People, Service
from tests.browser.test_axe import violations

pytestmark = pytest.mark.browser

WORDS: dict[str, dict[str, str]] = {
    "da": {"day": "Min dag", "answer": "Svar", "summary": "Svar den, der meldte", "send": "Send svaret",
           "menu": "Menu", "more": "Mere", "out": "Hvem er ude", "write": "Skriv os på", "change": "Ret"},
    "en": {"day": "My day", "answer": "Answer", "summary": "Answer the reporter", "send": "Send the answer",
           "menu": "Menu", "more": "More", "out": "Who is out", "write": "Write it", "change": "Change"}}
NARROW = {"width": 1280, "height": 860}
SCREENS = [("da", PHONE), ("en", PHONE), ("da", DESKTOP), ("en", DESKTOP)]


def enter(people: People, email: str, language: str, viewport: Any) -> Page:
    """By the log-in page, as one does in the morning."""
    page = people.page(None, "/konto/log-ind/", language=language, viewport=viewport)
    page.locator("[name=login]").fill(email)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password]").press("Enter")
    page.wait_for_url("**/min-dag/")
    return page


def one_waits(service: Service) -> None:
    """An old answer is taken back: chance made the demonstration, and may have left fewer open than this needs."""
    [[old]] = service.sql(
        "select e.observation_id from situation_observation_exact e join situation_observation o on o.id = "
        "e.observation_id join access_organisation g on g.id = e.organisation_id join access_member m on m.id = "
        "e.reporter_id where g.shown_as = 'Ballerup Kommune' and o.state = 'live' and e.answered_at is not null and "
        "o.period_start > now() - interval '50 days' and not m.roles && '{coordinator,system}'::varchar[] "
        "order by e.reported_at limit 1")
    service.sql("delete from situation_act where observation_id = %s and kind = 'answered'", [old])
    service.sql("update situation_observation_exact set answered_at = null where observation_id = %s", [old])


@pytest.mark.parametrize(("language", "viewport"), SCREENS)
def test_an_answer_that_is_owed_is_given_and_gone(people: People, service: Service, language: str,
                                                  viewport: dict[str, int]) -> None:
    one_waits(service)
    page, words = enter(people, JONAS, language, viewport), WORDS[language]
    expect(page.get_by_role("heading", level=1)).to_contain_text(words["day"])
    assert violations(page) == []
    tasks = page.locator(".tasks a[href*='#answer']")
    before, address = tasks.count(), str(tasks.first.get_attribute("href"))
    assert before > 0
    tasks.first.click()
    page.wait_for_url("**/haendelse/**")
    answer = page.locator("#answer")
    if answer.get_attribute("open") is None:
        answer.locator("summary").click()
    answer.locator("input[value=seen]").check()
    answer.locator("form button").click()
    page.goto("/min-dag/")
    expect(page.locator(f".tasks a[href='{address}']")).to_have_count(0)
    observation = address.split("/")[2]
    assert service.sql("select count(*) from situation_act where observation_id = %s and kind = 'answered'",
                       [observation])[0][0] == 1


@pytest.mark.parametrize(("email", "viewport"), [(JONAS, PHONE), (AMALIE, PHONE), (POUL, PHONE), (JONAS, NARROW)])
@pytest.mark.parametrize("language", ["da", "en"])
def test_the_header_is_one_row(people: People, email: str, viewport: dict[str, int], language: str) -> None:
    page = people.page(email, "/min-dag/", language=language, viewport=viewport)
    header = page.locator("header.top").bounding_box()
    assert header and header["height"] <= 60
    tops = page.evaluate("""() => [...document.querySelectorAll("header.top > *, header.top .menu > ul > li")]
        .filter((e) => e.getClientRects().length).map((e) => e.getBoundingClientRect())
        .map((box) => [Math.round(box.top + box.height / 2), Math.round(box.right)])""")
    assert max(middle for middle, _ in tops) - min(middle for middle, _ in tops) <= 4
    assert max(right for _, right in tops) <= viewport["width"]
    assert page.locator(".menu > ul > li:visible").count() <= MOST_ON_THE_LINE


@pytest.mark.parametrize("script", [True, False])
def test_a_phones_menu_holds_every_page_and_the_person(people: People, script: bool) -> None:
    page = people.page(JONAS, "/min-dag/", viewport=PHONE, java_script_enabled=script)
    expect(page.locator(".person-menu")).to_be_hidden()
    expect(page.locator("header").get_by_role("link", name="Del", exact=True)).to_be_visible()
    page.locator("header").get_by_text("Menu", exact=True).click()
    for name in ("Overblik", "Indsatser", "Svar", "Administration", "Mine områder"):
        expect(page.locator(".person-menu").get_by_role("link", name=name, exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Log ud")).to_be_attached()
    page.locator(".person-menu").get_by_role("link", name="Overblik", exact=True).click()
    page.wait_for_url("**/overblik/")


def test_a_phones_menu_opens_and_closes_with_the_keyboard(people: People) -> None:
    page = people.page(JONAS, "/min-dag/", viewport=PHONE)
    page.locator(".person > summary").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".person-menu")).to_be_visible()
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(page.locator(".person-menu")).to_be_hidden()
    expect(page.locator(".person > summary")).to_be_focused()


@pytest.mark.parametrize(("language", "viewport"), [("da", PHONE), ("en", DESKTOP)])
def test_a_street_worker_writes_that_they_are_out(people: People, service: Service, language: str,
                                                  viewport: dict[str, int]) -> None:
    page, words = people.page(AMALIE, "/i-aften/", language=language, viewport=viewport), WORDS[language]
    expect(page.get_by_role("heading", level=1)).to_have_text(words["out"])
    before = page.get_by_role("link", name=re.compile(f"^{words['change']} Blokhaven")).count()
    page.locator("[name=area]").select_option(label="Blokhaven")
    page.locator("[name=evening]").select_option(index=3)
    page.get_by_role("button", name=words["write"]).click()
    expect(page.get_by_role("link", name=re.compile(f"^{words['change']} Blokhaven"))).to_have_count(before + 1)
    assert violations(page) == []


def test_areas_are_chosen_on_a_phone(people: People) -> None:
    page = people.page(AMALIE, "/mine-omraader/", viewport=PHONE)
    assert violations(page) == []
    page.get_by_label("Grantoften", exact=True).check()
    page.get_by_role("button", name="Gem").click()
    page.wait_for_url("**/min-dag/")
    page.goto("/mine-omraader/")
    expect(page.get_by_label("Grantoften", exact=True)).to_be_checked()
    page.get_by_label("Grantoften", exact=True).uncheck()
    page.get_by_role("button", name="Gem").click()
