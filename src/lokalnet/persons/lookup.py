"""Finding a person again by what only the sealed text holds: keyed digests, under a key for each controller.

There are so few CPR numbers that a plain digest is as good as the number. The secret lies outside the database, and
each controller's key is derived from it: two organisations that know the same youth have nothing in common to match.
"""

import hashlib
import hmac
import re
import unicodedata
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date
from uuid import UUID

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from lokalnet.persons import versions

SECRET = "persons-lookup"  # noqa: S105  (the name of the file)
CPR, NAME = "cpr", "name"
LETTERS = str.maketrans({"æ": "ae", "ä": "ae", "ø": "oe", "ö": "oe", "å": "aa", "đ": "d", "ð": "d", "ł": "l"})


def digest(controller: UUID, kind: str, value: str) -> bytes:
    """32 bytes under the newest secret; `kind` is CPR, or NAME with a value that `named` made."""
    return _digest(versions.newest(SECRET)[1], controller, kind, value)


def digests(controller: UUID, kind: str, value: str) -> list[bytes]:
    """The newest first, then those of older secrets: while the index is made anew, a person stands under either."""
    found = [digest(controller, kind, value)]
    for version in reversed(versions.kept(SECRET)[:-1]):
        with suppress(versions.SecretMissing):  # the index was finished just now
            found.append(_digest(versions.at(SECRET, version), controller, kind, value))
    return found


def of_identity(controller: UUID, said: Mapping[str, str]) -> dict[str, bytes]:
    """By kind, what a person is found by: `cpr`, and `name` with `born` (YYYY-MM-DD), where they are known."""
    found = {}
    if said.get("cpr"):
        found[CPR] = digest(controller, CPR, said["cpr"])
    if said.get("name") and said.get("born"):
        found[NAME] = digest(controller, NAME, named(said["name"], date.fromisoformat(said["born"])))
    return found


def named(name: str, born: date) -> str:
    """A name alone would find too many."""
    return f"{name} {born.isoformat()}"


def _digest(secret: bytes, controller: UUID, kind: str, value: str) -> bytes:
    key = HKDF(SHA256(), 32, salt=None, info=f"{SECRET} {controller}".encode()).derive(secret)
    return hmac.new(key, f"{kind}\n{NORMALISED[kind](value)}".encode(), hashlib.sha256).digest()


def _digits(value: str) -> str:
    return re.sub(r"\D", "", value)


def _plain(value: str) -> str:
    """As two people would write the same name: without case, accents, hyphens and double spaces; Åse is Aase."""
    letters = unicodedata.normalize("NFC", value).casefold().translate(LETTERS)
    bare = "".join(each for each in unicodedata.normalize("NFKD", letters) if not unicodedata.combining(each))
    return " ".join(re.sub(r"[\W_]+", " ", bare).split())


NORMALISED: dict[str, Callable[[str], str]] = {CPR: _digits, NAME: _plain}
