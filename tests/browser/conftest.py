"""A service on the demonstration and a Chromium, started once for the folder.

Package scope, not session: while Playwright's loop runs, Django refuses to touch the database in this thread, which
the tests of other folders need.
"""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

from lokalnet.project import chromium
from lokalnet.project.testbed import Testbed
from tests.browser.places import Place, reachable
from tests.browser.service import People, Service, Watched, running


@pytest.fixture(scope="package")
def program() -> str:
    found = chromium.find()
    if found is None and os.environ.get("LOKALNET_REQUIRE_BROWSER"):
        pytest.fail(chromium.missing())
    if found is None:
        pytest.skip(chromium.missing())
    return found


@pytest.fixture(scope="package")
def service(bed: Testbed) -> Iterator[Service]:
    with running(bed) as service:
        yield service


@pytest.fixture(scope="package")
def places(service: Service) -> list[Place]:
    return reachable(service)


@pytest.fixture(scope="package")
def playwright(program: str) -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="package")
def browser(playwright: Playwright, program: str) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path=program, args=list(chromium.FLAGS))
    yield browser
    browser.close()


@pytest.fixture(scope="package")
def kept() -> dict[str, Any]:
    """Who has logged in, with the cookies of it."""
    return {}


@pytest.fixture
def watched(service: Service) -> Watched:
    return Watched(service.url)


@pytest.fixture
def people(service: Service, browser: Browser, watched: Watched, kept: dict[str, Any]) -> Iterator[People]:
    """Whatever a test does: no error in the console, nothing the policy stopped, no request to anybody else."""
    people = People(service, browser, watched, kept)
    yield people
    for context in people.opened:
        context.close()
    assert watched.left() == []
