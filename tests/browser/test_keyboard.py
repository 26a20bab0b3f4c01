"""Everything can be done with a keyboard, in an order that makes sense, and it can be seen where one is."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.service import AMALIE, People, Service, drawn

pytestmark = pytest.mark.browser

FOCUS = """() => {
    const on = document.activeElement;
    const shown = on.matches(".tile input") ? on.nextElementSibling : on;
    const look = getComputedStyle(shown);
    return {
        what: on.name || on.dataset?.send !== undefined && "send" || on.getAttribute("data-locate") !== null && "locate"
            || on.getAttribute("data-open-map") !== null && "map" || on.localName,
        main: Boolean(on.closest("main")),
        visible: look.outlineStyle !== "none" && parseFloat(look.outlineWidth) >= 2,
    };
}"""


def tab_until(page: Page, selector: str, most: int = 40) -> None:
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"{selector} was not reached by {most} tabs")


def test_the_skip_link_comes_first_and_leads_to_the_content(people: People) -> None:
    page = people.page(AMALIE, "/del/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Gå til indholdet")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUS)["what"] == "category"


def test_the_report_form_is_walked_from_top_to_bottom_and_shows_where_one_is(people: People) -> None:
    page = people.page(AMALIE, "/del/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    walked = []
    for _ in range(8):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUS)
        walked.append(stop["what"])
        assert stop["visible"], f"the focus on {stop['what']} cannot be seen"
    assert walked == ["category", "locate", "map", "area", "text", "summary", "summary", "send"]


def test_a_report_is_sent_with_the_keyboard_alone(people: People, service: Service) -> None:
    page = people.page(AMALIE, "/del/")
    text = "Sendt uden mus."
    tab_until(page, "[name=category]")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("radio", name="Hærværk")).to_be_checked()
    tab_until(page, "[name=area]")
    page.keyboard.type("Blokh")
    tab_until(page, "[name=text]")
    page.keyboard.type(text)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    tab_until(page, "[name=visibility]")
    page.keyboard.press("ArrowUp")
    expect(page.get_by_label("Kun os")).to_be_checked()
    tab_until(page, "[data-send]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/overblik/")
    row = page.locator("[data-id]", has_text=text)
    expect(row).to_contain_text("Hærværk")
    expect(row).to_contain_text("Blokhaven")
    assert service.number(text) == 1


def test_filters_work_with_the_keyboard_and_keep_the_focus(people: People) -> None:
    page = people.page(AMALIE, "/overblik/")
    drawn(page)
    tab_until(page, "[name=area]")
    page.keyboard.type("Grantof")
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(r"^\d+ i Grantoften$"))
    expect(page.locator("[name=area]")).to_be_focused()
    tab_until(page, ".sight")
    page.keyboard.press("Enter")
    page.wait_for_url("**/haendelse/**")


def test_filters_changed_faster_than_the_server_answers_end_with_the_last(people: People) -> None:
    page = people.page(AMALIE, "/overblik/?days=30")
    drawn(page)
    for choice in ("vandalism", "threats", "shots", "nuisance", "violence"):
        page.locator("[name=category]").select_option(choice)
    page.wait_for_url("**category=violence**")
    expect(page.locator("#results")).to_have_attribute("data-points", re.compile("category=violence"))
    page.wait_for_timeout(400)
    expect(page.locator("#results")).to_have_attribute("data-points", re.compile("category=violence"))
    expect(page.locator(".map .pin .mark:not(.s3)")).to_have_count(0)


def test_pins_and_clusters_are_buttons_with_names(people: People) -> None:
    page = people.page(AMALIE, "/overblik/?days=14&category=threats")
    drawn(page)
    marks = page.locator(".map .pin, .map .cluster")
    expect(marks.first).to_be_visible()
    for mark in marks.all():
        assert mark.evaluate("(e) => e.localName") == "button"
        assert (mark.get_attribute("aria-label") or "").strip()
    page.locator(".maplibregl-ctrl-zoom-in").focus()
    tab_until(page, ".pin, .cluster", 400)
    assert page.evaluate(FOCUS)["visible"]


def test_a_pin_opens_its_row_with_the_keyboard(people: People) -> None:
    page = people.page(AMALIE, "/overblik/?days=90&category=shots")
    drawn(page)
    pin = page.locator(".map .pin").first
    pin.focus()
    assert "Skud" in (pin.get_attribute("aria-label") or "")
    page.keyboard.press("Enter")
    expect(page.locator(".sight.chosen")).to_be_focused()


def test_the_person_menu_opens_and_closes_with_the_keyboard(people: People) -> None:
    page = people.page(AMALIE, "/del/")
    tab_until(page, ".person summary")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Log ud")).to_be_visible()
    tab_until(page, ".person-menu a", 1)
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Log ud")).to_be_hidden()
