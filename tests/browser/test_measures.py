"""From one report to an agreed measure, and from a quarter to an assessment: phone and desktop, in both languages."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.service import AMALIE, DESKTOP, JONAS, PHONE, RASMUS, People, Service
from tests.browser.test_axe import violations

pytestmark = pytest.mark.browser
BOTH = pytest.mark.parametrize(("language", "size"), [("da", PHONE), ("en", DESKTOP)], ids=["da phone", "en desktop"])

WORDS = {
    "da": {"make": "Lav en indsats", "propose": "Foreslå", "under-way": "I gang", "agreed": "Aftalt"},
    "en": {"make": "Make a measure", "propose": "Propose", "under-way": "Under way", "agreed": "Agreed"}}


@BOTH
def test_one_report_becomes_a_measure_that_is_agreed_and_begun(people: People, service: Service, language: str,
                                                               size: dict[str, int]) -> None:
    words, title = WORDS[language], f"Lys på stien, {language}"
    observation = service.sql("select o.id from situation_observation o join situation_category c on c.id = "
                              "o.category_id where c.slug = 'unsafe-place' and o.visibility = 'municipalities' and "
                              "o.state = 'live' order by o.period_start desc limit 1")[0][0]
    page = people.page(JONAS, f"/haendelse/{observation}/", language=language, viewport=size)
    page.get_by_role("link", name=words["make"]).click()
    page.locator("[name=title]").fill("Mads Nielsen skal have lys")
    page.locator("[name=problem]").fill("Stien er mørk om aftenen.")
    page.get_by_role("button", name=words["propose"], exact=True).click()
    expect(page.locator("[name=problem]")).to_have_value("Stien er mørk om aftenen.")
    assert violations(page) == []
    page.locator("[name=title]").fill(title)
    page.get_by_role("button", name=words["propose"], exact=True).click()
    page.wait_for_url(re.compile(r"/indsats/[\w-]+/"))
    expect(page.locator(".linked li")).to_have_count(1)
    for step, state in (("agreed", "agreed"), ("started", "under-way")):
        page.locator(f"button[name=step][value={step}]").click()
        expect(page.locator(".measure-state .tag")).to_have_text(words[state])
    page.locator("textarea[name=note]").last.fill("Lampen er bestilt.")
    page.locator("button[name=step][value=commented]").click()
    expect(page.locator(".history")).to_contain_text("Lampen er bestilt.")
    assert violations(page) == []
    other = people.page(AMALIE, "/indsatser/", language=language, viewport=size)
    expect(other.get_by_role("link", name=title)).to_be_visible()


@BOTH
def test_an_area_is_assessed_by_the_police_beside_the_others(people: People, service: Service, language: str,
                                                             size: dict[str, int]) -> None:
    area = service.sql("select id from places_area where name = 'Hede-Magleparken'")[0][0]
    page = people.page(RASMUS, f"/vurdering/{area}/skriv/", language=language, viewport=size)
    assess(page, "Ingen set på pladsen i denne uge.")
    page.wait_for_url(re.compile(r"/vurdering/[\w-]+/(\?.*)?$"))
    expect(page.locator("main")).to_contain_text("Ingen set på pladsen i denne uge.")
    assert violations(page) == []


def assess(page: Page, words: str) -> None:
    """Every sign gets an answer; one gets words, a source and how sure it is."""
    for name in {each.get_attribute("name") for each in page.locator("input[type=radio][name*=seen]").all()}:
        page.locator(f"input[name='{name}'][value='seen']").check()
    for name in {each.get_attribute("name") for each in page.locator("input[type=radio][name*=certainty]").all()}:
        page.locator(f"input[name='{name}'][value='low']").check()
    for box in page.locator("input[type=checkbox][name*=sources][value=own]").all():
        box.check()
    for text in page.locator("main textarea").all():
        text.fill(words)
    page.locator("main form button.button-primary").last.click()
