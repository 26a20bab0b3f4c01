"""The event log: who did what, when, why. Append-only, and evident when tampered with (engineering 28-30).

An entry carries a salted digest of all it says and a MAC under a key outside the database. Within a minute a sealer
puts its digest into a chain (`sealing.py`). No free text about persons belongs here; subjects are opaque ids.
"""

import hashlib
import hmac
import json
import secrets
import uuid
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from lokalnet.access.acting import Actor
from lokalnet.access.models import Event
from lokalnet.access.rights import Decision
from lokalnet.foundation.home import secret
from lokalnet.foundation.times import now

FIELDS = ("at", "member_id", "organisation_id", "kind", "purpose", "because", "subject_kind", "subject", "detail")


def record(actor: Actor | None, kind: str, *, decision: Decision | None = None, purpose: str = "",
           subject_kind: str = "", subject: UUID | None = None, **detail: Any) -> None:
    """Write one entry in the running transaction: it stands or falls with what it tells of."""
    entry(actor, kind, detail, decision=decision, purpose=purpose, subject_kind=subject_kind,
          subject=subject).save(force_insert=True)


def entry(actor: Actor | None, kind: str, detail: dict[str, Any], *, at: datetime | None = None,
          decision: Decision | None = None, purpose: str = "", subject_kind: str = "",
          subject: UUID | None = None) -> Event:
    """An entry that is not written yet: a login without the log hands it to a function that writes it."""
    event = Event(
        id=uuid.uuid4(), at=at or now(), member_id=actor.member_id if actor else None,
        organisation_id=actor.organisation_id if actor else None, kind=kind, purpose=purpose,
        because=decision.because if decision else "", subject_kind=subject_kind, subject=subject, detail=detail,
        salt=secrets.token_bytes(16))
    event.digest = digest_of(event)
    event.mac = mac_of(event.id, event.digest)
    return event


def digest_of(event: Event) -> bytes:
    """SHA-256 over the salt and everything that the entry says."""
    said = {name: _plain(getattr(event, name)) for name in FIELDS}
    canonical = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(bytes(event.salt) + canonical.encode()).digest()


def mac_of(event_id: UUID, digest: bytes) -> bytes:
    """Protects an entry until it is sealed."""
    return hmac.digest(secret("log"), b"entry" + event_id.bytes + digest, "sha256")


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, UUID):
        return str(value)
    return value
