"""Through a file: entered for a purpose, written in, decided, left. Phone and desktop, in both languages."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.file_made import made
from tests.browser.service import DESKTOP, PHONE, People
from tests.browser.test_axe import violations

pytestmark = pytest.mark.browser
TOBIAS, BIRGITTE = "ssp@gladsaxe.example", "raadgiver@gladsaxe.example"
EMIL = "Emil Opdigtet"
BOTH = pytest.mark.parametrize(("language", "size", "number"), [
    ("da", PHONE, "2026-0901"), ("en", DESKTOP, "2026-0902")], ids=["da phone", "en desktop"])


@BOTH
def test_a_file_is_entered_for_a_purpose_written_in_decided_and_left(people: People, language: str,
                                                                     size: dict[str, int], number: str) -> None:
    file = made(TOBIAS, EMIL, number)
    page = people.page(TOBIAS, "/sager/", language=language, viewport=size)
    expect(page.locator("main")).to_contain_text(number)
    expect(page.locator("main")).not_to_contain_text(EMIL)
    page.locator("[name=number]").fill(number)
    page.locator("[name=number]").press("Enter")
    expect(page.locator("main")).not_to_contain_text(EMIL)
    assert violations(page) == []
    page.locator("button[value=early-help]").click()
    expect(page.locator("h1")).to_contain_text(EMIL)

    write(page, file)
    place(page, file)
    mark(page, file)
    assert violations(page) == []

    page.locator(".visit form[action$='/ud/'] button").click()
    page.wait_for_url(re.compile(r"/sager/"))
    page.goto(f"/sag/{file}/")
    expect(page.locator("main")).not_to_contain_text(EMIL)


def write(page: Page, file: str) -> None:
    """A fact without a source is asked for one, and what was typed stays."""
    page.locator(f"a[href='/sag/{file}/note/?slags=fact']").click()
    page.locator("[name=text]").fill("Han var ude til klokken to")
    save(page)
    expect(page.locator("[name=text]")).to_have_value("Han var ude til klokken to")
    assert violations(page) == []
    page.locator("[name=source]").fill("Hans mor")
    save(page)
    expect(page.locator("article.note")).to_contain_text("Hans mor")
    page.locator("article.note a").click()
    page.locator("[name=text]").fill("Han var ude til klokken ti")
    page.locator("[name=source]").fill("Hans far")
    save(page)
    expect(page.locator("article.note .corrects")).to_contain_text("klokken ti")
    expect(page.locator("article.note")).to_contain_text("klokken to")


def place(page: Page, file: str) -> None:
    page.locator(f"a[href='/sag/{file}/forum/']").click()
    page.locator("[name=forum]").first.check()
    page.locator("[name=reason]").fill("Skolen og klubben skal aftale, hvem der gør hvad")
    assert violations(page) == []
    save(page)
    expect(page.locator("dl.facts").first).to_contain_text("Netværksmøde om den unge")


def mark(page: Page, file: str) -> None:
    """Three, and then no more is offered until one ends."""
    for words in ("Ring før skolen", "Husk bussen", "Spørg til praktik"):
        page.locator(f"a[href='/sag/{file}/maerke/']").click()
        page.locator("[name=words]").fill(words)
        save(page)
    expect(page.locator(".minded li")).to_have_count(3)
    expect(page.locator(f"a[href='/sag/{file}/maerke/']")).to_have_count(0)
    page.locator(".minded button").first.click()
    expect(page.locator(".minded li")).to_have_count(2)


def save(page: Page) -> None:
    page.locator("main form button.button-primary").click()


def test_what_was_typed_when_the_visit_ended_is_saved_after_one_more_tap(people: People) -> None:
    file = made(TOBIAS, EMIL, "2026-0903")
    page, other = people.page(TOBIAS, f"/sag/{file}/", viewport=PHONE), people.page(TOBIAS, viewport=PHONE)
    page.locator("button[value=early-help]").click()
    expect(page.locator("h1")).to_contain_text(EMIL)
    page.goto(f"/sag/{file}/note/?slags=strength")
    page.locator("[name=text]").fill("Han passer sin træning")
    other.goto(f"/sag/{file}/")
    other.locator(".visit form[action$='/ud/'] button").click()
    other.wait_for_url(re.compile(r"/sager/"))
    save(page)
    assert violations(page) == []
    page.locator("button[value=early-help]").click()
    expect(page.locator("article.note")).to_contain_text("Han passer sin træning")


@BOTH
def test_emergency_access_is_said_on_every_page_and_the_wrong_file_ends_it(people: People, language: str,
                                                                           size: dict[str, int], number: str) -> None:
    file = made(TOBIAS, EMIL, f"{number}-n")
    page = people.page(BIRGITTE, "/noedadgang/", language=language, viewport=size)
    assert violations(page) == []
    page.locator("[name=who]").fill(f"{number}-n")
    page.locator("[name=reason]").fill("Han er meldt savnet, og hans kontaktperson har fri")
    save(page)
    page.locator("button[value=early-help]").click()
    expect(page.locator("h1")).to_contain_text(EMIL)
    assert violations(page) == []
    page.locator(".visit form[action$='/forkert/'] button").click()
    page.wait_for_url(re.compile(r"/sager/"))
    answer = page.goto(f"/sag/{file}/")
    assert answer and answer.status == 404
