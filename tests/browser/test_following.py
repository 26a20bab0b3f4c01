"""An area is drawn by finger or by keyboard, counted before it is saved, and shown on the map of what is followed."""

import json
import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.service import AMALIE, DESKTOP, JONAS, PHONE, People, Service, drawn
from tests.browser.test_axe import violations

pytestmark = pytest.mark.browser

CORNERS = ((0.35, 0.5), (0.5, 0.45), (0.52, 0.55), (0.36, 0.58))


def drawing(page: Page) -> Page:
    page.locator("[data-open-map]").click()
    page.locator("[data-draw-map][data-ready]").wait_for()
    return page


def tap_corners(page: Page) -> None:
    canvas = page.locator(".draw-map canvas")
    box = canvas.bounding_box()
    assert box
    for number, (x, y) in enumerate(CORNERS, start=1):
        canvas.click(position={"x": box["width"] * x, "y": box["height"] * y})
        expect(page.locator(".corner")).to_have_count(number)


def ring(page: Page) -> list[list[float]]:
    return list(json.loads(page.locator("[name=outline]").input_value() or "[]"))


@pytest.mark.parametrize(("size", "language"), [(PHONE, "da"), (DESKTOP, "en")])
def test_an_area_is_drawn_corner_by_corner_and_followed(people: People, service: Service, size: dict[str, int],
                                                        language: str) -> None:
    name = f"Tegnet {language}"
    page = drawing(people.page(AMALIE, "/foelg/ny/", language=language, viewport=size))
    before = page.locator("[data-preview]").inner_text()
    tap_corners(page)
    expect(page.locator("[data-preview]")).not_to_have_text(before)
    expect(page.locator("[data-preview]")).to_contain_text(re.compile(r"\d"))
    page.locator("[data-undo]").click()
    expect(page.locator(".corner")).to_have_count(3)
    assert len(ring(page)) == 3
    assert violations(page) == []
    page.locator("[name=name]").fill(name)
    page.locator("main form button.button-primary").click()
    page.wait_for_url(re.compile(r"/foelg/(\?.*)?$"))
    page.get_by_role("link", name=name, exact=True).click()
    section = drawn(page)
    assert json.loads(section.get_attribute("data-ring") or "[]") == service.sql(
        "select outline from situation_subscription where name = %s", [name])[0][0]
    expect(page.locator(".followed")).to_contain_text(name)
    assert int(section.get_attribute("data-shown") or "-1") == service.sql(
        "select count(*) from situation_subscription s cross join situation_observation_exact e "
        "join situation_observation o on o.id = e.observation_id where s.name = %s and o.state = 'live' "
        "and o.partnership_id = s.partnership_id "
        "and e.occurred_at > (today() - 13)::timestamp at time zone 'Europe/Copenhagen' "
        "and (o.organisation_id = (select organisation_id from access_member where id = s.member_id) "
        "  or (o.visibility <> 'organisation')) and (select format('(%%s)', string_agg(format('(%%s,%%s)', "
        "  corner->>0, corner->>1), ',')) from jsonb_array_elements(s.outline) corner)::polygon "
        "@> point(e.longitude, e.latitude)", [name])[0][0]
    assert violations(page) == []


def test_by_keyboard(people: People) -> None:
    page = drawing(people.page(AMALIE, "/foelg/ny/"))
    page.locator(".draw-map canvas").focus()
    for keys in (("Enter",), ("ArrowRight", "Enter"), ("ArrowDown", "Enter"), ("ArrowLeft", "Enter")):
        for key in keys:
            page.keyboard.press(key)
            page.wait_for_timeout(600)  # the map glides
    assert len(ring(page)) == 4
    expect(page.locator(".crosshair")).to_be_visible()
    page.keyboard.press("Backspace")
    assert len(ring(page)) == 3
    (ax, ay), (bx, by), (cx, cy) = ring(page)
    assert bx > ax and by == pytest.approx(ay, abs=1e-4) and cy < by and cx == pytest.approx(bx, abs=1e-4)
    page.locator("[data-clear]").click()
    assert ring(page) == [] and page.locator(".corner").count() == 0


def test_without_script_the_areas_do(people: People) -> None:
    page = people.page(JONAS, "/foelg/ny/", java_script_enabled=False)
    expect(page.locator("[data-open-map]")).not_to_be_visible()
    page.locator("details.change summary").first.click()
    page.get_by_role("checkbox", name="Grantoften").check()
    page.locator("[name=look]").click()
    expect(page.locator("[data-preview]")).to_contain_text(re.compile(r"\d"))
    assert page.locator("[name=areas]:checked").count() == 1
    assert page.locator(".form-error-message").count() == 0


def test_what_is_filtered_is_followed_with_one_button(people: People) -> None:
    page = people.page(JONAS, "/overblik/?category=weapons&severity=3", viewport=PHONE)
    page.locator(".list-acts a[href*='foelg']").click()
    expect(page.locator("[name=severity]")).to_have_value("3")
    assert page.locator("[name=categories]:checked").count() == 1
    assert page.locator("[name=name]").input_value()
