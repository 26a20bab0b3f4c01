"""How well the guard does on sentences of our own: misses and false alarms, with their uncertainty."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from pathlib import Path

from .finding import find
from .kinds import Found, Kind

SENTENCES = Path(__file__).parents[4] / "tests" / "situation" / "guard_sentences.toml"
Z = 1.959964
ALIKE = (frozenset({Kind.NAME, Kind.NICKNAME}),)


@dataclass(frozen=True)
class Sentence:
    text: str
    expected: tuple[tuple[Kind, str], ...]
    held_out: bool


@dataclass(frozen=True)
class Rate:
    number: int
    of: int

    @property
    def share(self) -> float:
        return self.number / self.of if self.of else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """95 % by Wilson (1927), which holds for rates near nought."""
        if not self.of:
            return 0.0, 1.0
        middle = (self.share + Z * Z / (2 * self.of)) / (1 + Z * Z / self.of)
        half = Z / (1 + Z * Z / self.of) * sqrt(self.share * (1 - self.share) / self.of + Z * Z / (4 * self.of**2))
        return max(0.0, middle - half), min(1.0, middle + half)

    def __str__(self) -> str:
        low, high = self.interval
        return f"{self.number:3d} of {self.of:3d}  {self.share:6.1%}  (95 %: {low:.1%} to {high:.1%})"


def sentences(path: Path = SENTENCES) -> list[Sentence]:
    rows = tomllib.loads(path.read_text(encoding="utf-8"))["sentences"]
    return [Sentence(row["text"], tuple(_expected(said) for said in row["finds"]), row["held_out"]) for row in rows]


def _expected(said: str) -> tuple[Kind, str]:
    kind, piece = said.split(":", 1)
    return Kind(kind), piece


def missing(sentence: Sentence) -> list[tuple[Kind, str]]:
    """What should have been found and was not: a piece counts as found where one of its kind overlaps it."""
    found = find(sentence.text)
    return [(kind, piece) for kind, piece in sentence.expected if not _is_found(sentence.text, kind, piece, found)]


def _is_found(text: str, kind: Kind, piece: str, found: Sequence[Found]) -> bool:
    start = text.index(piece)
    kinds = next((group for group in ALIKE if kind in group), frozenset({kind}))
    return any(one.kind in kinds and one.start < start + len(piece) and start < one.end for one in found)


def misses(rows: Sequence[Sentence]) -> Rate:
    marked = [row for row in rows if row.expected]
    return Rate(sum(bool(missing(row)) for row in marked), len(marked))


def false_alarms(rows: Sequence[Sentence]) -> Rate:
    clean = [row for row in rows if not row.expected]
    return Rate(sum(bool(find(row.text)) for row in clean), len(clean))


def run(*, verbose: bool = False) -> int:
    rows = sentences()
    print(f"{len(rows)} sentences")
    for label, part in (("all", rows), ("tuned", [row for row in rows if not row.held_out]),
                        ("held out", [row for row in rows if row.held_out])):
        print(f"{label:12s} misses       {misses(part)}")
        print(f"{label:12s} false alarms {false_alarms(part)}")
    for kind in (kind for kind in Kind if kind != Kind.GROUP):  # which is looked for elsewhere than in reports
        _print_kind(kind, rows)
    if verbose:
        _list(rows)
    return 0


def _print_kind(kind: Kind, rows: Sequence[Sentence]) -> None:
    """Pieces missed of those expected, and clean sentences in which this kind was seen."""
    expected = sum(one == kind for row in rows for one, _ in row.expected)
    missed = sum(one == kind for row in rows for one, _ in missing(row))
    clean = [row for row in rows if not row.expected]
    alarms = sum(any(found.kind == kind for found in find(row.text)) for row in clean)
    print(f"{kind.value:12s} misses       {Rate(missed, expected)}")
    print(f"{kind.value:12s} false alarms {Rate(alarms, len(clean))}")


def _list(rows: Sequence[Sentence]) -> None:
    for row in rows:
        wrong = missing(row) if row.expected else [(one.kind, row.text[one.start:one.end]) for one in find(row.text)]
        if wrong:
            said = ", ".join(f"{kind.value} {piece!r}" for kind, piece in wrong)
            what, part = "missed" if row.expected else "false", "held out" if row.held_out else "tuned"
            print(f"{what:6s} {part:8s} {said}: {row.text}")
