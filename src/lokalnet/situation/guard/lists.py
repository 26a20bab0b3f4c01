"""The word lists, read once. They lie beside this file, one entry a line; a line may hold several words."""

import re
from collections.abc import Collection, Iterable
from functools import lru_cache
from pathlib import Path

WORDS = Path(__file__).parent / "words"
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
# A phrase is found by its first word; the longest comes first.
Phrases = dict[str, tuple[tuple[str, ...], ...]]


def _lines(name: str) -> frozenset[str]:
    lines = (WORDS / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line.lower() for line in lines if line and not line.startswith("#"))


def _genitives(words: Iterable[str]) -> frozenset[str]:
    """Mads, Jonas and Felix take an apostrophe, which the splitting into words has taken away."""
    return frozenset(f"{word}s" for word in words if not word.endswith(("s", "x", "z")))


def _with_genitives(words: frozenset[str]) -> frozenset[str]:
    return words | _genitives(words)


def _phrases(lines: Iterable[str]) -> Phrases:
    found: dict[str, list[tuple[str, ...]]] = {}
    for line in lines:
        first, *rest = WORD.findall(line)
        found.setdefault(first, []).append(tuple(rest))
        last = (rest or [first])[-1]
        if not last.endswith("s"):
            genitive = [*rest[:-1], f"{last}s"] if rest else []
            found.setdefault(first if rest else f"{first}s", []).append(tuple(genitive))
    return {first: tuple(sorted(rests, key=len, reverse=True)) for first, rests in found.items()}


def listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


COMMON = _lines("common_words")
ORGANISATIONS = _lines("organisations")
# Gangs and clubs: no names of persons, and in most texts no more than what stands on a wall.
GROUPS = _lines("groups")
KNOWN = _with_genitives(frozenset(line for line in ORGANISATIONS | GROUPS if " " not in line) - _lines("given_names"))

GIVEN_SAFE = _with_genitives(_lines("given_names")) - COMMON
GIVEN_WORD = _with_genitives(_lines("given_names_also_words")) - GIVEN_SAFE
GIVEN_RARE = _with_genitives(_lines("given_names_rarely")) - GIVEN_SAFE - GIVEN_WORD
GIVEN = GIVEN_SAFE | GIVEN_WORD | GIVEN_RARE
SURNAME_SAFE = _with_genitives(_lines("surnames")) - COMMON
SURNAME = SURNAME_SAFE | _with_genitives(_lines("surnames_also_words"))
NAMES = GIVEN | SURNAME
OURS = _phrases([*_lines("places"), *(line for line in ORGANISATIONS | GROUPS if " " in line)])


def places_of(names: Collection[str]) -> Phrases:
    """The places the caller knows of, as phrases."""
    return _phrases_of(frozenset(names)) if names else {}


@lru_cache(maxsize=64)
def _phrases_of(names: frozenset[str]) -> Phrases:
    return _phrases(name.lower() for name in names if WORD.search(name))
