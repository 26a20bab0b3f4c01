"""The text as words, each with its place, its lower-case form, and whether a sentence begins with it."""

from dataclasses import dataclass
from functools import cached_property

from .lists import WORD, listed

_JOINTS = frozenset({" ", "-", "  ", "\xa0", " & ", "' ", "’ "})
_DOTS = frozenset({".", ". "})
_TITLES = listed("skt sct st dr hr fr frk jr mr mrs")
_ENDS = frozenset(".!?:;…\n\r\"'”“„’‘»«(–—-•*>/|+[")
_SHORT = listed(
    "ca kl nr tlf bl a evt inkl ekskl ang pga mht hr fr frk dr st th tv mf sml jf min max pr vedr afd opg lejl skt "
    "sct alm div sek mob m v d f eks mr mrs")


@dataclass(frozen=True)
class Words:
    text: str
    starts: list[int]
    ends: list[int]
    spelled: list[str]
    keys: list[str]
    capital: list[bool]

    def __len__(self) -> int:
        return len(self.keys)

    @cached_property
    def shouted(self) -> bool:
        """Written in capitals throughout, so that a capital says nothing."""
        capitals = sum(map(str.isupper, self.text))
        return capitals > 8 and capitals > 2 * sum(map(str.islower, self.text))

    def joined(self, at: int) -> bool:
        """Do this word and the next belong to one run?"""
        between = self.text[self.ends[at]:self.starts[at + 1]]
        return between in _JOINTS or (between in _DOTS and (len(self.keys[at]) == 1 or self.keys[at] in _TITLES))

    def begins(self, at: int) -> bool:
        """May the capital come from the place in the sentence?"""
        end = self.starts[at]
        while end > 0 and self.text[end - 1] == " ":
            end -= 1
        if at == 0 or end == 0:
            return True
        last = self.text[end - 1]
        if last == ".":
            return self.ends[at - 1] != end - 1 or not self._shortened(at - 1)
        return last in _ENDS or last.isdigit()

    def _shortened(self, at: int) -> bool:
        """A full stop after this word need not end the sentence; but after "250 m." it does."""
        unit = self.starts[at] > 1 and self.text[self.starts[at] - 2:self.starts[at]].strip().isdigit()
        return not unit and (self.keys[at] in _SHORT or (len(self.keys[at]) == 1 and self.capital[at]))


def split(text: str) -> Words:
    found = list(WORD.finditer(text))
    spelled = [word[0] for word in found]
    return Words(text, [word.start() for word in found], [word.end() for word in found], spelled,
                 [word.lower().replace("’", "'") for word in spelled], [word[0].isupper() for word in spelled])
