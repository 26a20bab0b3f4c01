"""Which row is which, so that an import can be run again (engineering 37).

A row with an ID is known by it. A row without is known by its content and by being the n-th with that content in the
run: rows that are equal in everything are different events, and which of them is the first does not matter. So keys
are the same under re-run and under any order of the files, as long as files that belong together are imported in one
run. Before the import the files are read for identities that occur more than once; only eight bytes of each row's
identity are kept for that (a chance collision costs a look, not a row).
"""

import hashlib
import json
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import numpy as np
from django.utils.translation import gettext as _

from lokalnet.situation.importing.checks import Rules
from lokalnet.situation.importing.profiles import Profile
from lokalnet.situation.importing.rows import Rejected, Row, read_all


def identity(profile: Profile, values: Mapping[str, str]) -> bytes:
    """32 bytes that stand for the ID, or for the content where there is none; empty cells are no content."""
    known = profile.value(values, "id")
    said = b"id" + known.encode() if known else b"row" + content_of(values).encode()
    return hashlib.sha256(said).digest()


def content_of(values: Mapping[str, str]) -> str:
    return json.dumps({name: value for name, value in values.items() if value}, sort_keys=True)


def repeated(rows: Iterable[Row], profile: Profile) -> frozenset[bytes]:
    """The first eight bytes of identities that occur more than once."""
    seen = array("Q", (_short(identity(profile, row.values)) for row in rows if not row.problem))
    ordered = np.sort(np.array(seen, dtype=np.uint64))
    return frozenset(value.tobytes() for value in np.unique(ordered[1:][ordered[1:] == ordered[:-1]]))


def _short(identity: bytes) -> int:
    return int.from_bytes(identity[:8], "little")


@dataclass(frozen=True)
class Winner:
    """Of the valid rows with one ID, the latest is kept; of equally late ones, the greatest by content."""

    rank: tuple[datetime, str]
    place: tuple[str, int]


def winners(files: Sequence[Path], rules: Rules, again: frozenset[bytes]) -> dict[bytes, Winner]:
    found: dict[bytes, Winner] = {}
    for row in read_all(files, rules.profile):
        if row.problem or not rules.profile.value(row.values, "id"):
            continue
        name = identity(rules.profile, row.values)
        if name[:8] in again and (rank := _rank(row, rules)) and (name not in found or rank > found[name].rank):
            found[name] = Winner(rank, row.place)
    return found


def _rank(row: Row, rules: Rules) -> tuple[datetime, str] | None:
    try:
        return rules.report_of(row).occurred_at, content_of(row.values)
    except Rejected:
        return None


@dataclass
class Keys:
    """Gives valid rows their keys, in one pass over all files of the run."""

    profile: Profile
    again: frozenset[bytes]
    winners: Mapping[bytes, Winner]
    times: Counter[bytes] = field(default_factory=Counter)

    def key_of(self, row: Row) -> bytes:
        """32 bytes; raises Rejected for a row whose ID is another row's."""
        name = identity(self.profile, row.values)
        if self.profile.value(row.values, "id"):
            self._check_winner(name, row)
            return name
        if name[:8] not in self.again:
            return _nth(name, 1)
        self.times[name] += 1
        return _nth(name, self.times[name])

    def _check_winner(self, name: bytes, row: Row) -> None:
        winner = self.winners.get(name)
        if winner and winner.place != row.place:
            raise Rejected("id-twice", _("The ID occurs again at %(file)s:%(line)d, which was kept.") % {
                "file": winner.place[0], "line": winner.place[1]})


def _nth(name: bytes, number: int) -> bytes:
    return hashlib.sha256(name + number.to_bytes(8, "big")).digest()


def keys_for(files: Sequence[Path], rules: Rules) -> Keys:
    again = repeated(read_all(files, rules.profile), rules.profile)
    return Keys(rules.profile, again, winners(files, rules, again) if again else {})
