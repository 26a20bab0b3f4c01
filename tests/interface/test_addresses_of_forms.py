"""The address of a form, asked for as a page, leads to the page that it stands on."""

import pytest
from django.http import HttpResponse, HttpResponseNotAllowed
from django.test import RequestFactory

from lokalnet.interface.middleware import AddressesOfFormsMiddleware, above

HTML = "text/html,application/xhtml+xml,*/*;q=0.8"
MEASURE = "/indsats/0b8f4c3e-0000-4000-8000-000000000001/"


@pytest.mark.parametrize("path, page", [
    (MEASURE + "trin/", MEASURE), ("/enheder/par/", "/enheder/"), ("/sprog/", "/"), ("/", "/"), ("/no/such/", "/")])
def test_it_is_the_nearest_address_above(path: str, page: str) -> None:
    assert above(path) == page


def refusing(request: object) -> HttpResponse:
    return HttpResponseNotAllowed(["POST"])


def test_a_browser_is_led_to_the_page() -> None:
    answer = AddressesOfFormsMiddleware(refusing)(RequestFactory().get(MEASURE + "trin/", headers={"accept": HTML}))
    assert answer.status_code == 302
    assert answer.headers["Location"] == MEASURE


@pytest.mark.parametrize("accept", ["application/json", "*/*", ""])
def test_a_program_hears_that_the_method_is_wrong(accept: str) -> None:
    answer = AddressesOfFormsMiddleware(refusing)(RequestFactory().get(MEASURE + "trin/", headers={"accept": accept}))
    assert answer.status_code == 405


def test_what_is_sent_is_never_led_elsewhere() -> None:
    answer = AddressesOfFormsMiddleware(refusing)(RequestFactory().post("/min-dag/", headers={"accept": HTML}))
    assert answer.status_code == 405
