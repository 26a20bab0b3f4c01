"""Every page: no violation that axe finds, nothing wider than a phone, one heading, the right language."""

import json
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Response

from tests.browser.places import Place
from tests.browser.service import DESKTOP, PHONE, People

pytestmark = pytest.mark.browser

AXE = Axe().axe_script
# axe judges colours and structure: each theme, language and width once. The rest of the rules hold in both widths.
SIZES = {"desktop": DESKTOP, "phone": PHONE}


@pytest.mark.parametrize(("language", "theme", "size", "other"), [
    ("da", "light", "desktop", "phone"), ("en", "dark", "phone", "desktop")])
def test_every_page_is_accessible(people: People, places: list[Place], language: str, theme: str, size: str,
                                  other: str) -> None:
    problems: list[str] = []
    pages: dict[str | None, Page] = {}
    for place in places:
        if place.email not in pages:
            pages[place.email] = people.page(place.email, language=language, theme=theme, viewport=SIZES[size])
        page = pages[place.email]
        page.set_viewport_size(SIZES[size])  # type: ignore[arg-type]
        answer = page.goto(place.path)
        settle(page)
        found = plain_rules(page, answer, place, language, theme) + violations(page)
        page.set_viewport_size(SIZES[other])  # type: ignore[arg-type]
        page.evaluate("new Promise(requestAnimationFrame)")
        found += [f"{other}: {problem}" for problem in plain_rules(page, answer, place, language, theme)]
        problems += [f"{place}: {problem}" for problem in found]
    assert not problems, "\n".join(problems)


def settle(page: Page) -> None:
    if page.locator("[data-map][data-points]").count():
        page.locator("[data-map][data-shown]").wait_for()
    elif page.locator("main[data-outside]").count():
        page.locator("[data-ready]").wait_for()
    elif page.locator("[data-map]").count():
        page.locator(".pin").wait_for(state="attached")


def plain_rules(page: Page, answer: Response | None, place: Place, language: str, theme: str) -> list[str]:
    seen: dict[str, Any] = page.evaluate("""() => ({
        width: document.documentElement.scrollWidth, room: innerWidth, headings: document.querySelectorAll("h1").length,
        lang: document.documentElement.lang, theme: document.documentElement.dataset.theme, title: document.title,
        wide: [...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > innerWidth + 1
            && !e.closest(".table-wrap, .map-canvas")).slice(0, 3).map((e) => e.outerHTML.slice(0, 120)),
    })""")
    problems = []
    if answer is None or answer.status != place.status:
        problems.append(f"answered {answer and answer.status}")
    if seen["width"] > seen["room"]:
        problems.append(f"is {seen['width']} px wide: {seen['wide']}")
    if seen["headings"] != 1:
        problems.append(f"has {seen['headings']} h1")
    if (seen["lang"], seen["theme"]) != (language, theme):
        problems.append(f"is in {seen['lang']}, {seen['theme']}")
    if seen["title"].startswith(" "):
        problems.append("has no title of its own")
    return problems


def violations(page: Page) -> list[str]:
    page.evaluate(AXE)
    # Only what is wrong is brought over: a page has some hundred times as much that is right.
    found: list[Any] = page.evaluate("axe.run({resultTypes: ['violations']}).then((found) => found.violations)")
    return [f"{each['id']} ({each['impact']}): {each['help']}: " + "; ".join(
        f"{json.dumps(node['target'])} {node['html'][:160]} {node.get('failureSummary', '')[-200:]}"
        for node in each["nodes"][:4]) for each in found]
