"""Reporting takes three taps, works without script, sends once, and loses nothing that was typed."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.service import AMALIE, BLOKHAVEN, PHONE, RASMUS, People, Service

pytestmark = pytest.mark.browser

AARHUS = {"longitude": 10.2, "latitude": 56.15}


def send(page: Page) -> None:
    page.get_by_role("button", name="Send", exact=True).click()


def begin(page: Page, text: str) -> None:
    page.get_by_role("radio", name="Hærværk").check()
    page.get_by_label("Hvad blev der set?").fill(text)


def expect_sent(page: Page, text: str, where: str) -> None:
    page.wait_for_url("**/overblik/")
    expect(page.get_by_text("Sendt. Ses af: kommunerne")).to_be_visible()
    expect(page.locator("[data-id]", has_text=text)).to_contain_text(where)


def test_by_the_own_position_in_three_taps(people: People) -> None:
    page = people.page(AMALIE, "/del/", viewport=PHONE, geolocation=BLOKHAVEN, permissions=["geolocation"])
    page.get_by_role("radio", name="Hærværk").check()
    page.get_by_role("button", name="Brug min position").click()
    expect(page.get_by_text("Din position bruges.")).to_be_visible()
    expect(page.locator("[name=longitude]")).to_have_value("12.466")
    send(page)
    page.wait_for_url("**/overblik/")
    expect(page.locator("[data-id]").filter(has_text="Hærværk").filter(has_text="Blokhaven").first).to_be_visible()


def test_a_position_outside_the_partnership_is_not_taken(people: People) -> None:
    page = people.page(AMALIE, "/del/", geolocation=AARHUS, permissions=["geolocation"])
    page.get_by_role("button", name="Brug min position").click()
    expect(page.get_by_text("Din position ligger uden for partnerskabet.")).to_be_visible()
    expect(page.locator("[name=longitude]")).to_have_value("")
    expect(page.get_by_label("Område")).to_be_visible()


def test_without_permission_the_page_says_what_to_do_instead(people: People) -> None:
    page = people.page(AMALIE, "/del/")
    page.get_by_role("button", name="Brug min position").click()
    expect(page.get_by_text("Din position kan ikke findes.")).to_be_visible()


def test_by_a_pin_on_the_map(people: People, service: Service) -> None:
    page = people.page(AMALIE, "/del/")
    text = "Sat som punkt på kortet."
    begin(page, text)
    opener = page.get_by_role("button", name="Punkt på kortet")
    opener.click()
    expect(opener).to_have_attribute("aria-expanded", "true")
    canvas = page.locator("#pin-map canvas")
    page.locator("#pin-map[data-ready]").wait_for()
    canvas.click(position={"x": 200, "y": 120})
    expect(page.get_by_text("Punktet på kortet bruges.")).to_be_visible()
    first = page.locator("[name=longitude]").input_value()
    canvas.click(position={"x": 260, "y": 100})
    expect(page.locator("[name=longitude]")).not_to_have_value(first)
    expect(page.locator("#pin-map .maplibregl-marker:not(.place-label)")).to_have_count(1)
    where = page.locator("[name=longitude]").input_value()
    send(page)
    page.wait_for_url("**/overblik/")
    expect(page.locator("[data-id]", has_text=text)).to_have_count(1)
    assert service.sql("select e.longitude from situation_observation_exact e "
                       "join situation_observation_text t using (observation_id) "
                       "where t.text = %s", [text]) == [(float(where),)]


def test_a_pin_is_set_with_the_keyboard(people: People) -> None:
    page = people.page(AMALIE, "/del/")
    page.get_by_role("button", name="Punkt på kortet").press("Enter")
    page.locator("#pin-map[data-ready]").wait_for()
    page.locator("#pin-map canvas").press("Enter")
    expect(page.get_by_text("Punktet på kortet bruges.")).to_be_visible()


def test_by_area(people: People) -> None:
    page = people.page(AMALIE, "/del/")
    text = "Valgt som område."
    begin(page, text)
    page.get_by_label("Område").select_option(label="Bagsværd Torv")
    send(page)
    expect_sent(page, text, "Bagsværd Torv")


def test_without_script(people: People, service: Service) -> None:
    page = people.page(AMALIE, "/del/", java_script_enabled=False)
    text = "Sendt uden script."
    begin(page, text)
    expect(page.get_by_role("button", name="Brug min position")).to_be_hidden()
    page.get_by_label("Område").select_option(label="Bagsværd Torv")
    send(page)
    expect_sent(page, text, "Bagsværd Torv")
    assert service.number(text) == 1


def test_without_script_the_filters_have_a_button(people: People) -> None:
    page = people.page(AMALIE, "/overblik/", java_script_enabled=False)
    page.get_by_label("Område").select_option(label="Grantoften")
    page.get_by_role("button", name="Vis", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(r"^\d+ i Grantoften$"))
    expect(page.get_by_label("Område").locator("option:checked")).to_have_text("Grantoften")


def test_a_double_click_sends_once(people: People, service: Service) -> None:
    page = people.page(AMALIE, "/del/")
    text = "Klikket to gange."
    begin(page, text)
    page.get_by_label("Område").select_option(label="Blokhaven")
    page.get_by_role("button", name="Send", exact=True).dblclick()
    expect_sent(page, text, "Blokhaven")
    expect(page.locator("[data-id]", has_text=text)).to_have_count(1)
    assert service.number(text) == 1


def test_a_double_click_without_script_sends_once(people: People, service: Service) -> None:
    page = people.page(AMALIE, "/del/", java_script_enabled=False)
    text = "Klikket to gange uden script."
    begin(page, text)
    page.get_by_label("Område").select_option(label="Blokhaven")
    page.get_by_role("button", name="Send", exact=True).dblclick()
    page.wait_for_url("**/overblik/")
    assert service.number(text) == 1


def test_what_was_typed_stays_when_a_rule_says_no(people: People, service: Service) -> None:
    page = people.page(AMALIE, "/del/")
    text = "Den ene har nummer 010190-1234 og stod ved kiosken."
    begin(page, text)
    page.get_by_label("Område").select_option(label="Blokhaven")
    page.get_by_text("Skift, hvem der kan se det").click()
    page.get_by_label("Også politiet").check()
    send(page)
    field = page.get_by_label("Hvad blev der set?")
    expect(page.get_by_role("alert")).to_contain_text("ikke sendt endnu")
    expect(field).to_have_value(text)
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description(re.compile("CPR-nummer må ikke stå her"))
    expect(page.get_by_role("radio", name="Hærværk")).to_be_checked()
    expect(page.get_by_label("Område").locator("option:checked")).to_have_text("Blokhaven")
    expect(page.locator("[data-send] + p :visible")).to_have_text("Ses af: kommunerne og politiet")
    assert service.number(text) == 0
    field.fill("Den ene stod ved kiosken og råbte.")
    send(page)
    page.wait_for_url("**/overblik/")
    assert service.number("Den ene stod ved kiosken og råbte.") == 1


def test_a_missing_place_is_asked_for_beside_the_field(people: People) -> None:
    page = people.page(AMALIE, "/del/")
    begin(page, "Uden sted.")
    send(page)
    area = page.get_by_label("Område")
    expect(area).to_have_accessible_description(re.compile("Sig hvor"))
    expect(page.get_by_label("Hvad blev der set?")).to_have_value("Uden sted.")


def test_the_button_says_who_will_see_it(people: People) -> None:
    page = people.page(AMALIE, "/del/")
    words = page.locator("[data-send] + p")
    expect(words.locator(":visible")).to_have_text("Ses af: kommunerne")
    page.get_by_text("Skift, hvem der kan se det").click()
    expect(page.get_by_text("Hvad får politiet?")).to_be_hidden()
    for choice, said in (("Kun os", "Ses af: kun Gladsaxe Kommune"), ("Kommunerne", "Ses af: kommunerne"),
                         ("Indgår i offentlige tal",
                          "Ses af: kommunerne og politiet; indgår i offentlige tal"),
                         ("Også politiet", "Ses af: kommunerne og politiet")):
        page.get_by_label(choice, exact=True).check()
        expect(words.locator(":visible")).to_have_text(said)
    expect(page.get_by_text("Hvad får politiet?")).to_be_visible()


def test_a_police_officer_is_not_asked_what_the_police_get(people: People) -> None:
    page = people.page(RASMUS, "/del/")
    expect(page.locator("[data-send] + p :visible")).to_have_text("Ses af: kommunerne og politiet")
    page.get_by_text("Skift, hvem der kan se det").click()
    expect(page.get_by_text("Hvad får politiet?")).to_have_count(0)


def test_choosing_a_category_shows_its_guidance(people: People) -> None:
    page = people.page(AMALIE, "/del/")
    page.get_by_role("radio", name="Skud").check()
    expect(page.get_by_text("Ring 112 først.")).to_be_visible()
