"""A piece of a text with what stands round it, and the making of a swap that fits in there."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from lokalnet.foundation.languages import reader_language

from .kinds import Found
from .lists import listed
from .splitting import split

_ENGLISH = listed(
    "the and was were of with a on or by is to who he she they his her this that from it saw left has had no not an")
_DANISH = listed("og der er det en et på til af med ved den de han hun fra som var har ikke vi jeg")
_ARTICLE = re.compile(r"\b(?P<word>en|et|den|a|an|the) $", re.IGNORECASE)
_BEGINNING = re.compile(r"(?:^|[.!?…]\s+|\n)[\s\"'“”»«–—(*•-]*$")
_SHORTENED = re.compile(r"\b(?:[a-zæøå]|ca|kl|nr|tlf|bl|evt|inkl|pga|hr|fr|frk|st|vedr|opg|lejl|reg|mr|mrs|dr)\.\s+$",
                        re.IGNORECASE)
NEAR = 80  # so that no text, however long, makes it slow


@dataclass(frozen=True)
class Swap:
    """What stands from `start` to `end` may be changed for the words."""

    start: int
    end: int
    words: str


@dataclass(frozen=True)
class Surroundings:
    """A piece text[start:end]; `english` says in which language the general words are needed."""

    text: str
    start: int
    end: int
    english: bool
    others: Sequence[Found] = ()

    @property
    def piece(self) -> str:
        return self.text[self.start:self.end]

    @property
    def before(self) -> str:
        """What stands near before it."""
        return self.text[max(0, self.start - NEAR):self.start]

    @property
    def after(self) -> str:
        return self.text[self.end:]

    def kept(self, pattern: str) -> Swap | None:
        """What `pattern` calls `kept`, right before the piece, stays alone; commas or brackets round the piece go.

        A comma before the piece asks for an end after it: "Mads, Ali og en tredje" are three.
        """
        found = re.search(rf"{pattern}$", self.before, re.IGNORECASE)
        if not found:
            return None
        end = self.end
        between = self.before[found.end("kept"):].lstrip()
        if between.startswith(("(", ",")):
            closes = re.match(r"\s?\)" if between.startswith("(") else r",(?= )|(?=[.!?\n]|$)", self.after)
            if closes is None and "," not in self.piece:
                return None
            end += len(closes[0]) if closes else 0
        elif "," in self.piece and self.after.startswith(", "):
            end += 1
        return Swap(self.start - len(self.before) + found.start("kept"), end, found["kept"])

    def instead_of(self, pattern: str, words: str) -> Swap | None:
        """The words for the piece together with what `pattern` finds right before it."""
        found = re.search(rf"{pattern}$", self.before, re.IGNORECASE)
        return self.widened(self.start - len(found[0]), words) if found else None

    def general(self, noun: str) -> Swap:
        """A noun, given with its article; an article that stands there already is taken along, so there is one."""
        found = _ARTICLE.search(self.before)
        if not found:
            return self.widened(self.start, noun)
        if found["word"].lower() not in {"den", "the"}:
            return self.widened(self.start - len(found[0]), noun)
        article, _, bare = noun.partition(" ")
        definite = "the" if article in {"a", "an"} else {"en": "den", "et": "det"}.get(article, "")
        return self.widened(self.start - len(found[0]), f"{definite} {bare}" if definite else noun)

    def widened(self, start: int, words: str) -> Swap:
        if begins(self.text[max(0, start - NEAR):start]):
            words = words[:1].upper() + words[1:]
        return Swap(start, self.end, words.upper() if _shouted(self.piece) else words)


Swapping = Callable[[Surroundings], Swap | None]


def begins(before: str) -> bool:
    """Does a sentence begin after this?"""
    return bool(_BEGINNING.search(before)) and not _SHORTENED.search(before)


def is_english(text: str) -> bool:
    """By the small words; where they do not tell, the language of the page."""
    keys = split(text).keys
    english, danish = (sum(key in words for key in keys) for words in (_ENGLISH, _DANISH))
    return english > danish if english != danish else reader_language() == "en"


def _shouted(piece: str) -> bool:
    letters = [letter for letter in piece if letter.isalpha()]
    return len(letters) > 4 and piece.isupper()
