"""From my day to a signal, its verdict and a measure made of it, and back: phone and desktop, in both languages."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.service import DESKTOP, JONAS, PHONE, RASMUS, People, Service
from tests.browser.signals import going_on
from tests.browser.test_axe import violations

pytestmark = pytest.mark.browser
BOTH = pytest.mark.parametrize(("language", "size"), [("da", PHONE), ("en", DESKTOP)], ids=["da phone", "en desktop"])

WORDS = {
    "da": {"theme": "drugs", "word": "Usædvanligt", "figures": "Vis tallene", "often": "omkring en gang på 9 måneder",
           "sentence": "9 indberetninger om narkohandel omkring Grantoften på 3 dage; omkring 2 ville være det "
                       "sædvanlige", "known": "Det var en begivenhed, vi kendte til", "save": "Gem",
           "make": "Lav en indsats af det", "title": "Narkohandel omkring Grantoften", "propose": "Foreslå"},
    "en": {"theme": "violence", "word": "Unusual", "figures": "Show the figures", "often": "about once in 9 months",
           "sentence": "9 reports of threats and violence around Grantoften in 3 days; about 2 would be usual",
           "known": "It was an event that we knew of", "save": "Save", "make": "Make a measure of it",
           "title": "Threats and violence around Grantoften", "propose": "Propose"}}


@BOTH
def test_a_signal_is_understood_judged_and_made_a_measure_of(people: People, service: Service, language: str,
                                                             size: dict[str, int]) -> None:
    words = WORDS[language]
    signal = going_on(service, words["theme"])
    page = people.page(JONAS, "/min-dag/", language=language, viewport=size)
    page.locator(f"main a[href*='{signal}']").click()
    understand(page, words)
    judge(page, words)
    measure = make_a_measure(page, words)
    page.locator(f"main a[href*='{signal}']").click()
    expect(page.get_by_role("link", name=words["title"])).to_have_attribute("href", re.compile(re.escape(measure)))
    expect(page.locator(".decided")).to_contain_text("Der var fest i klubben.")
    assert violations(page) == []
    page.goto("/min-dag/")
    expect(page.locator(f"main a[href*='{signal}']")).to_have_count(0)


def understand(page: Page, words: dict[str, str]) -> None:
    """The word first, then the sentence, then the numbers for who asks for them."""
    expect(page.locator(".signal-first .signal-word")).to_have_text(words["word"])
    expect(page.get_by_role("heading", level=1)).to_have_text(words["sentence"])
    expect(page.get_by_text(words["often"])).not_to_be_visible()
    page.get_by_text(words["figures"], exact=True).click()
    expect(page.get_by_text(words["often"])).to_be_visible()
    expect(page.locator(".signal-where svg .signal-cell")).to_have_count(2)
    assert violations(page) == []


def judge(page: Page, words: dict[str, str]) -> None:
    """Without a reason it is not taken, and what was chosen stays."""
    page.get_by_label(words["known"]).check()
    page.get_by_role("button", name=words["save"], exact=True).click()
    expect(page.locator(".form-error-message")).to_be_visible()
    expect(page.get_by_label(words["known"])).to_be_checked()
    assert violations(page) == []
    page.locator("main textarea[name=words]").fill("Der var fest i klubben.")
    page.get_by_role("button", name=words["save"], exact=True).click()
    expect(page.locator(".decided")).to_contain_text(words["known"])


def make_a_measure(page: Page, words: dict[str, str]) -> str:
    """Its address."""
    page.get_by_role("link", name=words["make"]).click()
    expect(page.locator("[name=title]")).to_have_value(words["title"])
    page.locator("[name=problem]").fill("Der handles ved tunnelen om aftenen.")
    page.get_by_role("button", name=words["propose"], exact=True).click()
    page.wait_for_url(re.compile(r"/indsats/[\w-]+/"))
    assert violations(page) == []
    return re.sub(r"^https?://[^/]+|[?#].*", "", page.url)


FEWER = {"da": "Færre indberetninger end før", "en": "Fewer reports than before"}


@BOTH
def test_what_came_of_a_measure_is_read_later(people: People, service: Service, language: str,
                                              size: dict[str, int]) -> None:
    """From a signal that is long over to the measure that was made of it, and what was told before and after."""
    page = people.page(RASMUS, "/usaedvanligt/", language=language, viewport=size)
    page.locator("main a", has_text="Bagsværd Torv").last.click()
    page.get_by_role("link", name="Lys og liv på Bagsværd Torv").click()
    effect = page.locator("#foer-og-efter")
    expect(effect.locator(".verdict")).to_contain_text(FEWER[language])
    expect(effect.locator("table").first).not_to_be_visible()
    effect.locator("summary").click()
    expect(effect.locator("table").first).to_be_visible()
    assert violations(page) == []


@BOTH
def test_an_officer_reads_what_the_police_share_and_none_of_the_others(people: People, service: Service, language: str,
                                                                       size: dict[str, int]) -> None:
    shared, ours = going_on(service, "damage", area="Blokhaven"), going_on(
        service, "damage", area="Blokhaven", audience="municipalities")
    page = people.page(RASMUS, "/usaedvanligt/", language=language, viewport=size)
    expect(page.locator(f"a[href*='{ours}']")).to_have_count(0)
    page.locator(f"a[href*='{shared}']").click()
    expect(page.locator(".signal-judge")).to_have_count(0)
    assert violations(page) == []
