"""What becomes of a chunk of rows: lines for the database, and rows that are rejected with the reason.

Nothing here asks the database or remembers a chunk, so that any process can do it (`hands.py`).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from lokalnet.situation.importing.checks import Rules
from lokalnet.situation.importing.keys import Claim, Shorts, content_of, identity, key_of_single, shortened
from lokalnet.situation.importing.lines import Ground, keyed
from lokalnet.situation.importing.rows import Chunk, Origin, Rejected, Row, rows_of
from lokalnet.situation.reporting import Report


@dataclass(frozen=True)
class Judge:
    """`again` are the shortened identities that more than one row of the run has."""

    rules: Rules
    ground: Ground
    again: Shorts = field(default_factory=lambda: np.empty(0, np.uint64))


class Refusal(NamedTuple):
    """A rejected row on its way between processes."""

    file: str
    line: int
    reason: str
    rule: str


@dataclass(frozen=True)
class Judged:
    """`kept` are lines for COPY; `claimed` are such that lack the key, which depends on the other rows of the run."""

    read: int
    kept: list[bytes]
    claimed: list[tuple[Claim, str]]
    refused: list[Refusal]


def shorts(judge: Judge, chunk: Chunk) -> Shorts:
    profile = judge.rules.profile
    return shortened(identity(profile, row.values) for row in rows_of(chunk, profile) if not row.problem)


def claims(judge: Judge, chunk: Chunk) -> list[Claim]:
    """The valid rows whose identity occurs again."""
    return [claim for claim, _line in judged(judge, chunk).claimed]


def judged(judge: Judge, chunk: Chunk) -> Judged:
    rows = list(rows_of(chunk, judge.rules.profile))
    refused: list[Refusal] = []
    good = list(_reports(judge.rules, rows, refused))
    names = [identity(judge.rules.profile, row.values) for row, _report, _origin in good]
    lines = judge.ground.lines([report for _row, report, _origin in good], [origin for _row, _report, origin in good])
    kept, claimed = [], []
    repeats = np.isin(shortened(names), judge.again).tolist()
    for (row, report, _origin), name, line, again in zip(good, names, lines, repeats, strict=True):
        by_id = bool(judge.rules.profile.value(row.values, "id"))
        if again:
            claimed.append((Claim(name, by_id, row.place, (report.occurred_at, content_of(row.values))), line))
        else:
            kept.append(keyed(key_of_single(name, by_id=by_id), line))
    return Judged(len(rows), kept, claimed, refused)


def _reports(rules: Rules, rows: list[Row], refused: list[Refusal]) -> Iterator[tuple[Row, Report, Origin]]:
    for row in rows:
        try:
            yield row, rules.report_of(row), rules.origin_of(row)
        except Rejected as problem:
            refused.append(Refusal(*row.place, problem.reason, problem.rule))
