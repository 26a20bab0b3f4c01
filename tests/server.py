"""A throw-away PostgreSQL for the whole run, and a clone of the migrated template for each worker.

A pytest plugin, because Django's settings are read before any conftest. The tests' connection is the login
`lokalnet_test` in the role `lokalnet_app`: policies bind it as they bind the service.
"""

import os
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest

from lokalnet.project.testbed import Testbed, for_tests

_started = ExitStack()


def _prepare() -> None:
    if "LOKALNET_TESTBED" not in os.environ:
        made = _started.enter_context(for_tests(os.environ.get("LOKALNET_TEST_POSTGRES", "18")))
        os.environ["LOKALNET_TESTBED"] = made.named
    found = current()
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    os.environ |= {
        "LOKALNET_HOME": str(found.home),
        "LOKALNET_LOGIN": "lokalnet_test",
        "LOKALNET_DATABASE_URL": found.clone(f"test_{worker}"),
        "LOKALNET_TWO_FACTOR_REQUIRED": "false",
    }


def current() -> Testbed:
    home, _, socket = os.environ["LOKALNET_TESTBED"].partition("|")
    return Testbed(Path(home), Path(socket))


@pytest.hookimpl(trylast=True)
def pytest_unconfigure() -> None:
    with suppress(Exception):
        from django.db import connections

        connections.close_all()
    _started.close()


_prepare()
