"""Reports from outdoors where something gets in the way: another tab, another member, an answer that is none."""

import io
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser import network
from tests.browser.service import METTE, Service, log_in
from tests.browser.test_outside import (
    Telephone,
    lines,
    log_out,
    pair,
    picture,
    received,
    send,
    stored,
    telephone,
    write,
)

pytestmark = pytest.mark.browser

__all__ = ["telephone"]

KEYS = """async () => {
  const result = (asked) => new Promise((done) => { asked.onsuccess = () => done(asked.result); });
  const base = await result(indexedDB.open("lokalnet"));
  const kept = await result(base.transaction("keys").objectStore("keys").get("outbox"));
  base.close();
  return Boolean(kept?.key);
}"""
SLOW_KIT = """const fetched = window.fetch;
window.fetch = async (address, ...rest) => {
  const answer = await fetched(address, ...rest);
  if (String(address).includes("saet.json")) await new Promise((done) => setTimeout(done, 1500));
  return answer;
};
dispatchEvent(new Event("online"));"""


def another_tab(telephone: Telephone, ready: str = "open") -> Page:
    page = telephone.context.new_page()
    page.goto("/ude/")
    page.locator(f"[data-ready={ready}]").wait_for()
    return page


def test_an_answer_from_somebody_else_loses_nothing(telephone: Telephone, service: Service) -> None:
    """A page to log in to the wireless network, or a second factor that is to be set up first, answers 200 too."""
    page = telephone.enter()
    page.route("**/ude/send/", lambda route: route.fulfill(status=200, content_type="text/html", body="<p>Velkommen"))
    write(page, "Besvaret af et gæstenet.")
    send(page)
    page.wait_for_timeout(500)
    expect(lines(page, "waiting")).to_have_count(1)
    page.unroute("**/ude/send/")
    page.evaluate("dispatchEvent(new Event('online'))")
    received(page, service, "Besvaret af et gæstenet.")


def test_an_older_tab_does_not_write_over_what_another_finished(telephone: Telephone, service: Service) -> None:
    older = telephone.enter()
    telephone.network.judge = lambda number: network.NOWHERE
    write(older, "Halvt skrevet.")
    older.wait_for_timeout(800)
    newer = another_tab(telephone)
    expect(newer.locator("#text")).to_have_value("Halvt skrevet.")
    newer.locator("#text").fill("Skrevet helt færdigt.")
    send(newer)
    expect(lines(newer, "waiting")).to_have_count(1)
    older.evaluate("dispatchEvent(new Event('pagehide'))")
    older.wait_for_timeout(500)
    older.close()
    telephone.network.judge = lambda number: network.THROUGH
    newer.evaluate("dispatchEvent(new Event('online'))")
    received(newer, service, "Skrevet helt færdigt.")
    assert stored(service, "Halvt skrevet.") == []


def test_what_is_covered_last_is_covered_when_it_is_sent_at_once(telephone: Telephone, service: Service) -> None:
    page = telephone.enter()
    write(page, "Dækket til sidst.", photo=picture(1))
    page.wait_for_timeout(500)
    page.evaluate("""() => {
      const was = HTMLCanvasElement.prototype.toBlob;
      HTMLCanvasElement.prototype.toBlob = function (done, ...rest) {
        was.call(this, (blob) => setTimeout(() => done(blob), 1200), ...rest);
      };
    }""")
    page.locator("[data-taken] canvas").press("Enter")
    page.evaluate("document.querySelector('[data-form]').requestSubmit()")
    expect(page.locator("#text")).to_have_value("", timeout=8000)
    received(page, service, "Dækket til sidst.")
    [(_, jpeg)] = stored(service, "Dækket til sidst.")
    image: Any = Image.open(io.BytesIO(bytes(jpeg)))
    assert sum(image.getpixel((160, 120))) < 60, "the middle was covered"
    page.wait_for_timeout(2000)
    write(page, "Den næste, uden billede.")
    send(page)
    received(page, service, "Den næste, uden billede.")
    assert stored(service, "Den næste, uden billede.")[0][1] is None


def test_log_out_in_one_tab_holds_in_all(telephone: Telephone, service: Service) -> None:
    """Also where another tab has just asked for the key and gets it after the log-out."""
    page = telephone.enter()
    other = another_tab(telephone)
    other.locator("#text").fill("Skrevet i den anden.")
    other.wait_for_timeout(800)
    page.goto("/mine/")
    page.locator("details.person summary").click()
    other.evaluate(SLOW_KIT)
    page.get_by_role("button", name="Log ud").click()
    page.wait_for_url("**/konto/log-ind/")
    page.wait_for_timeout(3000)
    assert not page.evaluate(KEYS)
    other.locator("[data-ready=locked]").wait_for()
    expect(other.locator("#text")).to_have_value("")


def test_a_tab_that_was_another_members_takes_nothing_along(telephone: Telephone, service: Service) -> None:
    amalies = telephone.enter()
    amalies.locator("#text").fill("Skrevet af Amalie.")
    amalies.wait_for_timeout(800)
    other = telephone.context.new_page()
    log_out(other)
    log_in(other, telephone.network.url, METTE)
    amalies.evaluate("dispatchEvent(new Event('online'))")
    amalies.wait_for_timeout(2500)
    amalies.locator("[data-ready]").wait_for()
    assert amalies.locator("#text").input_value() == ""
    assert "Amalie" not in amalies.locator("[data-who]").inner_text()


def test_a_revoked_phone_reads_nothing_either(telephone: Telephone, service: Service) -> None:
    page = telephone.enter()
    pair(page)
    write(page, "Kun et udkast.")
    page.wait_for_timeout(800)
    telephone.context.clear_cookies(name="lokalnet")
    service.sql("update access_device set revoked_at = now(), public_key = null")
    page = telephone.outside(ready="locked")
    assert not page.evaluate(KEYS)


def test_what_was_written_for_an_exercise_does_not_end_up_elsewhere(telephone: Telephone, service: Service) -> None:
    page = telephone.enter()
    slug = page.locator("#partnership").input_value()
    telephone.network.judge = lambda number: network.NOWHERE
    write(page, "Skrevet til øvelsen.")
    page.wait_for_timeout(800)
    service.sql("update access_partnership set slug = 'en-anden' where slug = %s", [slug])
    try:
        page = telephone.outside()
        expect(page.locator("#text")).to_have_value("Skrevet til øvelsen.")
        expect(page.locator("#partnership")).to_have_value(slug)
        telephone.network.judge = lambda number: network.THROUGH
        send(page)
        expect(lines(page, "refused")).to_have_count(1)
        assert stored(service, "Skrevet til øvelsen.") == []
    finally:
        service.sql("update access_partnership set slug = %s where slug = 'en-anden'", [slug])
