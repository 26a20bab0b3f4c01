"""List and map are one set, the filters stand in the address, and a browser listens once."""

import re

import pytest
from playwright.sync_api import Page, Request, expect

from tests.browser.service import AMALIE, DESKTOP, JONAS, PHONE, RASMUS, SAMIRA, People, connected, drawn

pytestmark = pytest.mark.browser


def heading(page: Page) -> int:
    words = page.get_by_role("heading", level=1).inner_text()
    found = re.search(r"\d+", words)
    assert found, words
    return int(found[0])


def rows_of_all_pages(page: Page) -> list[str]:
    ids: list[str] = []
    while True:
        ids += page.locator("[data-id]").evaluate_all("(rows) => rows.map((row) => row.dataset.id)")
        older = page.get_by_role("link", name="Ældre")
        if not older.count():
            return ids
        older.click()
        page.wait_for_url(re.compile("cursor="))


@pytest.mark.parametrize(("email", "query"), [
    (AMALIE, "days=7"), (AMALIE, "days=30&severity=2"), (AMALIE, "days=90&category=threats"),
    (RASMUS, "days=14"), (JONAS, "days=14&category=drug-dealing"), (AMALIE, "days=1&category=weapons")])
def test_list_and_map_show_the_same_set(people: People, email: str, query: str) -> None:
    page = people.page(email, f"/overblik/?{query}")
    shown = int(drawn(page).get_attribute("data-shown") or -1)
    points = page.request.get(f"/overblik/kort.json?{query}").json()["ids"]
    assert heading(page) == shown == len(points)
    ids = rows_of_all_pages(page)
    assert len(ids) == len(set(ids)) == shown
    assert set(ids) == set(points)


def test_a_person_without_the_shared_picture_sees_the_own_reports_alike(people: People) -> None:
    page = people.page(SAMIRA, "/overblik/?days=30")
    assert heading(page) == int(drawn(page).get_attribute("data-shown") or -1)
    expect(page.locator("[data-live]")).to_have_count(0)


def test_the_numbers_on_the_map_add_up(people: People) -> None:
    page = people.page(AMALIE, "/overblik/?days=30")
    section = drawn(page)
    total = int(section.get_attribute("data-shown") or -1)
    expect(page.locator(".map .cluster").first).to_be_visible()
    assert on_map(page) == total
    page.locator("[name=category]").select_option("vandalism")
    expect(section).not_to_have_attribute("data-shown", str(total))
    page.wait_for_timeout(400)  # the frame after the data
    assert on_map(page) == int(section.get_attribute("data-shown") or -1) == heading(page)


def on_map(page: Page) -> int:
    return sum(page.locator(".map .cluster, .map .pin").evaluate_all(
        "(marks) => marks.map((mark) => mark.matches('.pin') ? 1 : Number(mark.textContent))"))


def test_filters_live_in_the_address(people: People) -> None:
    page = people.page(AMALIE, "/overblik/?days=30")
    section = drawn(page)
    page.evaluate("window.neverReloaded = true")
    all_of_them = heading(page)
    page.locator("[name=category]").select_option("vandalism")
    page.wait_for_url("**category=vandalism**")
    expect(section).not_to_have_attribute("data-shown", str(all_of_them))
    fewer = heading(page)
    page.locator("[name=area]").select_option(label="Blokhaven")
    expect(page.get_by_role("heading", level=1)).to_contain_text("i Blokhaven")
    fewest = heading(page)
    assert fewest < fewer < all_of_them
    assert page.evaluate("window.neverReloaded") is True

    page.reload()
    expect(drawn(page)).to_have_attribute("data-shown", str(fewest))
    expect(page.locator("[name=area] option:checked")).to_have_text("Blokhaven")
    expect(page.locator("[name=category]")).to_have_value("vandalism")

    page.locator("[name=area]").select_option("")
    expect(page.locator("[data-map]")).to_have_attribute("data-shown", str(fewer))
    page.go_back()
    expect(page.locator("[data-map]")).to_have_attribute("data-shown", str(fewest))
    expect(page.locator("[name=area] option:checked")).to_have_text("Blokhaven")
    page.go_forward()
    expect(page.locator("[data-map]")).to_have_attribute("data-shown", str(fewer))
    expect(page.locator("[name=area]")).to_have_value("")


def test_older_and_back_to_the_newest(people: People) -> None:
    page = people.page(AMALIE, "/overblik/?days=90&severity=2")
    first = page.locator("[data-id]").first.get_attribute("data-id")
    page.get_by_role("link", name="Ældre").click()
    page.wait_for_url("**cursor=**")
    assert "days=90" in page.url and "severity=2" in page.url
    expect(page.locator(f"[data-id='{first}']")).to_have_count(0)
    expect(page.locator("[name=days]")).to_have_value("90")
    page.get_by_role("link", name="Tilbage til de nyeste").click()
    expect(page.locator("[data-id]").first).to_have_attribute("data-id", first or "")


def test_pointing_at_a_row_marks_its_pin_also_after_the_list_changed(people: People) -> None:
    page = people.page(AMALIE, "/overblik/?days=90")
    section = drawn(page)
    before = section.get_attribute("data-shown") or ""
    page.locator("[name=category]").select_option("shots")
    expect(section).not_to_have_attribute("data-shown", before)
    pin = page.locator(".map .pin").first
    expect(pin).to_be_visible()
    page.wait_for_timeout(300)
    page.locator(".pin").first.press("Enter")
    chosen = page.locator(".sight.chosen")
    chosen.hover()
    expect(page.locator(".pin.chosen")).to_have_count(1)


def test_an_empty_picture_says_what_to_do(people: People) -> None:
    page = people.page(AMALIE, "/overblik/?days=1&category=weapons&severity=3")
    drawn(page)
    assert heading(page) == 0
    expect(page.locator("main").get_by_role("link", name="Del det, du så")).to_be_visible()


def test_the_live_box_stays_where_it_is_when_nothing_fits(people: People) -> None:
    page = people.page(AMALIE, "/overblik/?days=30")
    drawn(page)
    before = page.locator("[data-live]").bounding_box()
    page.locator("[name=category]").select_option("weapons")
    page.locator("[name=days]").select_option("1")
    expect(page.locator(".empty")).to_be_visible()
    assert page.locator("[data-live]").bounding_box() == before


@pytest.mark.parametrize(("viewport", "columns"), [(DESKTOP, 5), (PHONE, 1)])
def test_more_filters_use_the_width(people: People, viewport: dict[str, int], columns: int) -> None:
    page = people.page(AMALIE, "/overblik/", viewport=viewport)
    drawn(page)
    page.locator(".more-filters summary").click()
    lefts = page.locator(".more-fields > div").evaluate_all("(all) => all.map((e) => e.getBoundingClientRect().x)")
    assert len(lefts) == 5 and len(set(lefts)) == columns


def test_a_search_for_a_person_is_not_made_and_stands_nowhere(people: People) -> None:
    page = people.page(AMALIE, "/overblik/?days=30")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    before = drawn(page).get_attribute("data-shown")
    page.locator("[name=q]").fill("Mads Nielsen")
    page.locator("[name=q]").press("Enter")
    expect(page.locator("#results").get_by_role("alert")).to_be_visible()
    expect(page.locator("[name=q]")).to_have_value("")
    assert heading(page) == int(before or -1)
    assert not any("Nielsen" in url for url in [*asked, page.url])


def test_words_to_search_for_stand_in_the_address_when_they_were_searched_for(people: People) -> None:
    page = people.page(AMALIE, "/overblik/?days=90")
    section = drawn(page)
    before = section.get_attribute("data-shown") or ""
    page.locator("[name=q]").fill("scooter")
    page.locator("[name=q]").press("Enter")
    page.wait_for_url("**q=scooter**")
    expect(section).not_to_have_attribute("data-shown", before)
    assert "days=90" in page.url and "csrf" not in page.url
    page.go_back()
    expect(section).to_have_attribute("data-shown", before)
    expect(page.locator("[name=q]")).to_have_value("")


def test_the_slider_is_one_step_in_the_history_and_says_its_day(people: People) -> None:
    page = people.page(AMALIE, "/omraader/")
    page.goto("/overblik/?days=30")
    drawn(page)
    steps = page.evaluate("history.length")
    first = page.locator("[data-first]")
    expect(first).to_be_visible()
    for _ in range(3):
        first.press("ArrowRight")
    page.wait_for_url("**since=**")
    expect(first).to_have_value("3")
    expect(first).to_have_attribute("aria-valuetext", re.compile(r"^[a-zæøå]+ \d+\. [a-z]+: \d+ hændelser$"))
    assert page.evaluate("history.length") == steps + 1
    page.go_back()
    page.wait_for_url("**/overblik/?days=30")
    expect(first).to_have_value("0")


def test_a_saved_view_stands_above_the_filters(people: People) -> None:
    page = people.page(JONAS, "/overblik/?days=30&category=vandalism")
    page.locator(".list-acts a").first.click()
    page.locator("[name=name]").fill("Hærværk i en måned")
    page.locator(".save-view button").click()
    page.goto("/overblik/")
    page.locator(".chips").get_by_role("link", name="Hærværk i en måned").click()
    page.wait_for_url("**category=vandalism**")


@pytest.mark.parametrize("path", ["/administration/", "/mine-opslag/", "/kategorier/", "/konto/sessioner/"])
def test_a_table_on_a_phone_names_each_value(people: People, path: str) -> None:
    page = people.page(JONAS, path, viewport=PHONE)
    table = page.locator(".table.stacked").first
    expect(table.locator("tbody td").first).to_have_attribute("data-label", re.compile("."))
    box = table.bounding_box()
    assert box and box["x"] >= 0 and box["x"] + box["width"] <= PHONE["width"]


def test_three_tabs_listen_once_and_all_hear(people: People) -> None:
    context = people.context(RASMUS)
    opened: list[Request] = []
    ended: list[Request] = []
    context.on("request", lambda request: opened.append(request) if "/overblik/live" in request.url else None)
    for event in ("requestfinished", "requestfailed"):
        context.on(event, lambda request: ended.append(request) if "/overblik/live" in request.url else None)
    tabs = [context.new_page() for _ in range(3)]
    for tab in tabs:
        tab.goto("/overblik/")
        connected(tab)
    assert len(opened) == 1 and not ended

    text = "Hørt i tre faneblade."
    tell(people, text)
    for tab in tabs:
        expect(tab.locator("[data-id]", has_text=text)).to_have_count(1)

    tabs[0].close()
    tell(people, "Hørt af dem, der er tilbage.")
    for tab in tabs[1:]:
        expect(tab.locator("[data-id]", has_text="Hørt af dem, der er tilbage.")).to_have_count(1)
    assert len(opened) == 2


def tell(people: People, text: str) -> None:
    page = people.page(AMALIE, "/del/")
    page.get_by_role("radio", name="Andet").check()
    page.get_by_label("Område").select_option(label="Blokhaven")
    page.get_by_label("Hvad blev der set?").fill(text)
    page.get_by_text("Skift, hvem der kan se det").click()
    page.get_by_label("Også politiet").check()
    page.get_by_role("button", name="Send", exact=True).click()
    page.wait_for_url("**/overblik/")
    page.close()


def test_news_leave_the_reader_where_they_were(people: People) -> None:
    page = people.page(RASMUS, "/overblik/?days=14")
    drawn(page)
    connected(page)
    row = page.locator(".sight").nth(12)
    row.focus()
    where = row.get_attribute("href")
    page.locator("#results").evaluate("(list) => { list.scrollTop = 500; }")
    tell(people, "Nyt, mens en anden læser.")
    expect(page.locator("[data-id]", has_text="Nyt, mens en anden læser.")).to_have_count(1)
    expect(page.locator(f".sight[href='{where}']")).to_be_focused()
    assert page.locator("#results").evaluate("(list) => list.scrollTop") > 300


def test_a_session_that_has_ended_leads_to_log_in_and_back(people: People) -> None:
    people.watched.allow("status of 401")
    page = people.page(AMALIE, "/overblik/?days=30")
    drawn(page)
    page.context.clear_cookies(name="lokalnet")
    page.locator("[name=category]").select_option("shots")
    expect(page.locator("[name=login]")).to_be_visible()
    expect(page.locator("main")).to_have_count(1)
    assert "category" in page.url  # where to go on afterwards


def test_theme_and_language_switch_and_stay(people: People) -> None:
    page = people.page(AMALIE, "/overblik/?days=30&severity=2")
    page.locator(".person summary").click()
    page.get_by_role("button", name="Mørk").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.locator(".person summary").click()
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert "days=30" in page.url and "severity=2" in page.url
    expect(page.get_by_role("link", name="Overview")).to_be_visible()
    page.goto("/del/")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert page.locator("body").evaluate("(e) => getComputedStyle(e).backgroundColor") == "rgb(18, 23, 27)"
    page.locator(".person summary").click()
    page.get_by_role("button", name="Dansk").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Del det, du så")


def test_on_a_phone_the_picture_is_one_column(people: People) -> None:
    page = people.page(AMALIE, "/overblik/", viewport=PHONE)
    drawn(page)
    boxes = [page.locator(part).bounding_box() for part in (".map", "#results")]
    assert all(box and box["x"] >= 0 and box["x"] + box["width"] <= PHONE["width"] for box in boxes)
