"""From »Jeg er bekymret for en ung« to »sent«, and a colleague who clarifies it: on a phone in Danish, on a desktop in
English. Nobody reads help texts; every page on the way is accessible; nothing is left in the browser.
"""

from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.service import DESKTOP, PHONE, People
from tests.browser.test_axe import violations
from tests.persons.numbers import nobodys

pytestmark = pytest.mark.browser

LINE, TOBIAS = "laerer@gladsaxe.example", "ssp@gladsaxe.example"
BORN = date(2012, 5, 17)
FACTS = "Han har sovet i en kælder i tre nætter"
WORDS: dict[str, dict[str, str]] = {
    "da": {"worry": "Bekymring", "cpr": "CPR-nummer", "name": "Navn", "why": "Hvad er du bekymret for? Én linje",
           "on": "Videre", "strengths": "Hvad går godt?", "facts": "Hvad er set eller hørt?",
           "source": "Hvem så eller hørte det, og hvornår?", "send": "Send", "received": "Modtaget",
           "danger": "Ja", "duty": "barnets lov § 133", "saved": "Gemt", "unsaved": "Ikke gemt", "yours": "Afklaring",
           "step": "Hvad fører dette trin til?", "advice": "Råd til den, der fortalte om det", "reason": "Hvorfor?",
           "reply": "Svar til den, der fortalte det", "decide": "Beslut"},
    "en": {"worry": "Worry", "cpr": "CPR number", "name": "Name", "why": "What are you worried about? One line",
           "on": "Go on", "strengths": "What goes well?", "facts": "What has been seen or heard?",
           "source": "Who saw or heard it, and when?", "send": "Send", "received": "Received",
           "danger": "Yes", "duty": "barnets lov § 133", "saved": "Saved", "unsaved": "Not saved", "yours": "Triage",
           "step": "What does this step come to?", "advice": "Advice to the one who told of it", "reason": "Why?",
           "reply": "Answer to the one who told of it", "decide": "Decide"}}
SCREENS: dict[str, dict[str, Any]] = {"da": {"viewport": PHONE, "theme": "light"},
                                      "en": {"viewport": DESKTOP, "theme": "dark"}}
# What a browser could have kept of a page.
LEFT = """async () => [Object.values(localStorage), Object.values(sessionStorage),
    (await indexedDB.databases()).length, (await caches.keys()).length]"""


def begin(people: People, language: str, nth: int) -> Page:
    """From the front page, by the button that one sees at once, to the page on which it is written."""
    said = WORDS[language]
    page = people.page(LINE, "/", language=language, **SCREENS[language])
    page.locator("header").get_by_role("link", name=said["worry"], exact=True).click()
    assert violations(page) == []
    page.get_by_label(said["cpr"]).fill(nobodys(BORN, nth=nth))
    page.get_by_label(said["name"], exact=True).fill("Emil Opdigtet")
    page.get_by_label(said["why"]).fill("Han kommer ikke hjem")
    page.get_by_role("button", name=said["on"]).click()
    page.wait_for_url("**/bekymring/*-*/")
    return page


@pytest.mark.parametrize("language", SCREENS)
def test_a_teacher_tells_of_a_worry_and_a_colleague_answers(people: People, language: str) -> None:
    said = WORDS[language]
    page = begin(people, language, list(SCREENS).index(language))
    page.get_by_label(said["strengths"]).fill("Han passer sin træning")
    page.get_by_label(said["facts"]).fill(FACTS)
    page.get_by_label(said["source"]).fill("Set af mig, mandag og tirsdag")
    expect(page.get_by_text(said["duty"])).to_be_hidden()
    page.get_by_label(said["danger"], exact=True).check()
    expect(page.get_by_text(said["duty"])).to_be_visible()
    expect(page.locator(".worry-state")).to_contain_text(said["saved"])
    assert violations(page) == []
    page.get_by_role("button", name=said["send"], exact=True).click()
    expect(page.get_by_text(said["received"])).to_be_visible()
    assert violations(page) == []
    clarified(people, language)
    page.reload()
    expect(page.get_by_text("Ring til hans træner")).to_be_visible()
    assert violations(page) == []


def clarified(people: People, language: str) -> None:
    said = WORDS[language]
    page = people.page(TOBIAS, "/afklaring/", language=language, **SCREENS[language])
    assert violations(page) == []
    expect(page.get_by_text("Emil Opdigtet")).to_have_count(0)
    newest = page.locator(".waiting a").last
    address = newest.get_attribute("href")
    newest.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Emil Opdigtet")
    expect(page.get_by_text(FACTS)).to_be_visible()
    page.get_by_label(said["advice"], exact=True).check()
    page.get_by_label(said["reason"], exact=True).fill("Han har brug for en voksen, han kender")
    page.get_by_role("button", name=said["decide"], exact=True).click()  # without the answer: it is asked for
    expect(page.locator(".form-error-message")).to_be_visible()
    assert violations(page) == []
    page.get_by_label(said["reply"], exact=True).fill("Ring til hans træner")
    page.get_by_role("button", name=said["decide"], exact=True).click()
    page.wait_for_url("**/afklaring/")
    expect(page.locator(f"a[href='{address}']")).to_have_count(0)
    assert violations(page) == []


def test_without_a_connection_it_stays_in_the_page_with_a_warning_and_is_saved_when_there_is_one(
        people: People) -> None:
    people.watched.allow("ERR_INTERNET_DISCONNECTED")
    said = WORDS["da"]
    page = begin(people, "da", 5)
    page.context.set_offline(True)
    page.get_by_label(said["facts"]).fill(FACTS)
    expect(page.locator("[data-state=failed]")).to_contain_text(said["unsaved"])
    page.get_by_role("button", name=said["send"], exact=True).click()
    expect(page.locator("[data-state=failed]")).to_be_visible()
    expect(page.get_by_label(said["facts"])).to_have_value(FACTS)
    assert page.evaluate("dispatchEvent(new Event('beforeunload', { cancelable: true }))") is False
    page.context.set_offline(False)
    expect(page.locator("[data-state=saved]")).to_contain_text(said["saved"])
    assert page.evaluate("dispatchEvent(new Event('beforeunload', { cancelable: true }))") is True
    page.reload()
    expect(page.get_by_label(said["facts"])).to_have_value(FACTS)


def test_nothing_of_it_is_left_in_the_browser(people: People) -> None:
    page = begin(people, "da", 6)
    page.get_by_label(WORDS["da"]["facts"]).fill(FACTS)
    expect(page.locator("[data-state=saved]")).to_be_visible()
    assert FACTS not in str(page.evaluate(LEFT)) and page.evaluate(LEFT)[2:] == [0, 0]
    assert page.url.count("?") == 0


def test_without_script_a_button_saves_it(people: People) -> None:
    page = people.page(LINE, "/bekymring/", viewport=PHONE, java_script_enabled=False)
    page.get_by_label("CPR-nummer").fill(nobodys(BORN, nth=7))
    page.get_by_label("Hvad er du bekymret for? Én linje").fill("Han kommer ikke hjem")
    page.get_by_role("button", name="Videre").click()
    page.get_by_label("Hvad er set eller hørt?").fill(FACTS)
    page.get_by_role("button", name="Gem kladde").click()
    expect(page.get_by_label("Hvad er set eller hørt?")).to_have_value(FACTS)


def test_two_windows_notice_each_other(people: People) -> None:
    people.watched.allow("409")
    page = begin(people, "da", 8)
    other = page.context.new_page()
    other.goto(page.url)
    page.get_by_label(WORDS["da"]["facts"]).fill(FACTS)
    expect(page.locator("[data-state=saved]")).to_be_visible()
    page.wait_for_function("document.querySelector('[name=edition]').value === '2'")
    other.get_by_label(WORDS["da"]["facts"]).fill("Noget andet")
    expect(other.locator("[data-state=failed]")).to_contain_text("andet vindue")
    expect(other.get_by_label(WORDS["da"]["facts"])).to_have_value("Noget andet")
