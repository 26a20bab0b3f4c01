"""Which database this process talks to, and as whom.

`LOKALNET_DATABASE_URL` names a server that exists (`postgresql://host/name`; passwords by libpq's PGPASSFILE).
Without it we serve a cluster of our own below `LOKALNET_HOME`. The *process* picks its login through
`LOKALNET_LOGIN`; there is one connection alias only (engineering 8).
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import psycopg
from psycopg.conninfo import make_conninfo

from lokalnet.foundation.home import home
from lokalnet.project import logins
from lokalnet.project.cluster import Cluster, cluster_in, served

NAME = "lokalnet"


class DatabaseError(Exception):
    """The database is not there or not as expected; the message says what to do."""


def parameters(login: str) -> dict[str, str]:
    """libpq parameters for one login."""
    url = os.environ.get("LOKALNET_DATABASE_URL")
    if url:
        return _from_url(url) | {"user": login}
    return {"host": str(cluster_in(home()).socket), "dbname": NAME, "user": login}


def _from_url(url: str) -> dict[str, str]:
    parts = urlsplit(url)
    if parts.scheme not in ("postgresql", "postgres"):
        raise DatabaseError("LOKALNET_DATABASE_URL: must begin with postgresql://")
    found = {"dbname": unquote(parts.path.lstrip("/")) or NAME, **dict(parse_qsl(parts.query))}
    for key, value in (("host", parts.hostname), ("port", parts.port), ("user", parts.username),
                       ("password", parts.password)):
        if value and key not in found:
            found[key] = unquote(str(value))
    return found


def connect(**wanted: str) -> psycopg.Connection[tuple[Any, ...]]:
    """A connection of its own outside Django, by libpq parameters, each statement a transaction."""
    return psycopg.connect(make_conninfo("", **wanted), autocommit=True)


@contextmanager
def available(**settings: str) -> Iterator[Cluster | None]:
    """The database, reachable and with its logins; a cluster of our own is stopped again on leaving."""
    if os.environ.get("LOKALNET_DATABASE_URL"):
        yield None
        return
    with served(cluster_in(home()), **settings) as cluster:
        prepare(cluster, NAME)
        yield cluster


def prepare(cluster: Cluster, name: str, *, for_tests: bool = False) -> None:
    """Logins and an empty database in a cluster of our own."""
    with connect(host=str(cluster.socket), user="postgres", dbname="postgres") as connection:
        for statement in logins.bootstrap_sql(for_tests=for_tests):
            connection.execute(statement)
        if connection.execute("select 1 from pg_database where datname = %s", [name]).fetchone():
            return
        connection.execute(f'create database "{name}" template template0 encoding utf8')
    with connect(host=str(cluster.socket), user="postgres", dbname=name) as connection:
        for statement in logins.database_sql(name):
            connection.execute(statement)
