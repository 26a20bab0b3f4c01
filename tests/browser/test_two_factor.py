"""Two-factor login is turned on, used and turned off on pages as accessible as the others."""

import base64
import hmac
import struct
import time

import pytest
from playwright.sync_api import Page, expect

from tests.browser.service import PASSWORD, PHONE, People, log_in
from tests.browser.test_axe import violations

pytestmark = pytest.mark.browser
IDA = "analytiker@ballerup.example"


def code(secret: str) -> str:
    """The number that an authenticator app would show (RFC 6238)."""
    counter = struct.pack(">Q", int(time.time()) // 30)
    digest = hmac.digest(base64.b32decode(secret), counter, "sha1")
    offset = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[offset:offset + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"


def fine(page: Page) -> None:
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    expect(page.get_by_role("heading", level=1)).to_have_count(1)


def confirm(page: Page) -> None:
    if "bekraeft" in page.url:
        page.locator("[name=password]").fill(PASSWORD)
        page.locator("[name=password]").press("Enter")


def test_on_used_and_off(people: People) -> None:
    page = people.context(viewport=PHONE, theme="dark").new_page()
    log_in(page, people.service.url, IDA)
    page.goto("/konto/to-faktor/app/til/")
    confirm(page)
    fine(page)
    secret = page.locator("main code").inner_text()
    page.locator("[name=code]").fill("000000")
    page.locator("[name=code]").press("Enter")
    expect(page.locator("[name=code]")).to_have_attribute("aria-invalid", "true")
    fine(page)
    assert page.locator("main code").inner_text() == secret
    page.locator("[name=code]").fill(code(secret))
    page.locator("[name=code]").press("Enter")
    page.wait_for_url("**/konto/to-faktor/**")
    for path in ("/konto/to-faktor/", "/konto/to-faktor/reservekoder/", "/konto/to-faktor/reservekoder/nye/",
                 "/konto/to-faktor/app/fra/"):
        page.goto(path)
        confirm(page)
        fine(page)
    page.goto("/konto/to-faktor/reservekoder/")
    reserve = page.locator("main li code").first.inner_text()

    other = people.context(viewport=PHONE).new_page()
    log_in(other, people.service.url, IDA)
    other.wait_for_url("**/konto/to-faktor/kode/**")
    fine(other)
    other.goto("/overblik/")
    expect(other.locator("[name=code]")).to_be_visible()  # the password alone opens nothing
    other.locator("[name=code]").fill(reserve)  # an app's code works once, and the next comes in half a minute
    other.locator("[name=code]").press("Enter")
    other.wait_for_url("**/min-dag/")

    page.goto("/konto/to-faktor/app/fra/")
    confirm(page)
    page.locator("main button").last.click()
    page.goto("/konto/to-faktor/")
    expect(page.locator("main").get_by_role("link", name="Slå til")).to_be_visible()
