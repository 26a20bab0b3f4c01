"""From night report to Monday's briefing: told on a phone, counted, written in, approved, read, met about, and done."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.service import AMALIE, BLOKHAVEN, DESKTOP, HENRIK, JONAS, PHONE, People, Service
from tests.browser.test_axe import violations
from tests.days import today

pytestmark = pytest.mark.browser
PROJECTOR = {"width": 1280, "height": 720}
BOTH = pytest.mark.parametrize(("language", "desk", "wall"), [("da", DESKTOP, PROJECTOR), ("en", PHONE, PHONE)],
                               ids=["da desktop", "en phone"])
NEWEST = ("select b.id, b.state from situation_briefing b join access_partnership p on p.id = b.partnership_id where "
          "p.slug = 'vestegnen' and b.municipality_id is null and b.state in ('draft', 'approved') "
          "order by b.week desc, b.edition desc limit 1")


@BOTH
def test_from_night_report_to_mondays_briefing(people: People, service: Service, language: str, desk: dict[str, int],
                                               wall: dict[str, int]) -> None:
    text, words = f"Glas på stien ved legepladsen, {language}.", f"Natten var urolig, ugen var rolig, {language}."
    tell(people, text, language)
    draft = waiting(people, service, language, desk)
    in_the_night_to_sunday(service, text, draft)
    before = told(service, draft)

    page = people.page(JONAS, f"/ugen/{draft}/", language=language, viewport=desk)
    clean(page)
    page.locator("textarea[name=happened]").fill(words)
    page.locator("button[name=act][value=count]").click()
    expect(page.locator("textarea[name=happened]")).to_have_value(words)
    assert told(service, draft) == before + 1
    page.locator("button[name=act][value=approve]:visible").click()
    page.wait_for_url("**/godkend/**")
    clean(page)
    page.locator("main form button.button-primary").click()
    page.wait_for_url(f"**/ugen/{draft}/**")
    expect(page.locator("main")).to_contain_text(words)

    police = people.page(HENRIK, "/ugen/", language=language, viewport=desk)
    expect(police.locator("main")).to_contain_text(words)
    expect(police.locator("main")).not_to_contain_text(text)
    clean(police)
    page.reload()
    expect(page.locator("main")).to_contain_text("Københavns Vestegns Politi")
    assert [row[0] for row in service.sql(
        "select distinct g.kind from situation_briefing_reader r join access_organisation g on g.id = "
        "r.organisation_id where r.briefing_id = %s", [draft])] == ["municipality", "police"]
    clean(page)

    title = f"Ren sti ved legepladsen, {language}"
    meet(people, page, wall, words, title)
    [(measure,)] = service.sql("select id from situation_measure where title = %s", [title])
    for address in ("/indsatser/", "/min-dag/"):
        page.goto(address)
        expect(page.locator(f"main a[href*='/indsats/{measure}/']").first).to_be_visible()
    police.goto(f"/indsats/{measure}/")
    expect(police.locator("h1")).to_have_text(title)
    police.goto(f"/ugen/{draft}/")
    expect(police.locator("main").get_by_role("link", name=title)).to_be_visible()


def tell(people: People, text: str, language: str) -> None:
    """Amalie, outdoors, so that the police get it too."""
    page = people.page(AMALIE, "/del/", language=language, viewport=PHONE, geolocation=BLOKHAVEN,
                       permissions=["geolocation"])
    page.locator("[name=category][value=vandalism]").check()
    page.locator("[data-locate]").click()
    expect(page.locator("[name=longitude]")).to_have_value("12.466")
    page.locator("[name=text]").fill(text)
    if not page.locator("[name=visibility][value=partnership]").is_visible():
        page.locator("details.change:has([name=visibility]) > summary").click()
    page.locator("[name=visibility][value=partnership]").check()
    page.get_by_role("button", name="Send", exact=True).click()
    page.wait_for_url("**/overblik/")


def waiting(people: People, service: Service, language: str, desk: dict[str, int]) -> str:
    """The draft of the newest week; where it was approved before, a new edition that Jonas begins."""
    found, state = service.sql(NEWEST)[0]
    if state == "draft":
        page = people.page(JONAS, "/min-dag/", language=language, viewport=desk)
        expect(page.locator("main a[href^='/ugen/']").first).to_be_visible()
        return str(found)
    page = people.page(JONAS, f"/ugen/{found}/", language=language, viewport=desk)
    page.locator("form[action*='/ny-udgave/'] button").click()
    page.locator("textarea[name=happened]").wait_for()
    return str(service.sql(NEWEST)[0][0])


def in_the_night_to_sunday(service: Service, text: str, draft: str) -> None:
    """As if it had been told in the draft's week, whatever day the test runs on."""
    service.sql("with it as (select t.observation_id as id, ((b.week + 6) + time '01:30') at time zone "
                "'Europe/Copenhagen' as at from situation_observation_text t, situation_briefing b where t.text = %s "
                "and b.id = %s), moved as (update situation_observation_exact e set occurred_at = it.at from it where "
                "e.observation_id = it.id) update situation_observation o set period_start = it.at from it "
                "where o.id = it.id", [text, draft])


def told(service: Service, briefing: str) -> int:
    return int(service.sql("select (figures::json -> 'whole' ->> 'told')::int from situation_briefing where id = %s",
                           [briefing])[0][0])


def meet(people: People, page: Page, wall: dict[str, int], words: str, title: str) -> None:
    """Point by point with a presenter's remote control; a measure is decided under what happened."""
    page.set_viewport_size(wall)  # type: ignore[arg-type]
    page.locator("main a[href*='/moede/']").first.click()
    page.locator(".wall-step").wait_for()
    first, seen = page.locator("h1").inner_text(), 0
    while "/slut/" not in page.url:
        clean(page)
        seen += 1
        assert re.search(rf"\b{seen}\b", page.locator(".wall-step").inner_text())
        if "punkt=happened" in page.url and page.locator(".wall-words").count():
            expect(page.locator(".wall-words")).to_contain_text(words)
            decide(page, title)
            clean(page)
        step(page, "PageDown")
    assert seen >= 8
    expect(page.locator("main").get_by_role("link", name=title)).to_be_visible()
    clean(page)
    for _ in range(seen):
        step(page, "PageUp")
    expect(page.locator("h1")).to_have_text(first)


def step(page: Page, key: str) -> None:
    before = page.url
    page.keyboard.press(key)
    page.wait_for_url(lambda address: address != before)


def decide(page: Page, title: str) -> None:
    """First in words that are not taken; a double click at the end."""
    page.locator(".wall-forms details").first.locator("summary").click()
    page.locator("#measure_title").fill("Mads Nielsen fejer stien")
    page.locator("#measure_doing").fill("Driften fejer, gadeteamet ser efter om aftenen.")
    page.locator("#measure_title").press("PageDown")  # somebody is writing: the meeting does not step
    page.locator("details[open] button").click()
    expect(page.locator("#measure_title_error")).to_be_visible()
    expect(page.locator("#measure_doing")).to_have_value("Driften fejer, gadeteamet ser efter om aftenen.")
    page.locator("#measure_title").fill(title)
    page.locator("#measure_due_on").fill(today().isoformat())
    page.locator("details[open] button").dblclick()
    expect(page.locator(".decided").get_by_role("link", name=title)).to_be_visible()
    expect(page.locator(".decided")).to_have_count(1)


def clean(page: Page) -> None:
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url


def test_it_is_gone_through_without_script(people: People, service: Service) -> None:
    met = service.sql("select b.id from situation_briefing b where b.state = 'approved' and b.municipality_id is null "
                      "order by b.week limit 1")[0][0]
    page = people.page(JONAS, f"/ugen/{met}/moede/", viewport=PHONE, java_script_enabled=False)
    for _ in range(3):
        page.locator("a[rel=next]").click()
    page.locator("a[rel=prev]").click()
    page.locator(".wall-forms details").nth(1).locator("summary").click()
    page.locator("#follow_words").fill("Er der lys i tunnelen?")
    page.locator("details[open] button").click()
    expect(page.locator(".decided").first).to_contain_text("Er der lys i tunnelen?")
