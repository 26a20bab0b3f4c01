"""Who stands at the doors: browsers, API keys and paired phones of members of the tests' world."""

import base64
import hashlib
import secrets
import time
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from django.contrib import auth
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client

from lokalnet.access import devices, founding
from lokalnet.access.middleware import SESSION_KEY as MEMBER_CHOSEN
from lokalnet.access.models import Device, Key, Member, Organisation, User
from lokalnet.access.rights import Role
from lokalnet.foundation.roles import MIGRATION, as_role


def api_key(organisation: Organisation, *scopes: str, revoked_at: datetime | None = None) -> str:
    """A new key of the organisation, each with a system member of its own; the token."""
    token = secrets.token_urlsafe(32)
    with as_role(MIGRATION):
        system = founding.system(organisation, f"System {secrets.token_hex(4)}")
        Key.objects.create(member=system, label="test", hash=hashlib.sha256(token.encode()).digest(),
                           scopes=list(scopes), revoked_at=revoked_at)
    return token


def revoke(token: str, *, at: datetime) -> None:
    with as_role(MIGRATION):
        Key.objects.filter(hash=hashlib.sha256(token.encode()).digest()).update(revoked_at=at)


def keyed(token: str) -> Client:
    """A client that sends the key with everything it asks."""
    return Client(headers={"Authorization": f"Bearer {token}"})


def browser(member: Member) -> Client:
    """A browser in which the member has logged in before and chosen this membership."""
    session = SessionStore()
    session[auth.SESSION_KEY] = str(member.user_id)
    session[auth.BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[auth.HASH_SESSION_KEY] = User.objects.get(id=member.user_id).get_session_auth_hash()
    session[MEMBER_CHOSEN] = str(member.id)
    session.save()
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    return client


def give_roles(member: Member, roles: Iterable[Role]) -> None:
    with as_role(MIGRATION):
        Member.objects.filter(id=member.id).update(roles=[role.value for role in roles])


class Phone(Client):
    """A paired phone: it signs whatever it asks, as a browser's key would."""

    def __init__(self, device_id: UUID, key: ec.EllipticCurvePrivateKey, *, ahead: float = 0) -> None:
        super().__init__()
        self.device_id, self.key, self.ahead = device_id, key, ahead

    def generic(self, method: str, path: str, data: Any = "", *args: Any, **extra: Any) -> Any:
        body = data.encode() if isinstance(data, str) else data
        query = f"?{extra['QUERY_STRING']}" if extra.get("QUERY_STRING") else ""
        signed = devices.Signed(self.device_id, int((time.time() + self.ahead) * 1000), secrets.token_hex(8), b"")
        der = self.key.sign(devices.signed_text(signed, method, path + query, body), ec.ECDSA(SHA256()))
        r, s = decode_dss_signature(der)
        signature = base64.urlsafe_b64encode(r.to_bytes(32, "big") + s.to_bytes(32, "big")).decode().rstrip("=")
        header = f"Device {signed.device_id} {signed.at} {signed.nonce} {signature}"
        return super().generic(method, path, data, *args, **(extra | {"HTTP_AUTHORIZATION": header}))


def point_of(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def phone(member: Member, **more: Any) -> Phone:
    """A phone of the member's that was paired before."""
    key = ec.generate_private_key(ec.SECP256R1())
    with as_role(MIGRATION):
        device = Device.objects.create(member=member, label="Min telefon", public_key=point_of(key), **more)
    return Phone(device.id, key)
