"""The text as a reader sees it: ordinary digits and letters, nothing invisible, and where each character came from."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

# Characters that stand for themselves. A text of only these, nearly every text, is taken as it is.
ORDINARY = re.compile(r"[\t\n\r -~§°«»À-ÖØ-öø-žŞşȘșȚțạ-ỹ–—‘’“”„•€…]*")
INVISIBLE = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")


@dataclass(frozen=True)
class Plain:
    text: str
    sources: Sequence[tuple[int, int]] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The same piece in the text as given."""
        if self.sources is None or start == end:
            return start, end
        return self.sources[start][0], self.sources[end - 1][1]


def plain(text: str) -> Plain:
    if ORDINARY.fullmatch(text):
        return Plain(text)
    letters: list[str] = []
    sources: list[tuple[int, int]] = []
    for start, end in _clusters(text):
        for letter in _shown(text[start:end]):
            letters.append(letter)
            sources.append((start, end))
    return Plain("".join(letters), sources)


def lower(text: str) -> str:
    """In lower case, letter for letter: a Turkish İ becomes two when lowered, and is kept."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)


def _clusters(text: str) -> list[tuple[int, int]]:
    """A letter and the marks on it belong together: an å may be written as two characters."""
    starts = [at for at, letter in enumerate(text) if at == 0 or not unicodedata.combining(letter)]
    return list(pairwise([*starts, len(text)]))


def _shown(cluster: str) -> str:
    """NFKC, other scripts' digits as ours, and no format characters, fillers or stray marks."""
    return "".join(_digit(letter) for letter in unicodedata.normalize("NFKC", cluster) if _visible(letter))


def _visible(letter: str) -> bool:
    return unicodedata.category(letter) not in {"Cf", "Mn", "Me"} and letter not in INVISIBLE


def _digit(letter: str) -> str:
    value = unicodedata.decimal(letter, None)
    return letter if value is None else str(value)
