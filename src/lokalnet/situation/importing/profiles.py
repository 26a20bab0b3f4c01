"""Profiles: how the files of one source are written, in TOML beside this file, so that a new source needs no code."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from lokalnet.foundation.languages import reader_language
from lokalnet.places.points import Bounds
from lokalnet.situation.importing import own

FOLDER = Path(__file__).with_name("sources")


class ImportFailed(Exception):
    """Nothing could be imported; the message says why, and what would do."""


@dataclass(frozen=True)
class Profile:
    """`columns` maps our fields to the file's headers; `categories` its words to our slugs, empty for the same words.

    `ignored` headers are known and not used; `optional` ones may be missing. A `timezone` of None means that times
    must carry an offset. `time_of_day` is given to times that have none. `own` are the files that Lokalnet wrote: their
    `headings` are words in either language, and `columns` map to what those stand for.
    """

    name: str
    titles: Mapping[str, str]
    columns: Mapping[str, str]
    ignored: frozenset[str]
    optional: frozenset[str]
    categories: Mapping[str, str]
    defaults: Mapping[str, str]
    time_format: str
    time_formats_too: tuple[str, ...]
    time_of_day: time | None
    timezone: ZoneInfo | None
    bounds: Bounds | None
    encoding: str
    delimiter: str
    own: bool
    headings: Mapping[str, str]

    @property
    def title(self) -> str:
        """What its users call it."""
        return self.titles[reader_language()]

    def columns_of(self, headings: Iterable[str]) -> tuple[str, ...]:
        """What a file's first line names."""
        return tuple(self.headings.get(heading.strip(), heading.strip()) for heading in headings)

    def heading(self, column: str) -> str:
        """How a column is headed, in the reader's language where the profile has one."""
        return own.titles().get(column, column) if self.own else column

    @property
    def headers(self) -> frozenset[str]:
        return frozenset(self.columns.values()) | self.ignored

    def value(self, values: Mapping[str, str], field: str) -> str:
        """What a row says of our field, or the profile's default where it says nothing."""
        return values.get(self.columns.get(field, ""), "") or self.defaults.get(field, "")

    def category(self, values: Mapping[str, str]) -> str:
        said = self.value(values, "category")
        return self.categories.get(said, self.defaults.get("category", said)) if self.categories else said


def known() -> list[str]:
    return sorted(path.stem for path in FOLDER.glob("*.toml"))


def load(name: str) -> Profile:
    """The profile of that name; raises ImportFailed naming those that exist."""
    if name not in known():
        raise ImportFailed(f"--profile {name}: unknown; known are {', '.join(known())}")
    return from_toml(name, tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8")))


def from_toml(name: str, said: Mapping[str, Any]) -> Profile:
    return Profile(
        name=name, titles=said["title"], columns=said["columns"], ignored=frozenset(said.get("ignored", ())),
        optional=frozenset(said.get("optional", ())), categories=said.get("categories", {}),
        defaults=said.get("defaults", {}), time_format=said["time_format"],
        time_formats_too=tuple(said.get("time_formats_too", ())),
        time_of_day=time.fromisoformat(said["time_of_day"]) if "time_of_day" in said else None,
        timezone=ZoneInfo(said["timezone"]) if "timezone" in said else None,
        bounds=Bounds(*said["bounds"]) if "bounds" in said else None,
        encoding=said.get("encoding", "utf-8-sig"), delimiter=said.get("delimiter", ","),
        own=said.get("own", False), headings=own.headings() if said.get("own") else {})
