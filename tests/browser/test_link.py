"""A question on its way to a club that never logs in, and back: copied, opened without script, answered, read."""

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.service import AMALIE, DESKTOP, PHONE, People, Service

pytestmark = pytest.mark.browser

ASKED = "Kan klubben tage imod de yngste om onsdagen?"
WORDS = {
    "da": {"ask": "Spørg med et link", "make": "Lav linket", "send": "Send svaret", "yes": "Ja",
           "thanks": "Tak, jeres svar er sendt", "closed": "Linket gælder ikke længere", "read": "Jeg har læst det"},
    "en": {"ask": "Ask by a link", "make": "Make the link", "send": "Send the answer", "yes": "Yes",
           "thanks": "Thank you, your answer has been sent", "closed": "The link does not work any more",
           "read": "I have read it"}}


@pytest.mark.parametrize(("language", "size"), [("da", PHONE), ("en", DESKTOP)], ids=["da phone", "en desktop"])
def test_a_club_that_never_logs_in_answers_once(people: People, service: Service, browser: Browser, language: str,
                                                size: dict[str, int]) -> None:
    words = WORDS[language]
    page = people.page(AMALIE, language=language, viewport=size)
    measure = service.sql("select id from situation_measure where title like 'Fast voksen på hjørnet%%'", [])[0][0]
    page.goto(f"/indsats/{measure}/")
    page.get_by_role("link", name=words["ask"]).click()
    link = made(page, words)
    with browser.new_context(viewport=size, locale=language, java_script_enabled=False) as context:  # type: ignore[arg-type]
        club = context.new_page()
        club.goto(link)
        answered(club, words, link)
    page.goto(f"/indsats/{measure}/")
    mine = page.locator(".questions li", has_text=ASKED).first
    expect(mine).to_contain_text("Vi åbner klokken 15")
    mine.get_by_role("button", name=words["read"]).click()
    expect(page.locator(".questions li", has_text=ASKED).first.get_by_role("button")).to_have_count(0)


def made(page: Page, words: dict[str, str]) -> str:
    page.locator("[name=label]").fill("Boldklubben")
    page.locator("[name=question]").fill(ASKED)
    page.locator("[name=kind][value=both]").check()
    page.get_by_role("button", name=words["make"]).click()
    link = page.locator("#link").input_value()
    assert re.search(r"/svar-link/[\w-]{43}/$", link)
    return link


def answered(club: Page, words: dict[str, str], link: str) -> None:
    """First with a name in it: what was typed stays; then without."""
    expect(club.get_by_role("heading", level=1)).to_have_text(ASKED)
    assert_nobody_is_named(club.content())
    club.get_by_label(words["yes"], exact=True).check()
    club.locator("[name=words]").fill("Ring til Mads Nielsen")
    club.get_by_role("button", name=words["send"]).click()
    expect(club.locator("[name=words]")).to_have_value("Ring til Mads Nielsen")
    expect(club.get_by_label(words["yes"], exact=True)).to_be_checked()
    club.locator("[name=words]").fill("Vi åbner klokken 15")
    club.get_by_role("button", name=words["send"]).click()
    expect(club.get_by_role("heading", level=1)).to_have_text(words["thanks"])
    club.goto(link)
    expect(club.get_by_role("heading", level=1)).to_have_text(words["closed"])


def assert_nobody_is_named(page: Any) -> None:
    for name in ("Amalie", "Gladsaxe", "Politi", "Fast voksen"):
        assert name not in page, name
