"""Seal the event log into a chain, verify the chain, and let old entries go by rule.

Each link is HMAC(key, link before || number || digest of the entry); the key lies outside the database, and each new
head is also appended to a file outside it. Whoever owns the database but not the key and the file can therefore
neither recompute the chain nor cut its end unseen. What is not sealed yet (60 s at most) is protected only by a MAC
for each entry, so that its deletion in that minute is not noticed.

A batch takes every committed entry that has no link yet. Ids commit out of order, so it does not go by "after the last
one": it looks at everything from the oldest transaction that was still running when the batch before ran. One that is
held open while newer ones are sealed gets its links when it commits, and delays nobody.

Every line of the file is compared, not the last one only: otherwise the next batch would write a new last line over a
log that was cut. A restore says so in the file, because a database that is older than the file looks just like a cut.
"""

import hmac
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from lokalnet.access import events
from lokalnet.access.models import Event, Prune, Seal, SealedBatch
from lokalnet.foundation.home import home, secret
from lokalnet.foundation.times import now

SEAL_LOCK = 4_100_217  # advisory lock: one sealer at a time
START = b"lokalnet log"
NO_XID = 2**64 - 1  # above every transaction id
LONGEST_LINE = 1000  # bytes of the file of heads; a line has some 150


@dataclass(frozen=True)
class Head:
    number: int
    chain: bytes


class LogBroken(Exception):
    """The log does not verify; the message names the first broken entry."""


@dataclass(frozen=True)
class Verification:
    """What verification found. `broken` names the first broken entry, or is None.

    `outside` is the number of the newest head outside the database: 0 when nothing vouches for the end of the log.
    """

    entries: int
    expired: int
    unsealed: int
    broken: str | None
    outside: int = 0


@dataclass(frozen=True)
class OutsideHeads:
    """The heads outside the database by number, and the entry from which the log was written a second time."""

    at: dict[int, bytes]
    rewritten_from: int | None = None

    @property
    def newest(self) -> int:
        return max(self.at, default=0)


def link(before: bytes, number: int, digest: bytes) -> bytes:
    return hmac.digest(secret("log"), before + number.to_bytes(8, "big") + digest, "sha256")


def head_file() -> str:
    return str(home() / "log-heads.jsonl")


def seal() -> Head | None:
    """Put all committed entries into the chain; the new head, or None when there was nothing to seal.

    What is below `below` was over before the entries are read, so the next batch need not look there again.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_xact_lock(%s)", [SEAL_LOCK])
        if not cursor.fetchone()[0]:
            return None
        cursor.execute("select pg_snapshot_xmin(pg_current_snapshot())::text::numeric")
        below: Decimal = cursor.fetchone()[0]
        last = SealedBatch.objects.order_by("-last_number").first()
        cursor.execute("select id, digest from unsealed_events(%s, %s) e where not exists "
                       "(select from access_seal s where s.event_id = e.id)", [last.below if last else 0, NO_XID])
        rows: list[tuple[UUID, bytes]] = [(row[0], bytes(row[1])) for row in cursor.fetchall()]
        if not rows:
            return None
        before = _last_head()
        head = _extend(before, rows)
        SealedBatch(last_number=head.number, below=below).save(force_insert=True)
        transaction.on_commit(lambda: _write_line(head, first=before.number + 1))
    return head


def _last_head() -> Head:
    newest = Seal.objects.order_by("-number").first()
    return Head(newest.number, bytes(newest.chain)) if newest else Head(0, START)


def _extend(head: Head, rows: list[tuple[UUID, bytes]]) -> Head:
    seals = []
    number, chain = head.number, head.chain
    for event_id, digest in rows:
        number += 1
        chain = link(chain, number, digest)
        seals.append(Seal(number=number, event_id=event_id, digest=digest, chain=chain))
    Seal.objects.bulk_create(seals, batch_size=2000)
    return Head(number, chain)


def _write_line(head: Head, **more: int | bool) -> None:
    """After the commit: the file may be behind the database after a crash, never ahead of it."""
    line = json.dumps({"number": head.number, "head": head.chain.hex(), "at": now().isoformat(), **more})
    with open(head_file(), "a") as file:
        file.write(line + "\n")
        file.flush()
        os.fsync(file.fileno())


def note_restore() -> Head:
    """Say in the file that the database was replaced by a backup which ends here."""
    head = _last_head()
    _write_line(head, restored=True)
    return head


def outside_head() -> Head | None:
    """The last head in the file outside the database."""
    line = _last_outside_line()
    return Head(line["number"], bytes.fromhex(line["head"])) if line else None


def outside_head_written_at() -> datetime | None:
    line = _last_outside_line()
    return datetime.fromisoformat(line["at"]) if line else None


def _last_outside_line() -> dict[str, Any] | None:
    """From the end: the file grows by a line each minute for years."""
    try:
        with open(head_file(), "rb") as file:
            file.seek(max(0, file.seek(0, os.SEEK_END) - LONGEST_LINE))
            lines = file.read().splitlines()
    except FileNotFoundError:
        return None
    return json.loads(lines[-1]) if lines else None


def _outside_lines() -> list[dict[str, Any]]:
    try:
        with open(head_file()) as file:
            return [json.loads(line) for line in file]
    except FileNotFoundError:
        return []


def _outside_heads() -> OutsideHeads:
    found: dict[int, bytes] = {}
    for line in _outside_lines():
        if line.get("restored"):
            found = {number: chain for number, chain in found.items() if number <= line["number"]}
        elif line["first"] <= max(found, default=0):
            return OutsideHeads(found, rewritten_from=line["first"])
        found[line["number"]] = bytes.fromhex(line["head"])
    return OutsideHeads(found)


def verify() -> Verification:
    """Walk the chain from the first entry; stop at the first broken one and name it."""
    pruned = _pruned_up_to()
    if isinstance(pruned, str):
        return Verification(0, 0, 0, pruned)
    outside = _outside_heads()
    expired = number = 0
    chain = START
    for seal_row, event in _sealed_entries():
        number += 1
        found = _broken_link(seal_row, event, chain, number, pruned) or _broken_outside(seal_row, number, outside)
        if found:
            return Verification(number, expired, 0, found, outside.newest)
        expired += event is None
        chain = bytes(seal_row.chain)
    if outside.newest > number:
        return Verification(number, expired, 0, f"entry {number + 1}: missing, the log was cut; the head outside the "
                                                f"database stands at {outside.newest}", outside.newest)
    unsealed, broken = _verify_unsealed()
    return Verification(number, expired, unsealed, broken, outside.newest)


def _broken_outside(seal_row: Seal, number: int, outside: OutsideHeads) -> str | None:
    if number == outside.rewritten_from:
        return f"entry {number}: the log was cut here and written anew; the head outside stood at {outside.newest}"
    if outside.at.get(number, bytes(seal_row.chain)) != bytes(seal_row.chain):
        return f"entry {number}: differs from the head outside the database"
    return None


def _broken_link(seal_row: Seal, event: Event | None, chain: bytes, number: int, pruned: int) -> str | None:
    if seal_row.number != number:
        return f"entry {number}: its link is missing"
    if bytes(seal_row.chain) != link(chain, number, bytes(seal_row.digest)):
        return f"entry {number} ({seal_row.event_id}): its link was altered or moved"
    if event is None:
        return None if number <= pruned else f"entry {number} ({seal_row.event_id}): deleted"
    name = f"entry {number} ({seal_row.event_id}, {event.kind}, {event.at:%Y-%m-%d %H:%M} UTC)"
    if events.digest_of(event) != bytes(seal_row.digest):
        return f"{name}: edited"
    if not written_by_lokalnet(event):
        return f"{name}: inserted, not written by Lokalnet"
    return None


def written_by_lokalnet(event: Event) -> bool:
    return hmac.compare_digest(events.mac_of(event.id, bytes(event.digest)), bytes(event.mac))


def _sealed_entries() -> Iterator[tuple[Seal, Event | None]]:
    step = 2000
    last = 0
    while True:
        seals = list(Seal.objects.filter(number__gt=last).order_by("number")[:step])
        if not seals:
            return
        found = Event.objects.in_bulk([seal.event_id for seal in seals])
        for seal_row in seals:
            yield seal_row, found.get(seal_row.event_id)
        last = seals[-1].number


def _verify_unsealed() -> tuple[int, str | None]:
    unsealed = 0
    for event in Event.objects.extra(
            where=["not exists (select from access_seal s where s.event_id = access_event.id)"]).iterator(2000):
        unsealed += 1
        if not written_by_lokalnet(event):
            return unsealed, f"unsealed entry {event.id}: inserted, not written by Lokalnet"
        if events.digest_of(event) != bytes(event.digest):
            return unsealed, f"unsealed entry {event.id}: edited"
    sealed_below = SealedBatch.objects.order_by("-last_number").values_list("below", flat=True).first()
    if sealed_below is not None:
        with connection.cursor() as cursor:
            cursor.execute("select e.id from access_event e where e.xid < %s::numeric::text::xid8 and not exists "
                           "(select from access_seal s where s.event_id = e.id) limit 1", [sealed_below])
            late = cursor.fetchone()
        if late:
            return unsealed, f"entry {late[0]}: inserted behind the seal"
    return unsealed, None


def _prune_mac(up_to: int, at: datetime) -> bytes:
    return hmac.digest(secret("log"), f"prune {up_to} {at.isoformat()}".encode(), "sha256")


def _pruned_up_to() -> int | str:
    newest = Prune.objects.order_by("-up_to").first()
    if newest is None:
        return 0
    if bytes(newest.mac) != _prune_mac(newest.up_to, newest.pruned_at):
        return f"the record that entries up to {newest.up_to} expired was not written by Lokalnet"
    return newest.up_to


def prune(*, older_than_days: int) -> int:
    """Remove what the log says of acts older than the rule allows; digests and links stay. Returns how many went.

    Raises LogBroken rather than sign for a gap: what somebody removed by hand must not pass as expired.
    """
    before = now() - timedelta(days=older_than_days)
    if broken := verify().broken:
        raise LogBroken(f"nothing was removed, because the log does not verify: {broken}")
    with transaction.atomic():
        kept = Seal.objects.filter(event_id__in=Event.objects.filter(at__gte=before).values("id")).order_by(
            "number").values_list("number", flat=True).first()
        newest = Seal.objects.order_by("-number").values_list("number", flat=True).first() or 0
        up_to = (kept - 1) if kept else newest
        if up_to <= (Prune.objects.order_by("-up_to").values_list("up_to", flat=True).first() or 0):
            return 0
        gone = Event.objects.filter(id__in=Seal.objects.filter(number__lte=up_to).values("event_id"), at__lt=before)
        number, _ = gone.delete()
        at = now()
        Prune(up_to=up_to, pruned_at=at, mac=_prune_mac(up_to, at)).save(force_insert=True)
    return number
