"""Whoever has the database alone, with every secret in it, reads no identity, no word and no CPR number.

The dump here is the administrator's: every table, nothing left out. The keys lie in the home folder, and are not used.
"""

import base64
import hashlib
import hmac
import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator

import psycopg
import pytest

from lokalnet.persons import lookup, sealed_columns
from lokalnet.project.cluster import cluster_in
from tests.database.test_log_tampering import WORKER, django_in
from tests.persons import filling
from tests.persons.filling import BORN, NAME, NUMBER, WORDS
from tests.world import build

FILLED = f"dump_{WORKER}"
ADDRESS = "Ahornalléen 17"
MARKED = (NAME, *(part for part in NAME.split()), NUMBER, f"{NUMBER[:6]}-{NUMBER[6:]}", BORN.isoformat(),
          f"{BORN:%d%m%y}-", WORDS, "Ahornkiosken", ADDRESS)
CONTROL = "Gladsaxe Kommune"  # is no secret: it shows that the search finds what is there
KEY_LENGTHS = 16, 20, 24, 32, 48, 64


@pytest.fixture(scope="module")
def dump(bed, django_db_blocker, tmp_path_factory) -> Iterator[bytes]:
    """Plain text of the whole database, with the pages of its tables as they lie on the disk."""
    home = tmp_path_factory.mktemp("home")
    shutil.copytree(bed.home / "keys", home / "keys")
    bed.clone(FILLED)
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), django_in(FILLED):
        patch.setenv("LOKALNET_HOME", str(home))
        patch.setattr("lokalnet.persons.opening.is_open", lambda: True)
        patch.setitem(filling.IDENTITY, "address", ADDRESS)
        filling.fill(build())
        yield _plain_dump(bed) + _pages(bed)
    bed.drop(FILLED)


def _plain_dump(bed) -> bytes:  # type: ignore[no-untyped-def]
    program = cluster_in(bed.home, os.environ.get("LOKALNET_TEST_POSTGRES", "18")).engine.program("pg_dump")
    return subprocess.run([program, "-h", str(bed.socket), "-U", "postgres", FILLED], capture_output=True,
                          check=True).stdout


def _pages(bed) -> bytes:  # type: ignore[no-untyped-def]
    with psycopg.connect(host=str(bed.socket), user="postgres", dbname=FILLED, autocommit=True) as admin:
        admin.execute("checkpoint")
        found = admin.execute("select pg_read_binary_file(pg_relation_filepath(oid)) from pg_class where relkind in "
                              "('r', 'i', 't') and relnamespace <> 'pg_catalog'::regnamespace").fetchall()
    return b"".join(bytes(row[0]) for row in found)


def spellings(text: str) -> dict[str, bytes]:
    """A text as it may stand in a file. Base64 has three, by where in a longer text it begins."""
    found = {"utf-8": text.encode(), "utf-16-le": text.encode("utf-16-le"), "utf-16-be": text.encode("utf-16-be"),
             "latin-1": text.encode("latin-1"), "json": json.dumps(text)[1:-1].encode()}
    for name, raw in (("utf-8", text.encode()), ("utf-16", text.encode("utf-16-le"))):
        found[f"hex of {name}"], found[f"HEX of {name}"] = raw.hex().encode(), raw.hex().upper().encode()
        for shift in range(3):
            middle = base64.b64encode(b"x" * shift + raw)[shift and 4:][:-4]
            found[f"base64 of {name}, {shift}"] = middle
    return found


def contains(haystack: bytes, text: str) -> list[str]:
    return [name for name, needle in spellings(text).items() if len(needle) > 5 and needle in haystack]


@pytest.mark.parametrize("text", MARKED)
def test_no_identity_note_or_number_stands_in_any_spelling(dump: bytes, text: str) -> None:
    assert contains(dump, text) == []


def test_the_search_finds_what_is_there(dump: bytes) -> None:
    assert {"utf-8"} <= set(contains(dump, CONTROL))
    for name, needle in spellings(NAME).items():
        assert contains(dump + b"\0" + needle, NAME), name
    assert contains(base64.b64encode(b"?" + dump[:5] + NAME.encode() + b" og flere"), NAME)


def test_every_sealed_column_was_in_it(dump: bytes) -> None:
    with psycopg.connect(host=os.environ["LOKALNET_TESTBED"].partition("|")[2], user="postgres",
                         dbname=FILLED) as admin:
        for column in sealed_columns.registered():
            sealed = admin.execute(f"select {column.column} from {column.table} where {column.column} is not null "  # type: ignore[arg-type]
                                   ).fetchone()
            assert sealed and bytes(sealed[0]).hex().encode() in dump, column


def candidates(dump: bytes) -> set[bytes]:
    """Everything in it that could be a key: every text and id, what they spell, and every part of every byte string."""
    found = set(re.findall(rb"[0-9a-zA-Z+/=_$.,:@-]{8,200}", dump))
    for text in list(found):
        found |= {spelt for spelt in (_from_hex(text), _from_base64(text)) if len(spelt) in KEY_LENGTHS}
    for written in re.findall(rb"\\x((?:[0-9a-f]{2}){10,})", dump):
        raw = bytes.fromhex(written.decode())
        found |= {raw[start:start + length] for length in KEY_LENGTHS for start in range(len(raw) - length + 1)}
    return found


def _from_hex(text: bytes) -> bytes:
    digits = re.sub(rb"[^0-9a-fA-F]", b"", text)
    return bytes.fromhex(digits[:len(digits) // 2 * 2].decode())


def _from_base64(text: bytes) -> bytes:
    letters = re.sub(rb"[^A-Za-z0-9+/]", b"", text.translate(bytes.maketrans(b"-_", b"+/")))
    whole = letters[:-1] if len(letters) % 4 == 1 else letters
    return base64.b64decode(whole + b"=" * (-len(whole) % 4))


def digests_in(dump: bytes) -> set[bytes]:
    rows = dump[dump.index(b"COPY public.persons_lookup"):].split(b"\\.\n", 1)[0]
    return {bytes.fromhex(each.decode()) for each in re.findall(rb"\\\\x([0-9a-f]{64})", rows)}


def trials(key: bytes, controller: bytes) -> Iterator[bytes]:
    """What somebody who knows how the index is made, but not its secret, would compute of the true number."""
    said = [NUMBER.encode(), f"{lookup.CPR}\n{NUMBER}".encode(), f"{NUMBER[:6]}-{NUMBER[6:]}".encode()]
    for message in said:
        yield hmac.digest(key, message, "sha256")
        yield hashlib.sha256(key + message).digest()
        yield hashlib.sha256(message + key).digest()
    yield hmac.digest(derived(key, controller), said[1], "sha256")


def derived(key: bytes, controller: bytes) -> bytes:
    """HKDF with one block, as lookup.py has it."""
    inside = hmac.digest(b"\0" * 32, key, "sha256")
    return hmac.digest(inside, b"persons-lookup " + controller + b"\1", "sha256")


def test_no_secret_of_the_database_makes_the_digest_of_a_number(dump: bytes) -> None:
    """Trying all numbers is trying the true one among them; here it is tried under everything that could be a key."""
    digests, controller = digests_in(dump), _controller(dump)
    assert len(digests) == 2
    keys = candidates(dump) | {b"", b"\0" * 32}
    assert len(keys) > 1000
    found = (key for key in keys for trial in trials(key, controller) if trial in digests)
    assert next(found, None) is None


def test_with_the_secret_outside_it_the_same_trial_does_find_it(dump: bytes) -> None:
    """So the search above would have found it, had the secret lain in the database."""
    from lokalnet.persons import versions

    secret = versions.newest(lookup.SECRET)[1]
    digests, controller = digests_in(dump), _controller(dump)
    assert digests & set(trials(secret, controller))
    assert secret in candidates(dump + b"\nsecret: " + secret.hex().encode() + b"\n")


def _controller(dump: bytes) -> bytes:
    rows = dump[dump.index(b"COPY public.access_organisation"):]
    found = re.search(rb"\n([0-9a-f-]{36})\t[^\n]*Gladsaxe Kommune", rows)
    assert found
    return found[1]


def test_no_two_sealed_values_or_digests_tell_that_they_say_the_same(dump: bytes) -> None:
    """One person at two organisations: nothing in the database is common to both."""
    rows = dump[dump.index(b"COPY public.persons_person"):].split(b"\\.\n", 1)[0]
    sealed = re.findall(rb"\\\\x([0-9a-f]+)", rows)
    assert len(sealed) == 2
    parts = [{each[start:start + 16] for start in range(6, len(each) - 16, 2)} for each in sealed]
    assert not set.intersection(*parts)
