"""A database server for tests and measurements: a throw-away cluster with a migrated template to clone."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from lokalnet.project import database, logins, messages, migrating
from lokalnet.project.cluster import Cluster, cluster_in, served

TEMPLATE = "lokalnet_template"


@dataclass(frozen=True)
class Testbed:
    __test__ = False  # for pytest: this is no test

    home: Path
    socket: Path

    @property
    def named(self) -> str:
        """How other processes get to know of it: in LOKALNET_TESTBED."""
        return f"{self.home}|{self.socket}"

    def url(self, name: str) -> str:
        return f"postgresql:///{name}?host={self.socket}"

    def clone(self, name: str, template: str = TEMPLATE) -> str:
        """A fresh database from the template; its URL."""
        with psycopg.connect(host=str(self.socket), user="postgres", dbname="postgres", autocommit=True) as admin:
            admin.execute(f'drop database if exists "{name}" with (force)')
            admin.execute(f'create database "{name}" template "{template}"')
        with psycopg.connect(host=str(self.socket), user="postgres", dbname=name, autocommit=True) as admin:
            for statement in logins.database_sql(name):
                admin.execute(statement)
            admin.execute(f'grant connect on database "{name}" to {logins.TEST}')
        return self.url(name)

    def drop(self, name: str) -> None:
        with psycopg.connect(host=str(self.socket), user="postgres", dbname="postgres", autocommit=True) as admin:
            admin.execute(f'drop database if exists "{name}" with (force)')


@contextmanager
def testbed(*, version: str = "18", durable: bool = False, like: Testbed | None = None,
            **settings: str) -> Iterator[Testbed]:
    """A cluster of the wanted major version in a folder of its own, gone afterwards.

    `like` another one it has that one's version and template: to copy it takes a second, and to migrate takes eight.
    """
    home = Path(tempfile.mkdtemp(prefix="lokalnet-test-", dir=os.environ.get("LOKALNET_TEST_FOLDER")))
    home.chmod(0o755)
    before = dict(os.environ)
    os.environ["LOKALNET_HOME"] = str(home)
    os.environ.pop("LOKALNET_DATABASE_URL", None)
    fast = {} if durable else {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
    try:
        cluster: Cluster = cluster_in(home, str(cluster_in(like.home).engine.version) if like else version)
        with served(cluster, max_connections="200", **fast, **settings):
            database.prepare(cluster, TEMPLATE, for_tests=True)
            bed = Testbed(home, cluster.socket)
            os.environ["LOKALNET_DATABASE_URL"] = bed.url(TEMPLATE)
            messages.compile_all()
            _copy(cluster, like, bed) if like else migrating.migrate()
            del os.environ["LOKALNET_DATABASE_URL"]
            yield bed
    finally:
        os.environ.clear()
        os.environ.update(before)
        shutil.rmtree(home, ignore_errors=True)


def for_tests(version: str) -> AbstractContextManager[Testbed]:
    """The one that tests share. They roll back: autovacuum would see none of their rows, count full tables as empty,
    and plans would follow."""
    return testbed(version=version, autovacuum="off")


def _copy(cluster: Cluster, there: Testbed, here: Testbed) -> None:
    options = ["-U", "postgres", "-d", TEMPLATE]
    with subprocess.Popen([cluster.engine.program("pg_dump"), "-h", str(there.socket), *options],
                          stdout=subprocess.PIPE) as dump:
        subprocess.run([cluster.engine.program("psql"), "-h", str(here.socket), *options, "-q", "-o", os.devnull,
                        "-v", "ON_ERROR_STOP=1"], stdin=dump.stdout, check=True)
    if dump.returncode:
        raise subprocess.CalledProcessError(dump.returncode, "pg_dump")
