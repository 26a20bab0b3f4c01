"""A layer over the overview's map: off until it is chosen, then the same squares as on its own page."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.service import DESKTOP, JONAS, PHONE, POUL, RASMUS, People, drawn
from tests.browser.test_axe import violations

pytestmark = pytest.mark.browser


def listed(page: Page) -> int:
    """How many squares the page of the layer has by area."""
    return sum(int(number) for said in page.locator(".layer-areas li").all_inner_texts()
               for number in re.findall(r": (\d+) (?:felt|square)", said))


@pytest.mark.parametrize(("email", "theme", "language"), [(JONAS, "light", "da"), (RASMUS, "dark", "en")])
def test_a_chosen_layer_is_drawn_and_explained(people: People, email: str, theme: str, language: str) -> None:
    page = people.page(email, "/usaedvanligt/lag/?layer=density", theme=theme, language=language)
    number, said = listed(page), page.locator(".layer-said").inner_text()
    assert number
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/overblik/")
    drawn(page)
    expect(page.locator("#id_layer")).to_be_visible()
    assert not any("celler.json" in url for url in asked)
    page.locator("#id_layer").select_option("density")
    expect(page.locator(f"[data-layers][data-shown='{number}']")).to_be_visible()
    expect(page.locator("[data-layers] [role=status]")).to_contain_text(said)
    assert violations(page) == []
    page.locator("#id_layer").select_option("")
    expect(page.locator("[data-layers][data-shown='0']")).to_be_visible()
    expect(page.locator("[data-layers] [role=status]")).to_be_hidden()


def test_the_way_to_what_a_layer_means_keeps_the_layer(people: People) -> None:
    page = people.page(JONAS, "/overblik/")
    drawn(page)
    page.locator("#id_layer").select_option("near-repeat")
    page.locator("[data-layers][data-shown]").wait_for()
    page.locator("[data-layers] a").click()
    expect(page.locator("#id_layer")).to_have_value("near-repeat")


def test_on_a_phone_the_map_has_a_way_to_the_layers_and_no_room_for_more(people: People) -> None:
    page = people.page(JONAS, "/overblik/", viewport=PHONE)
    drawn(page)
    expect(page.locator("#id_layer")).to_be_hidden()
    page.locator("[data-layers] a").click()
    expect(page.locator(".layer-picture svg").first).to_be_visible()


def test_a_housing_company_sees_no_layer(people: People) -> None:
    page = people.page(POUL, "/overblik/?days=90", viewport=DESKTOP)
    drawn(page)
    expect(page.locator("[data-layers]")).to_have_count(0)


@pytest.mark.parametrize("layer", ["density", "significant", "near-repeat"])
def test_a_layer_is_chosen_without_script(people: People, layer: str) -> None:
    page = people.page(JONAS, "/usaedvanligt/lag/", java_script_enabled=False)
    page.locator("#id_layer").select_option(layer)
    page.locator("#id_weeks").select_option("52")
    page.get_by_role("button", name="Vis", exact=True).click()
    expect(page).to_have_url(re.compile(f"layer={layer}.*weeks=52"))
    expect(page.locator(".layer-said")).to_be_visible()
