"""The token of a link: 32 random bytes, of which only the SHA-256 is kept.

It is made when the form is shown and comes back in a ticket that is sealed to the member: so a double click, or a page
sent again, makes no second question and shows the same link; and nobody can choose a token of their own.
"""

import base64
import hashlib
from uuid import UUID

from lokalnet.foundation import tokens

PURPOSE = "question"


class BadTicket(ValueError):
    """The form is not one that was shown to this member."""


def new(raw: bytes, member_id: UUID) -> str:
    return tokens.seal(PURPOSE, [base64.urlsafe_b64encode(raw).decode().rstrip("="), str(member_id)])


def token_of(ticket: str, member_id: UUID) -> str:
    """Raises BadTicket."""
    try:
        token, whose = tokens.unseal(PURPOSE, ticket)
    except (tokens.BadToken, UnicodeError) as problem:
        raise BadTicket from problem
    if whose != str(member_id):
        raise BadTicket
    return str(token)


def hash_of(token: str) -> bytes:
    return hashlib.sha256(token.encode(errors="surrogatepass")).digest()
