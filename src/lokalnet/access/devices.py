"""Paired phones: a member's own device that may send without a log-in, for ninety days, until it is revoked.

The phone makes a key on the curve P-256 that its browser never gives out, and signs each request with it. What it may
do is the scope `device` (rights.py), which the policies know too. `Authorization: Device <id> <milliseconds> <nonce>
<signature>`; signed are the lines of `signed_text`.
"""

import base64
import binascii
import hashlib
import time
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.contrib.sessions.backends.base import SessionBase
from django.db import connection
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lokalnet.access import events
from lokalnet.access.acting import Actor, act_as_device
from lokalnet.access.models import Device
from lokalnet.access.rights import Decision, Fields, Purpose
from lokalnet.foundation.home import secret
from lokalnet.foundation.rules import BrokenRule
from lokalnet.foundation.times import now

SESSION_KEY = "lokalnet_device"  # the paired phone that a log-in is on
SCHEME, VERSION = "device", "lokalnet-device-1"
DRIFT = timedelta(minutes=10)
LONGEST_LABEL = 60
MOST = 10


class BadDevice(BrokenRule):
    """A phone cannot be paired so."""


class NotSigned(ValueError):
    """Why a request is taken for nobody's: "unknown" (also revoked, asleep, over), "clock" or "signature"."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Signed:
    """What a request says of itself."""

    device_id: UUID
    at: int  # milliseconds since 1970, by the phone's clock
    nonce: str
    signature: bytes


def actor_of_request(header: str, method: str, path: str, body: bytes) -> Actor:
    """Whoever's phone signed the request, as the actor of this transaction. Raises NotSigned."""
    signed = _read(header)
    with connection.cursor() as cursor:
        cursor.execute("select member_id, public_key from device_card(%s)", [signed.device_id])
        card = cursor.fetchone()
    if card is None:
        raise NotSigned("unknown")
    _verify(bytes(card[1]), signed, method, path, body)
    if abs(signed.at / 1000 - time.time()) > DRIFT.total_seconds():
        raise NotSigned("clock")
    actor = act_as_device(signed.device_id, card[0])
    if actor is None:
        raise NotSigned("unknown")
    with connection.cursor() as cursor:
        cursor.execute("select device_seen(%s)", [signed.device_id])
    return actor


def signed_text(signed: Signed, method: str, path: str, body: bytes) -> bytes:
    lines = (VERSION, method, path, str(signed.at), signed.nonce, hashlib.sha256(body).hexdigest())
    return "\n".join(lines).encode()


def _read(header: str) -> Signed:
    try:
        scheme, device, at, nonce, signature = header.split(" ")
        if scheme.lower() != SCHEME or not 8 <= len(nonce) <= 64 or len(at) > 15:
            raise NotSigned("signature")
        return Signed(UUID(device), int(at), nonce, base64.urlsafe_b64decode(signature + "=="))
    except (ValueError, binascii.Error):
        raise NotSigned("signature") from None


def _verify(public_key: bytes, signed: Signed, method: str, path: str, body: bytes) -> None:
    """A browser's signature is r and s, 32 bytes each."""
    if len(signed.signature) != 64:
        raise NotSigned("signature")
    r, s = (int.from_bytes(half, "big") for half in (signed.signature[:32], signed.signature[32:]))
    try:
        _point(public_key).verify(encode_dss_signature(r, s), signed_text(signed, method, path, body), ECDSA(SHA256()))
    except InvalidSignature:
        raise NotSigned("signature") from None


def _point(public_key: bytes) -> EllipticCurvePublicKey:
    return EllipticCurvePublicKey.from_encoded_point(SECP256R1(), public_key)


def may_pair(actor: Actor) -> Decision:
    """Whoever reports may pair a phone to report from. Raises NotAllowed."""
    return actor.require(Purpose.REPORT, Fields.OBSERVATION_ENTRY)


def pair(actor: Actor, *, label: str, public_key: str) -> Device:
    """A new phone of the actor's. `public_key`: the uncompressed point, base64. Raises NotAllowed and BadDevice."""
    decision = may_pair(actor)
    label = label.strip()
    if not label.isprintable() or not 0 < len(label) <= LONGEST_LABEL:
        raise BadDevice("label", _("Give the device a name of at most %(number)d characters.") % {
            "number": LONGEST_LABEL})
    if sum(device.running for device in of(actor)) >= MOST:
        raise BadDevice("label", _("You have %(number)d paired devices. Revoke one first.") % {"number": MOST})
    device = Device(id=uuid4(), member_id=actor.member_id, label=label, public_key=_checked(public_key))
    device.save(force_insert=True)
    events.record(actor, "device.paired", decision=decision, subject_kind="device", subject=device.id)
    return device


def wake(actor: Actor, device_id: UUID, public_key: str) -> Device | None:
    """The same phone after the same member logged in on it again, with a new key. None where it has to be paired anew:
    another member's, revoked, or over.
    """
    key = _checked(public_key)
    changed = Device.objects.filter(id=device_id, member_id=actor.member_id, revoked_at__isnull=True,
                                    expires_at__gt=now()).update(public_key=key)
    return Device.objects.get(id=device_id) if changed else None


def _checked(public_key: str) -> bytes:
    try:
        point = base64.b64decode(public_key, validate=True)
        _point(point)
    except ValueError:
        raise BadDevice("public_key", _("This is no public key on the curve P-256.")) from None
    return point


def remember(session: SessionBase, actor: Actor, said: str) -> None:
    """Which of the actor's phones a log-in is on, as the phone says, so that log-out puts that one to sleep."""
    device_id = _uuid(said)
    if device_id and str(device_id) != session.get(SESSION_KEY) and Device.objects.filter(
            id=device_id, member_id=actor.member_id, public_key__isnull=False).exists():
        session[SESSION_KEY] = str(device_id)


def _uuid(said: str) -> UUID | None:
    try:
        return UUID(said)
    except ValueError:
        return None


def put_all_to_sleep(user_id: UUID) -> None:
    """After a new password: every phone waits for a log-in with it."""
    with connection.cursor() as cursor:
        cursor.execute("select devices_sleep(%s)", [user_id])


def put_to_sleep(device_id: str) -> None:
    """At log-out: the phone is the member's still, and sends nothing until the same member logs in on it again."""
    with connection.cursor() as cursor:
        cursor.execute("select device_sleeps(%s)", [device_id])


@dataclass(frozen=True)
class Paired:
    """One of the actor's devices as a page shows it."""

    device: Device
    running: bool
    state: str


def of(actor: Actor) -> list[Paired]:
    """The actor's devices, the newest first."""
    return [Paired(device, running := _running(device), _state(device, running))
            for device in Device.objects.filter(member_id=actor.member_id).order_by("-paired_at")]


def _running(device: Device) -> bool:
    return device.revoked_at is None and device.expires_at > now()


def _state(device: Device, running: bool) -> str:
    if device.revoked_at:
        return pgettext("device", "Revoked")
    if not running:
        return _("Ran out")
    return _("May send") if device.public_key else _("Logged out: sends after your next log-in on it")


def revoke(actor: Actor, device_id: UUID) -> None:
    """From the next request on. Twice is once. Raises Http404 for anybody else's."""
    device = Device.objects.filter(id=device_id, member_id=actor.member_id).first()
    if device is None:
        raise Http404
    if device.revoked_at is None:
        Device.objects.filter(id=device_id).update(revoked_at=now(), public_key=None)
        events.record(actor, "device.revoked", subject_kind="device", subject=device_id)


def outbox_key(actor: Actor) -> bytes:
    """32 bytes under which a browser keeps what the member has not sent yet: made here, never stored, one a member
    (engineering 34).
    """
    return HKDF(SHA256(), 32, salt=None, info=b"outbox" + actor.member_id.bytes).derive(secret("outbox"))
