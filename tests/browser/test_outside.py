"""Reports from outdoors in a real browser: no signal, a browser that is closed, a network that comes and goes."""

import base64
import io
import json
import shutil
import tempfile
from collections.abc import Iterator
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import BrowserContext, Page, Playwright, expect

from lokalnet.project import chromium
from tests.browser import network
from tests.browser.network import Network
from tests.browser.service import AMALIE, PASSWORD, PHONE, Service, log_in
from tests.browser.test_axe import violations

pytestmark = pytest.mark.browser

REPORTS = 50


class Telephone:
    """A browser with a folder of its own, that can be closed and opened again."""

    def __init__(self, playwright: Playwright, program: str, wire: Network, language: str = "da") -> None:
        self.playwright, self.program, self.network, self.language = playwright, program, wire, language
        self.folder = tempfile.mkdtemp(prefix="lokalnet-phone-")
        self.context: BrowserContext
        self.open()

    def open(self, **options: Any) -> None:
        self.context = self.playwright.chromium.launch_persistent_context(
            self.folder, executable_path=self.program, args=list(chromium.FLAGS), base_url=self.network.url,
            locale=self.language, viewport=PHONE, timezone_id="Europe/Copenhagen", **options)
        self.context.set_default_timeout(20_000)

    def close(self) -> None:
        self.context.close()

    def page(self) -> Page:
        return self.context.pages[0] if self.context.pages else self.context.new_page()

    def enter(self, email: str = AMALIE) -> Page:
        page = self.page()
        log_in(page, self.network.url, email)
        return self.outside()

    def outside(self, ready: str = "open") -> Page:
        page = self.page()
        page.goto("/ude/")
        page.locator(f"[data-ready={ready}]").wait_for()
        page.evaluate("navigator.serviceWorker.ready.then(() => 1)")
        return page


@pytest.fixture
def telephone(playwright: Playwright, program: str, service: Service) -> Iterator[Telephone]:
    with network.between(service.url) as wire:
        made = Telephone(playwright, program, wire)
        yield made
        made.close()
    shutil.rmtree(made.folder, ignore_errors=True)


def picture(number: int) -> bytes:
    """A photo of which each is another, with a camera's metadata in it."""
    image = Image.new("RGB", (320, 240), (number * 5 % 256, 90, 140))
    out = io.BytesIO()
    metadata = Image.Exif()
    metadata[0x010F] = "Hemmelig kamerafabrik"
    image.save(out, "JPEG", exif=metadata)
    return out.getvalue()


def write(page: Page, text: str, *, photo: bytes | None = None, area: str = "Grantoften") -> None:
    page.get_by_role("radio", name="Hærværk").check()
    page.get_by_label("Område", exact=True).select_option(label=area)
    page.locator("#text").fill(text)
    if photo:
        page.locator("[data-file]").set_input_files({"name": "foto.jpg", "mimeType": "image/jpeg", "buffer": photo})
        expect(page.locator("[data-taken]")).to_be_visible()


def send(page: Page) -> None:
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator("#text")).to_have_value("")


def pair(page: Page) -> None:
    page.get_by_role("button", name="Par", exact=True).click()
    expect(page.get_by_text("Telefonen er parret.")).to_be_visible()


def lines(page: Page, state: str) -> Any:
    return page.locator(f"[data-outbox] li[data-state={state}]")


def stored(service: Service, text: str) -> list[Any]:
    return service.sql("select t.text, p.jpeg from situation_observation_text t left join situation_photo p using "
                       "(observation_id) where t.text like %s order by t.text", [f"{text}%"])


def received(page: Page, service: Service, text: str) -> None:
    """Wait until the service has it, once."""
    for _patience in range(100):
        page.wait_for_timeout(50)
        if there := stored(service, text):
            break
    assert len(there) == 1


def flickering(number: int) -> str:
    """Of three sends one gets nowhere, one is received though its answer is lost, and one goes through."""
    return (network.NOWHERE, network.ANSWER_LOST, network.THROUGH)[number % 3]


def test_fifty_reports_without_signal_arrive_once_each_with_their_pictures(telephone: Telephone,
                                                                          service: Service) -> None:
    page = telephone.enter()
    pair(page)  # the log-in ends with the browser
    telephone.context.set_offline(True)
    page.reload()
    page.locator("[data-ready=open]").wait_for()
    expect(page.get_by_text("Intet signal.")).to_be_visible()
    for number in range(REPORTS):
        write(page, f"Uden signal {number:02}.", photo=picture(number))
        send(page)
    expect(lines(page, "waiting")).to_have_count(REPORTS)
    telephone.network.judge = lambda number: network.NOWHERE  # a browser that closes is for a moment offline no more
    telephone.close()

    telephone.open(offline=True)
    page = telephone.outside()
    expect(lines(page, "waiting")).to_have_count(REPORTS)
    assert stored(service, "Uden signal") == []
    telephone.network.fates.clear()
    telephone.network.judge = flickering
    telephone.context.set_offline(False)
    page.wait_for_timeout(1500)
    telephone.context.set_offline(True)
    page.wait_for_timeout(300)
    telephone.context.set_offline(False)
    for _patience in range(600):
        page.evaluate("dispatchEvent(new Event('online'))")  # it need not wait for its next try
        page.wait_for_timeout(50)
        if not page.locator("[data-outbox]").locator("li[data-state=waiting], li[data-state=sending]").count():
            break
    assert telephone.network.fates.count(network.ANSWER_LOST) > REPORTS // 2
    there = stored(service, "Uden signal")
    assert [text for text, _ in there] == [f"Uden signal {number:02}." for number in range(REPORTS)]
    shown = [Image.open(io.BytesIO(bytes(jpeg))) for _, jpeg in there]
    assert [abs(image.getpixel((160, 120))[0] - number * 5 % 256) < 12 for number, image in enumerate(shown)] == (
        [True] * REPORTS)
    assert not any(image.getexif() for image in shown)


def test_what_the_server_refuses_stays_to_be_changed(telephone: Telephone, service: Service) -> None:
    page = telephone.enter()
    telephone.context.set_offline(True)
    write(page, "Mads Nielsen slog ruden ind.")
    send(page)
    telephone.context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(lines(page, "refused")).to_have_count(1)
    page.get_by_role("button", name="Se hvorfor, og ret det").click()
    expect(page.locator("#text")).to_have_value("Mads Nielsen slog ruden ind.")
    expect(page.locator("[data-wrong=text]")).to_contain_text("Navnet på en person")
    assert violations(page) == []
    page.locator("#text").fill("Ruden er stadig knust, nu uden nummer.")
    send(page)
    received(page, service, "Ruden er stadig knust, nu uden nummer.")
    assert stored(service, "Mads Nielsen slog") == []


def test_numbers_are_refused_while_there_is_no_signal(telephone: Telephone) -> None:
    page = telephone.enter()
    telephone.context.set_offline(True)
    expect(page.get_by_text("Intet signal.")).to_be_visible()
    for text in ("Ring til 22 33 44 55.", "Han hedder 010203-1234.", "22334455"):
        page.get_by_role("radio", name="Hærværk").check()
        page.get_by_label("Område", exact=True).select_option(label="Grantoften")
        page.locator("#text").fill(text)
        page.get_by_role("button", name="Send", exact=True).click()
        expect(page.locator("[data-wrong=text]")).to_contain_text("Ingen CPR-numre")
    page.locator("#text").fill("Klokken 22.33 den 1.2.2026 ved nummer 4455.")
    send(page)
    expect(lines(page, "waiting")).to_have_count(1)


def test_a_lost_answer_and_an_edited_text_end_as_a_correction(telephone: Telephone, service: Service) -> None:
    page = telephone.enter()

    telephone.network.judge = lambda number: network.ANSWER_LOST
    write(page, "Svaret gik tabt.", photo=picture(3))
    send(page)
    received(page, service, "Svaret gik tabt.")
    assert violations(page) == []
    expect(lines(page, "waiting")).to_have_count(1)
    lines(page, "waiting").get_by_role("button", name="Skriv videre").click()
    expect(page.locator("#text")).to_have_value("Svaret gik tabt.")
    page.locator("#text").fill("Rettet, efter at svaret gik tabt.")
    telephone.network.judge = lambda number: network.THROUGH
    send(page)
    received(page, service, "Rettet, efter at svaret gik tabt.")
    assert stored(service, "Svaret gik tabt.") == []
    [(_, jpeg)] = stored(service, "Rettet, efter at svaret gik tabt.")
    assert jpeg is not None
    [(kinds,)] = service.sql("select array_agg(a.kind::text) from situation_act a join situation_observation_text t "
                             "using (observation_id) where t.text = 'Rettet, efter at svaret gik tabt.'")
    assert kinds == ["corrected"]


def everything_stored(page: Page) -> str:
    """All that a script, and so whoever takes the phone, can read of what this site keeps in the browser."""
    said: str = page.evaluate("""async () => {
      const plain = (value) => {
        if (value instanceof CryptoKey) return value.extractable ? "A KEY THAT CAN BE READ" : "key";
        if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return new TextDecoder("latin1").decode(value);
        if (value && typeof value === "object") return Object.entries(value).map(([key, each]) => [key, plain(each)]);
        return value;
      };
      const found = [plain({ ...localStorage }), plain({ ...sessionStorage }), document.cookie];
      for (const { name } of await indexedDB.databases()) {
        const result = (asked) => new Promise((done) => { asked.onsuccess = () => done(asked.result); });
        const base = await result(indexedDB.open(name));
        for (const store of base.objectStoreNames) {
          found.push(plain(await result(base.transaction(store).objectStore(store).getAll())));
        }
        base.close();
      }
      for (const name of await caches.keys()) {
        const cache = await caches.open(name);
        for (const request of await cache.keys()) {
          found.push(request.url, await (await cache.match(request, { ignoreVary: true })).text());
        }
      }
      return JSON.stringify(found);
    }""")
    return said


def log_out(page: Page) -> None:
    page.goto("/mine/")
    page.locator("details.person summary").click()
    page.get_by_role("button", name="Log ud").click()
    page.wait_for_url("**/konto/log-ind/")


def test_after_log_out_nothing_can_be_read_and_only_the_same_member_sends_it(telephone: Telephone,
                                                                            service: Service) -> None:
    page = telephone.enter()
    telephone.network.judge = lambda number: network.NOWHERE
    write(page, "Hemmeligheden i opgangen.", photo=picture(7))
    send(page)
    expect(lines(page, "waiting")).to_have_count(1)
    assert "A KEY THAT CAN BE READ" not in everything_stored(page)
    log_out(page)

    left = everything_stored(page)
    photo = base64.b64encode(picture(7)).decode()[100:160]
    for secret in ("Hemmeligheden", "Grantoften", "Amalie", "Gladsaxe Kommune", "key\\", "Hærværk\"", photo):
        assert secret not in left, secret
    assert json.loads(left)
    page = telephone.outside(ready="locked")
    expect(page.get_by_text("Venter på telefonen: 1")).to_be_visible()

    telephone.network.judge = lambda number: network.THROUGH
    page = telephone.enter("ssp@herlev.example")
    expect(page.get_by_text("Fra et andet log ind, låst, til vedkommende logger ind: 1")).to_be_visible()
    page.wait_for_timeout(500)
    assert stored(service, "Hemmeligheden") == []
    log_out(page)

    page = telephone.enter()
    received(page, service, "Hemmeligheden i opgangen.")
    [(name,)] = service.sql(
        "select m.name from situation_observation_exact e join access_member m on m.id = e.reporter_id "
        "join situation_observation_text t using (observation_id) where t.text = 'Hemmeligheden i opgangen.'")
    assert name == "Amalie Berg"


def test_a_paired_phone_sends_without_a_log_in_until_it_is_revoked(telephone: Telephone, service: Service) -> None:
    page = telephone.enter()
    pair(page)
    telephone.context.clear_cookies(name="lokalnet")  # the session ran out
    page = telephone.outside()
    write(page, "Sendt fra en parret telefon.")
    send(page)
    received(page, service, "Sendt fra en parret telefon.")
    expect(page.locator("[data-put-down]")).to_have_text("Sendt.")  # nothing is asked of the service any more
    service.sql("update access_device set revoked_at = now(), public_key = null")
    write(page, "Efter at den blev afmeldt.")
    page.get_by_role("button", name="Send", exact=True).click()
    page.locator("[data-ready=locked]").wait_for()
    expect(page.get_by_text("Venter på telefonen: 1")).to_be_visible()
    assert stored(service, "Efter at den blev afmeldt.") == []
    assert "Efter at den blev" not in everything_stored(page)
    page = telephone.enter()
    received(page, service, "Efter at den blev afmeldt.")
    assert PASSWORD not in everything_stored(page)
