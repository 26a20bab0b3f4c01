"""Opaque tokens: what a client carries back to us and may neither read nor change."""

import base64
import functools
import json
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV

from lokalnet.foundation.home import secret


class BadToken(ValueError):
    """The token is not one of ours, or is for something else."""


@functools.cache
def _box() -> AESSIV:
    return AESSIV(secret("tokens"))


def seal(purpose: str, content: Any) -> str:
    """Encrypted and authenticated; the same content gives the same token, so it can be compared and cached."""
    raw = json.dumps(content, separators=(",", ":")).encode()
    raw += b" " * (-len(raw) % 16)  # the length shall tell as little as possible
    return base64.urlsafe_b64encode(_box().encrypt(raw, [purpose.encode()])).decode().rstrip("=")


def unseal(purpose: str, token: str) -> Any:
    try:
        sealed = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
        return json.loads(_box().decrypt(sealed, [purpose.encode()]))
    except (ValueError, InvalidTag) as problem:
        raise BadToken("not a token of this installation") from problem
