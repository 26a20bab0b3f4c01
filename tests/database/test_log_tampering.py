"""The log against the one who owns the database: whatever is changed there, verification names the first entry.

Everything is committed for real in clones of a filled database; the tampering is done as PostgreSQL's superuser, who
has all of the database but neither the key nor the file of heads.
"""

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from django.db import connection, transaction

from lokalnet.access import events, sealing
from lokalnet.access.acting import acting_as, actor_of
from lokalnet.access.models import Event, Member
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.foundation.times import now
from lokalnet.project import testbed
from tests.world import build

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")
FILLED, TAMPERED = f"log_filled_{WORKER}", f"log_tampered_{WORKER}"
BATCHES = (5, 7, 4)
ENTRIES = sum(BATCHES)


@dataclass(frozen=True)
class Log:
    """A database of its own with a filled log, and the superuser's way into it."""

    bed: testbed.Testbed
    name: str
    heads: Path

    def tamper(self, *statements: str) -> None:
        with self.connect() as admin:
            for statement in statements:
                admin.execute(statement)

    def connect(self, user: str = "postgres") -> psycopg.Connection:
        return psycopg.connect(host=str(self.bed.socket), user=user, dbname=self.name)

    def verify(self) -> sealing.Verification:
        with as_role("lokalnet_audit"):
            return sealing.verify()

    def write(self, text: str = "", days_ago: int = 0) -> None:
        with as_role(MIGRATION):
            anna = Member.objects.get(name="Anna")
        with acting_as(actor_of(anna.id)) as actor, pytest.MonkeyPatch.context() as patch:
            patch.setattr(events, "now", lambda: now() - timedelta(days=days_ago))
            events.record(actor, "picture.read", text=text)


@contextmanager
def django_in(name: str, socket: Path | None = None) -> Iterator[None]:
    """Django's one connection, for a while in another database."""
    connection.close()
    before = dict(connection.settings_dict)
    connection.settings_dict |= {"NAME": name, "HOST": str(socket or before["HOST"])}
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict |= before


@pytest.fixture(scope="module")
def filled(bed, django_db_blocker, tmp_path_factory) -> Iterator[Path]:
    """Three sealed batches by several members, and the file of heads that belongs to them."""
    heads = tmp_path_factory.mktemp("heads") / "log-heads.jsonl"
    bed.clone(FILLED)
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch, django_in(FILLED):
        patch.setattr(sealing, "head_file", lambda: str(heads))
        world = build()
        members = [world.anna, world.bo, world.berit]
        for batch in BATCHES:
            for index in range(batch):
                with acting_as(actor_of(members[index % 3].id)) as actor:
                    events.record(actor, "picture.read", subject=world.partnership.id, page=index)
            sealing.seal()
    yield heads
    bed.drop(FILLED)


@pytest.fixture
def log(filled, bed, django_db_blocker, tmp_path, monkeypatch) -> Iterator[Log]:
    heads = tmp_path / "log-heads.jsonl"
    shutil.copy(filled, heads)
    monkeypatch.setattr(sealing, "head_file", lambda: str(heads))
    bed.clone(TAMPERED, FILLED)
    with django_db_blocker.unblock(), django_in(TAMPERED):
        yield Log(bed, TAMPERED, heads)
    bed.drop(TAMPERED)


def of(number: int) -> str:
    return f"(select event_id from access_seal where number = {number})"


def test_an_untouched_log_is_intact(log) -> None:
    assert log.verify() == sealing.Verification(ENTRIES, 0, 0, None, ENTRIES)


FORGED = """insert into access_event (id, at, kind, purpose, because, subject_kind, detail, salt, digest, mac)
            select '00000000-0000-4000-8000-000000000001', now(), 'picture.read', '', '', '', '{}', salt, digest, mac
            from access_event limit 1"""
FORGED_SEAL = f"""insert into access_seal select {ENTRIES + 1}, '00000000-0000-4000-8000-000000000001', digest, chain
                  from access_seal where number = {ENTRIES}"""


@pytest.mark.parametrize(("statements", "number", "said"), [
    ([f"""update access_event set detail = '{{"page": 99}}' where id = {of(6)}"""], 6, "edited"),
    ([f"update access_event set at = at + interval '1 microsecond' where id = {of(3)}"], 3, "edited"),
    ([f"update access_event set member_id = null where id in ({of(9)}, {of(2)})"], 2, "edited"),
    ([f"update access_event set mac = 'x' where id = {of(5)}"], 5, "not written by Lokalnet"),
    ([f"delete from access_event where id = {of(8)}"], 8, "deleted"),
    ([f"delete from access_event where id = {of(8)}", "delete from access_seal where number = 8"], 8, "missing"),
    ([FORGED, FORGED_SEAL], ENTRIES + 1, "altered"),
    (["update access_seal set digest = sha256('x') where number = 4"], 4, "altered"),
    (["update access_seal set number = -6 where number = 6", "update access_seal set number = 6 where number = 7",
      "update access_seal set number = 7 where number = -6"], 6, "altered or moved"),
    ([f"delete from access_event where id in (select event_id from access_seal where number > {ENTRIES - 3})",
      f"delete from access_seal where number > {ENTRIES - 3}"], ENTRIES - 2, "cut"),
    (["delete from access_event", "delete from access_seal", "delete from access_sealed_batch"], 1, "cut"),
    (["""insert into access_prune values (16, now(), 'x')""", f"delete from access_event where id = {of(2)}"], 16,
     "not written by Lokalnet"),
])
def test_verification_names_the_first_broken_entry(log, statements, number, said) -> None:
    log.tamper(*statements)
    broken = log.verify().broken
    assert broken is not None and f"{number}" in broken.split(":")[0] and said in broken


def test_an_entry_that_was_inserted_is_found_before_and_after_it_is_sealed(log) -> None:
    log.tamper(FORGED)
    assert "00000000-0000-4000-8000-000000000001: inserted" in str(log.verify().broken)
    sealing.seal()
    assert f"entry {ENTRIES + 1} (00000000" in str(log.verify().broken)


def test_a_cut_that_is_written_over_by_new_batches_still_shows(log) -> None:
    log.tamper("delete from access_event where id in (select event_id from access_seal where number > 10)",
               "delete from access_seal where number > 10",
               "delete from access_sealed_batch where last_number > 10")
    for _ in range(ENTRIES):
        log.write()
    sealing.seal()
    assert str(log.verify().broken).startswith("entry 11: the log was cut here")


def test_a_restored_backup_is_no_cut_because_the_file_says_so(log) -> None:
    log.tamper("delete from access_event where id in (select event_id from access_seal where number > 12)",
               "delete from access_seal where number > 12", "delete from access_sealed_batch where last_number > 12")
    sealing.note_restore()
    log.write()
    sealing.seal()
    assert log.verify() == sealing.Verification(13, 0, 0, None, 13)


def test_without_the_file_nothing_vouches_for_the_end(log) -> None:
    log.heads.unlink()
    assert log.verify().outside == 0


def test_each_head_is_appended_to_the_file_outside(log) -> None:
    lines = [json.loads(line) for line in log.heads.read_text().splitlines()]
    assert [line["number"] for line in lines] == [5, 12, 16]
    assert sealing.outside_head() == sealing.Head(16, bytes.fromhex(lines[-1]["head"]))


def test_a_transaction_held_open_is_sealed_when_it_commits_late(log) -> None:
    with log.connect() as slow:
        slow.execute("set role lokalnet_app")
        insert_as_lokalnet(slow)
        for number in (1, 2, 3):
            log.write("newer")
            assert sealing.seal().number == ENTRIES + number, "an open transaction delays nobody"
        assert log.verify() == sealing.Verification(ENTRIES + 3, 0, 0, None, ENTRIES + 3)
        slow.commit()
    assert log.verify().unsealed == 1
    assert sealing.seal().number == ENTRIES + 4
    assert log.verify() == sealing.Verification(ENTRIES + 4, 0, 0, None, ENTRIES + 4)
    assert sealing.seal() is None


def insert_as_lokalnet(slow: psycopg.Connection) -> None:
    """An entry such as `events.record` writes, in a transaction that is left open."""
    kept: list[Event] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Event, "save", lambda event, **_: kept.append(event))
        events.record(None, "key.refused")
    event = kept[0]
    slow.execute("insert into access_event (id, at, kind, purpose, because, subject_kind, detail, salt, digest, mac) "
                 "values (%s, %s, %s, '', '', '', '{}', %s, %s, %s)",
                 [event.id, event.at, event.kind, event.salt, event.digest, event.mac])


def test_sealing_twice_at_once_seals_once(log) -> None:
    log.write()
    with log.connect() as other:
        other.execute("select pg_advisory_xact_lock(%s)", [sealing.SEAL_LOCK])
        assert sealing.seal() is None
    assert sealing.seal() is not None


@pytest.fixture
def pruned(log) -> Log:
    """Three old entries in front of which the rule lets go, and one young one behind them."""
    log.tamper("delete from access_event", "delete from access_seal", "delete from access_sealed_batch")
    log.heads.unlink()
    for days in (400, 399, 398, 2):
        log.write(days_ago=days)
        sealing.seal()
    with as_role("lokalnet_retention"):
        assert sealing.prune(older_than_days=365) == 3
    return log


def test_what_expired_by_rule_leaves_an_intact_log(pruned) -> None:
    assert pruned.verify() == sealing.Verification(4, 3, 0, None, 4)


def test_a_deletion_beyond_the_rule_is_no_expiry(pruned) -> None:
    pruned.tamper(f"delete from access_event where id = {of(4)}")
    assert "deleted" in str(pruned.verify().broken) and "entry 4 " in str(pruned.verify().broken)


def test_the_record_of_expiry_cannot_be_moved_on(pruned) -> None:
    pruned.tamper("update access_prune set up_to = 4", "delete from access_event")
    assert "not written by Lokalnet" in str(pruned.verify().broken)


def test_expiry_does_not_sign_for_a_gap(log) -> None:
    log.tamper("delete from access_event")
    with as_role("lokalnet_retention"), pytest.raises(sealing.LogBroken, match="entry 1 "):
        sealing.prune(older_than_days=365)


def test_expiry_twice_removes_once(pruned) -> None:
    with as_role("lokalnet_retention"), transaction.atomic():
        assert sealing.prune(older_than_days=365) == 0


