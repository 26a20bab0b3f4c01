"""A real server on a database of its own, for what needs real connections: races, and a fuzzer's pressure."""

import os
import secrets
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg

from lokalnet.project import serving
from lokalnet.project.testbed import Testbed

# Run in a process of its own, because Django in this one is bound to the tests' database.
FOUND = """
import django; django.setup()
from lokalnet.foundation.roles import MIGRATION, as_role
from tests.world import build
from tests.doors.people import api_key
world = build()
print(api_key(world.gladsaxe, "observations"))
"""


@dataclass
class Served:
    url: str
    token: str
    database: str

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    def ask(self, query: str) -> list[tuple]:  # type: ignore[type-arg]
        """What stands in the database, past all policies."""
        with psycopg.connect(self.database, user="postgres") as connection:
            return connection.execute(query).fetchall()  # type: ignore[arg-type]


@contextmanager
def server(bed: Testbed) -> Iterator[Served]:
    name = f"served_{secrets.token_hex(4)}"
    url = bed.clone(name)
    before = dict(os.environ)
    os.environ |= {"LOKALNET_DATABASE_URL": url, "LOKALNET_HOME": str(bed.home),
                   "DJANGO_SETTINGS_MODULE": "lokalnet.project.settings", "LOKALNET_HOSTS": "127.0.0.1"}
    try:
        token = subprocess.run([sys.executable, "-c", FOUND], env=os.environ | {"LOKALNET_LOGIN": "lokalnet_test"},
                               capture_output=True, text=True, check=True).stdout.split()[-1]
        port = free_port()
        with serving.web(host="127.0.0.1", port=port, workers=1):
            yield Served(f"http://127.0.0.1:{port}", token, url)
    finally:
        os.environ.clear()
        os.environ.update(before)
        bed.drop(name)


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
