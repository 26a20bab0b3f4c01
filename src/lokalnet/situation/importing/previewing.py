"""What an import would do, for whoever brought the file: what goes wrong by line and rule, and the first rows.

Problems name the line and the rule and never what stands in the row: it might be about a person.
"""

import itertools
from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from lokalnet.places.areas import places
from lokalnet.situation import periods, showing
from lokalnet.situation.importing import rows
from lokalnet.situation.importing.checks import Rules
from lokalnet.situation.importing.receiving import Table
from lokalnet.situation.importing.rows import Rejected, Row
from lokalnet.situation.importing.telling import Totals
from lokalnet.situation.partnerships import Frame

FIRST = 10
MOST_PROBLEMS = 200
LOOKED_THROUGH = 1_000


@dataclass
class Problems:
    """Takes each rejected row: the first ones by line, and one rule for each reason."""

    table: Table
    name: str
    first: list[tuple[int, str, str]] = field(default_factory=list)
    rules: dict[str, str] = field(default_factory=dict)
    refused: set[int] = field(default_factory=set)

    def __call__(self, row: Row, problem: Rejected) -> None:
        rule = problem.rule.replace(str(self.table.path), self.name)
        self.rules.setdefault(problem.reason, rule)
        if len(self.refused) < LOOKED_THROUGH:  # they come in the order of the file
            self.refused.add(row.line)
        if len(self.first) < MOST_PROBLEMS:
            self.first.append((self.table.line_of(row.line), problem.reason, rule))


def figures(totals: Totals, before: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """What the totals say. `before` is what a run had said that was killed: what it stored is no old row now."""
    stored, updated = (int((before or {}).get(name, 0)) for name in ("stored", "updated"))
    return {"read": totals.read, "stored": totals.stored + stored, "updated": totals.updated + updated,
            "unchanged": max(totals.unchanged - stored - updated, 0), "rejected": dict(sorted(totals.rejected.items()))}


class Reason(NamedTuple):
    """Why rows are rejected, how many, and the lines of those that are kept."""

    rule: str
    number: int
    lines: str


@dataclass(frozen=True)
class Summary:
    """What an upload's figures say; nothing before it was looked at."""

    figures: Mapping[str, Any]
    reasons: list[Reason]

    @property
    def rejected(self) -> int:
        return sum(self.figures.get("rejected", {}).values())

    @property
    def new(self) -> int:
        return self._sum("stored", "updated")

    @property
    def taken(self) -> int:
        return self._sum("stored", "updated", "unchanged")

    def _sum(self, *names: str) -> int:
        return sum(self.figures.get(name, 0) for name in names)


def summary(totals: Mapping[str, Any], problems: Sequence[tuple[int, str, str]]) -> Summary:
    """Of an upload's totals, and the first of its problems as (line, reason, rule)."""
    found = totals.get("now") or totals.get("foreseen") or {}
    return Summary(found, list(_reasons(found.get("rejected", {}), totals.get("rules", {}), problems)))


def _reasons(rejected: Mapping[str, int], rules: Mapping[str, str],
             problems: Sequence[tuple[int, str, str]]) -> Iterator[Reason]:
    """A reason of which no line was kept stands at the end, with its number alone."""
    lines: dict[tuple[str, str], list[int]] = {}
    for line, reason, rule in problems:
        lines.setdefault((reason, rule), []).append(line)
    said = Counter(reason for reason, _rule in lines)
    for (reason, rule), these in lines.items():
        number = rejected.get(reason, 0) if said[reason] == 1 else len(these)
        yield Reason(rule, number, ", ".join(_runs(these)) + (" …" if number > len(these) else ""))
    yield from (Reason(rules.get(reason, reason), number, "…") for reason, number in rejected.items()
                if reason not in said)


def _runs(lines: Sequence[int]) -> Iterator[str]:
    """Lines in their order, those that follow each other as one: 2, 5–201."""
    for _apart, group in itertools.groupby(enumerate(lines), lambda each: each[1] - each[0]):
        run = [line for _place, line in group]
        yield f"{run[0]}–{run[-1]}" if len(run) > 2 else ", ".join(map(str, run))


def first_rows(table: Table, rules: Rules, refused: Container[int]) -> list[dict[str, Any]]:
    """The first rows that the dry run took, as they are stored in the upload; `refused` are lines that it did not."""
    found: list[dict[str, Any]] = []
    for row in itertools.islice(rows.read(table.path, table.profile), LOOKED_THROUGH):
        if row.line in refused:
            continue
        report = rules.report_of(row)
        found.append(asdict(report) | {"occurred_at": report.occurred_at.isoformat(),
                                       "named_area": report.named_area and str(report.named_area),
                                       "line": table.line_of(row.line)})
        if len(found) == FIRST:
            break
    return found


@dataclass(frozen=True)
class Line:
    """A row as it will appear in the list."""

    line: int
    category: str
    when: str
    where: str
    visibility: str
    text: str


def as_shown(frame: Frame, stored: list[dict[str, Any]]) -> list[Line]:
    names = {row.slug: row.name for row in frame.categories.values()}
    words, index = periods.Words(frame.zone), places()
    return [Line(said["line"], names.get(said["category"], said["category"]), _when(frame, words, said),
                 frame.place_name([UUID(named)] if (named := said.get("named_area"))
                                  else index.areas_at(said["longitude"], said["latitude"])),
                 showing.in_words(said["visibility"], said["police_sees"]), said["text"]) for said in stored]


def _when(frame: Frame, words: periods.Words, said: Mapping[str, Any]) -> str:
    moment, precision = datetime.fromisoformat(said["occurred_at"]), said["precision"]
    start, part = periods.period_of(moment, precision, frame.zone)
    return words.of(start, part, periods.no_finer_than(moment, precision, frame.zone), precision)
