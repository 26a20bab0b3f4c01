"""What is shared, from the file to the other authority and back: with a preset, phone and desktop, in both languages.

A preset leaves few things to do, and none of them is to read a help text.
"""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.file_made import made
from tests.browser.service import DESKTOP, PHONE, People
from tests.browser.test_axe import violations

pytestmark = pytest.mark.browser
TOBIAS, EMIL_OF_BALLERUP = "ssp@gladsaxe.example", "ssp@ballerup.example"
NAME, FACT, ASSESSMENT = "Emil Opdigtet", "Han stod alene ved hallen", "Vi tror at han er ensom"
NECESSITY = "Den nye kommune skal kunne tage imod ham"
BOTH = pytest.mark.parametrize(("language", "size", "number"), [
    ("da", PHONE, "2026-0911"), ("en", DESKTOP, "2026-0912")], ids=["da phone", "en desktop"])


@BOTH
def test_it_is_shared_with_a_preset_taken_elsewhere_and_taken_back(people: People, language: str,
                                                                   size: dict[str, int], number: str) -> None:
    giver = people.page(TOBIAS, f"/sag/{made(TOBIAS, NAME, number)}/", language=language, viewport=size)
    written(giver)
    share(giver)
    sharing = giver.url

    receiver = people.page(EMIL_OF_BALLERUP, "/delt/", language=language, viewport=size)
    expect(receiver.locator("main")).not_to_contain_text(NAME)
    assert violations(receiver) == []
    receiver.goto(sharing.replace("/deling/", "/delt/"))
    expect(receiver.locator("main")).to_contain_text(NECESSITY)
    expect(receiver.locator("main")).not_to_contain_text(FACT)
    assert violations(receiver) == []
    receiver.locator("main form button.button-primary").first.click()
    receiver.wait_for_url(re.compile("/kopi/"))
    expect(receiver.locator("main")).to_contain_text(FACT)
    expect(receiver.locator("main")).not_to_contain_text(ASSESSMENT)
    assert violations(receiver) == []

    giver.goto(sharing)
    giver.locator("details.act summary").first.click()
    giver.locator("[name=reason]").fill("Han flytter alligevel ikke")
    assert violations(giver) == []
    giver.locator("details.act[open] button").click()
    expect(giver.locator(".history")).to_contain_text("Han flytter alligevel ikke")

    receiver.reload()
    receiver.wait_for_url(re.compile("/delt/"))
    expect(receiver.locator("main")).not_to_contain_text(FACT)
    assert violations(receiver) == []
    receiver.locator("main form button.button-primary").click()
    receiver.wait_for_url(re.compile("/delt/$"))
    giver.reload()
    expect(giver.locator(".history li")).to_have_count(4)


def written(page: Page) -> None:
    page.locator("button[value=disclosure]").click()
    for kind, text in (("fact", FACT), ("assessment", ASSESSMENT)):
        page.goto(re.sub(r"(/sag/[^/]+/).*", r"\1", page.url) + f"note/?slags={kind}")
        page.locator("[name=text]").fill(text)
        if kind == "fact":
            page.locator("[name=source]").fill("Klubben")
        page.locator("main form button.button-primary").click()
        page.wait_for_url(re.compile(r"/sag/[^/]+/$"))


def share(page: Page) -> None:
    """The seven things that there are to do: the preset, whom, what, why, who was told, and the button."""
    page.locator("a[href*='/sag/'][href$='/del/']").click()
    assert violations(page) == []
    page.locator("a[href*=flytning]").click()
    expect(page.locator("[name=necessity]")).to_have_value("")
    expect(page.locator("[name=shared]:checked, [name=informed]:checked")).to_have_count(0)
    for step in (lambda: page.locator("[name=receiver]").select_option(label="Ballerup Kommune"),
                 page.locator("[name=shared][value=identity]").check,
                 page.locator("[name=shared][value=concern-facts]").check,
                 lambda: page.locator("[name=necessity]").fill(NECESSITY),
                 page.locator("[name=informed][value=parents]").check):
        step()
    expect(page.locator("#seen")).to_contain_text(FACT)
    expect(page.locator("#seen")).not_to_contain_text(ASSESSMENT)
    for name in ("not_informed_why", "told"):
        expect(page.locator(f"[name={name}]")).to_be_hidden()
    expect(page.locator("[name=necessity]")).to_have_value(NECESSITY)
    assert violations(page) == []
    one, other = (page.locator(".halves button").nth(place).bounding_box() for place in (0, 1))
    assert one and other and (one["width"], one["height"]) == (other["width"], other["height"])
    page.locator(".halves button").first.click()
    page.wait_for_url(re.compile("/deling/"))
    assert violations(page) == []


def test_without_script_the_preview_is_a_step_of_its_own_and_what_is_missing_is_said(people: People) -> None:
    file = made(TOBIAS, NAME, "2026-0913")
    page = people.page(TOBIAS, f"/sag/{file}/", java_script_enabled=False)
    page.locator("button[value=disclosure]").click()
    page.goto(f"/sag/{file}/del/?forudvalg=overleveringsmoede")
    page.locator("[name=shared][value=identity]").check()
    page.locator("noscript button, button[formaction$='/se/']").first.click()
    expect(page.locator("#seen")).to_contain_text(NAME)
    expect(page.locator("[name=shared][value=identity]")).to_be_checked()
    page.locator(".halves button").first.click()
    expect(page.locator(".form-error-message")).to_have_count(2)
    expect(page.locator("[name=shared][value=identity]")).to_be_checked()


def test_what_contradicts_what_was_chosen_can_no_longer_be_chosen(people: People) -> None:
    file = made(TOBIAS, NAME, "2026-0914")
    page = people.page(TOBIAS, f"/sag/{file}/")
    page.locator("button[value=disclosure]").click()
    page.goto(f"/sag/{file}/del/")
    grounds = page.locator("[name=ground] option")
    before = grounds.count()
    page.locator("[name=receiver]").select_option(label="Psykiatrien Vestegnen")
    expect(page.locator("[name=purpose] option[value=move]")).to_have_count(0)
    assert grounds.count() < before
