"""Which row is which, so that an import can be run again (engineering 37).

A row with an ID is known by it. A row without is known by its content and by being the n-th with that content in the
run: rows that are equal in everything are different events, and which of them is the first does not matter. So keys
are the same under re-run and under any order of the files, as long as files that belong together are imported in one
run. Before the import the files are read for identities that occur more than once; only eight bytes of each row's
identity are kept for that (a chance collision costs a look, not a row).
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

import numpy as np
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from lokalnet.situation.importing.profiles import Profile
from lokalnet.situation.importing.rows import Rejected
from lokalnet.situation.reporting import keyed

Shorts = NDArray[np.uint64]


def identity(profile: Profile, values: Mapping[str, str]) -> bytes:
    """32 bytes that stand for the ID, or for the content where there is none; empty cells are no content."""
    known = profile.value(values, "id")
    said = b"id" + known.encode() if known else b"row" + content_of(values).encode()
    return hashlib.sha256(said).digest()


def content_of(values: Mapping[str, str]) -> str:
    return json.dumps({name: value for name, value in values.items() if value}, sort_keys=True)


def shortened(identities: Iterable[bytes]) -> Shorts:
    """The first eight bytes of each."""
    return np.frombuffer(b"".join(each[:8] for each in identities), dtype=np.uint64)


def repeated(parts: Iterable[Shorts]) -> Shorts:
    """The shortened identities that occur more than once."""
    ordered = np.concatenate([np.empty(0, np.uint64), *parts])
    ordered.sort()
    return np.unique(ordered[1:][ordered[1:] == ordered[:-1]])


class Claim(NamedTuple):
    """A valid row that wants an identity which occurs again. Of rows with one ID the latest is kept; of equally late
    ones, the greatest by content."""

    identity: bytes
    by_id: bool
    place: tuple[str, int]
    rank: tuple[datetime, str]


def winners(claims: Iterable[Claim]) -> dict[bytes, Claim]:
    found: dict[bytes, Claim] = {}
    for claim in claims:
        if claim.by_id and (claim.identity not in found or claim.rank > found[claim.identity].rank):
            found[claim.identity] = claim
    return found


def key_of_single(name: bytes, *, by_id: bool) -> bytes:
    """The key, 32 bytes, of a row whose identity is nobody else's."""
    return _key(name, 0 if by_id else 1)


@dataclass
class Keys:
    """Gives their keys to the rows whose identity occurs again, in one pass over all files of the run."""

    winners: Mapping[bytes, Claim]
    times: Counter[bytes] = field(default_factory=Counter)

    def key_of(self, claim: Claim) -> bytes:
        """32 bytes; raises Rejected for a row whose ID is another row's."""
        if claim.by_id:
            self._check_winner(claim)
            return _key(claim.identity, 0)
        self.times[claim.identity] += 1
        return _key(claim.identity, self.times[claim.identity])

    def _check_winner(self, claim: Claim) -> None:
        winner = self.winners.get(claim.identity)
        if winner and winner.place != claim.place:
            raise Rejected("id-twice", _("The ID occurs again at %(file)s:%(line)d, which was kept.") % {
                "file": winner.place[0], "line": winner.place[1]})


def _key(name: bytes, number: int) -> bytes:
    """Of the row with this ID (0), or the n-th with this content. Keyed, because it stays when a text has gone."""
    return keyed(hashlib.sha256(name + number.to_bytes(8, "big")).digest() if number else name)
