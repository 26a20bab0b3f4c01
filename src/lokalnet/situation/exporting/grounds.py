"""The grounds on which something is exempted from access to documents: configuration, in `grounds.toml`."""

import functools
import tomllib
from dataclasses import dataclass
from pathlib import Path

FILE = Path(__file__).with_name("grounds.toml")


@dataclass(frozen=True)
class Ground:
    slug: str
    paragraph: str
    words: str
    law: str = ""  # by its Danish short name

    @property
    def cited(self) -> str:
        """As a decision cites it, in Danish: «offentlighedslovens § 30, nr. 1»."""
        return f"{self.law}s {self.paragraph}" if self.law else self.paragraph


@functools.cache
def grounds() -> dict[str, Ground]:
    """By slug, in the order of the file."""
    said = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {row["slug"]: Ground(**row) for row in said["ground"]}
