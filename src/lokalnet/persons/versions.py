"""Secrets that are replaced now and then: files `keys/<name>-<version>.key` outside the database, counted from 1."""

import re
from collections.abc import Collection

from lokalnet.foundation.home import home, secret


class SecretMissing(Exception):
    """A file of a secret that is still in use is not there; the words say which."""


def kept(name: str) -> list[int]:
    """Rising. The first version is made by whoever asks first."""
    found = [re.fullmatch(rf"{re.escape(name)}-(\d+)\.key", path.name) for path in (home() / "keys").glob("*.key")]
    return sorted(int(each[1]) for each in found if each) or [1]


def newest(name: str) -> tuple[int, bytes]:
    version = kept(name)[-1]
    return version, secret(f"{name}-{version}")


def at(name: str, version: int) -> bytes:
    """Never made here: a secret made anew would open nothing. Raises SecretMissing."""
    path = home() / "keys" / f"{name}-{version}.key"
    if not path.exists():
        raise SecretMissing(f"{path} is missing; bring it back from where the keys are kept")
    return secret(f"{name}-{version}")


def renew(name: str) -> int:
    version = kept(name)[-1] + 1
    secret(f"{name}-{version}")
    return version


def drop_all_but(name: str, used: Collection[int]) -> None:
    """Only for who has seen that nothing uses the others any more. The newest one stays."""
    for version in kept(name)[:-1]:
        if version not in used:
            (home() / "keys" / f"{name}-{version}.key").unlink(missing_ok=True)
