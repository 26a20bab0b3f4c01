"""Names of persons.

Danish nouns have no capital, so a capital in mid-sentence on a word that is no known place, day, shop or organisation
is a strong sign of a name. First in a sentence, in lower case and in a text all in capitals, the lists decide.
"""

import re
from collections.abc import Iterator

from .judging import Sign, sign_of
from .kinds import Kind
from .lists import COMMON, GIVEN, GIVEN_RARE, GIVEN_SAFE, NAMES, SURNAME, SURNAME_SAFE, Phrases, listed
from .numbers import Piece
from .place_names import places
from .splitting import Words

_CAPITAL_OR_HYPHEN = re.compile(r"[-A-ZÀ-ÖØ-ÞĀ-ŽŞȘȚ]")
_PARTICLES = listed("al el bin ibn van von de der den la du abu ben da dos af ul")
_INTRODUCED = listed("familien hr fru frk hedder hed navnet mr mrs")
_OF_ENGLISH = listed(
    "the and was were of with a on or near by in is from to who he she they his her this that")
_OF_DANISH = listed(
    "og der er det en et på til af med i ved den de han hun fra som var har ikke vi jeg")
_TELLS = listed("sagde siger fortalte fortæller hedder spurgte svarede ringede mener mente forklarede said says told")
_PERSONAL = listed(
    "sagde siger fortalte fortæller kom kommer ringede ringer har havde er var stod står gik går så ser mener mente "
    "tror troede løb løber kørte kører råbte råber sælger solgte truede truer slog slår kastede bor hjalp hjælper "
    "kender ved vil ville kan kunne skal skulle bad spurgte svarede græd hentede fik får tog tager skrev skriver "
    "says said was came")


def names(words: Words, known: Phrases) -> Iterator[Piece]:
    """One piece for each run of words that together are a name."""
    if NAMES.isdisjoint(words.keys) and not _CAPITAL_OR_HYPHEN.search(words.text):
        return
    signs = _signs(words, known)
    _pair(words, signs)
    yield from _runs(words, signs)


def _signs(words: Words, known: Phrases) -> list[Sign]:
    passed = places(words, known)
    lists_only = _english(words) or _capitals_at_will(words)
    return [Sign.NONE if passed[at] else sign_of(words, at, lists_only=lists_only) for at in range(len(words))]


def _english(words: Words) -> bool:
    return sum(key in _OF_ENGLISH for key in words.keys) > sum(key in _OF_DANISH for key in words.keys)


def _capitals_at_will(words: Words) -> bool:
    """Some write Nouns with a Capital: then a capital says nothing."""
    return sum(words.capital[at] and key in COMMON and len(key) > 1 and not words.begins(at)
               for at, key in enumerate(words.keys)) > 1


def _pair(words: Words, signs: list[Sign]) -> None:
    """What is too little alone may be enough beside another: a given name with a surname, two names with an 'and'."""
    for at in range(len(words)):
        if signs[at] is Sign.HALF:
            if at + 1 < len(words) and _supported(words, signs, at):
                signs[at] = Sign.WHOLE
        elif signs[at] is not Sign.NONE and _introduced(words, at):
            signs[at] = Sign.WHOLE


def _introduced(words: Words, at: int) -> bool:
    return at > 0 and words.keys[at - 1] in _INTRODUCED and words.keys[at] in NAMES and words.keys[at] not in COMMON


def _supported(words: Words, signs: list[Sign], at: int) -> bool:
    key, following = words.keys[at], words.keys[at + 1]
    if _introduced(words, at):
        return True
    if words.joined(at) and signs[at + 1] is not Sign.NONE and _full_name(words, signs, at):
        return True
    if not words.capital[at] or words.shouted:
        return False
    if following in _TELLS and key in GIVEN:
        return True
    if following in _PERSONAL and key in GIVEN and key not in GIVEN_RARE:
        return True
    return (following in {"og", "eller", "samt"} and at + 2 < len(words) and words.capital[at + 2]
            and key in GIVEN and words.keys[at + 2] in GIVEN and signs[at + 2] is not Sign.NONE)


def _full_name(words: Words, signs: list[Sign], at: int) -> bool:
    key, following = words.keys[at], words.keys[at + 1]
    if words.capital[at] and words.capital[at + 1] and not words.shouted:
        return signs[at + 1] is Sign.WHOLE or (key in GIVEN and following in SURNAME)
    return (key in GIVEN and following in SURNAME and following not in COMMON
            and (key in GIVEN_SAFE or following in SURNAME_SAFE))


def _runs(words: Words, signs: list[Sign]) -> Iterator[Piece]:
    at = 0
    while at < len(words):
        if signs[at] is not Sign.WHOLE:
            at += 1
            continue
        first, last = _back(words, signs, at), _on(words, signs, at)
        yield words.starts[first], words.ends[last], Kind.NAME
        at = last + 1


def _back(words: Words, signs: list[Sign], at: int) -> int:
    """Over initials and over what is half a name."""
    while at and words.capital[at - 1] and words.joined(at - 1) and (
            signs[at - 1] is Sign.HALF or (len(words.keys[at - 1]) == 1 and words.keys[at - 1] != "i")):
        at -= 1
    return at


def _on(words: Words, signs: list[Sign], at: int) -> int:
    """Over surnames, initials and particles, as long as they follow closely."""
    while at + 1 < len(words) and words.joined(at):
        following = words.keys[at + 1]
        if signs[at + 1] is Sign.WHOLE or (signs[at + 1] is Sign.HALF and _goes_on(words, at)):
            at += 1
        elif (at + 2 < len(words) and (len(following) == 1 or following in _PARTICLES)
              and words.joined(at + 1) and signs[at + 2] is Sign.WHOLE):
            at += 2
        else:
            return at
    return at


def _goes_on(words: Words, at: int) -> bool:
    if words.capital[at + 1] and not words.shouted:
        return True
    return words.keys[at + 1] in SURNAME and words.keys[at + 1] not in COMMON
