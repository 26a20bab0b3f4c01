"""How much one word looks like a name, by its spelling, its place in the sentence and the lists."""

import re
from enum import Enum, auto

from .lists import COMMON, GIVEN, GIVEN_SAFE, KNOWN, NAMES, OURS, SURNAME, SURNAME_SAFE, listed
from .place_names import IN_PLACE, STRONG_END, TO_PLACE, WEAK_END
from .splitting import Words


class Sign(Enum):
    NONE = auto()
    HALF = auto()   # not alone, but beside a name, or with other evidence
    WHOLE = auto()


# Endings of Danish nouns that some write with a capital: Boligforeningen, Overvågning.
_NOUN = re.compile(r".{3,}(?:erne|ene|ning|ningen|ninger|inger|ingen|else|elsen|elser|hed|heden|heder|skab|skabet|tion|"
                   r"tionen|tioner|isterne|eriet|tet|teter|teten|agen|arium|ologi|grafi|logen|ium|eum|ment|mentet|"
                   r"afdeling|tilsyn|tilsynet|styrelse|styrelsen|udvalg|udvalget|råd|rådet|nævn|nævnet|kontor|kontoret|"
                   r"service|team|teamet|dage|dagene|fest|festen|ugen|aften|marked|markedet|løb|løbet|cup|spillet|club|"
                   r"crew|forum|netværk|projekt|vogn|vognen|bil|bilen)s?")
# Familien in "Hansen-familien": the name counts although it is part of a compound.
_ABOUT_PERSONS = listed(
    "familien brødrene søstrene drengene gruppen banden slænget sagen klanen")
_CAPITAL_INSIDE = re.compile(r"(?<=[^\W\d_])(?<!Mc)(?<!Mac)[A-ZÆØÅ]")   # SSP and UngHerlev, but not McKay
_SPEAKS = listed(
    "sagde siger fortalte fortæller hedder indrømmer indrømmede sælger solgte truede slog ringede råbte bor græd "
    "løj forklarer forklarede")
_ROLE = re.compile(r".*(?:er|en|et|ist|or|ør|ant|ent|ing|ling|ende|mand|mænd|folk|bud|inde|ice|ier|else|s|rne)")


def sign_of(words: Words, at: int, *, lists_only: bool) -> Sign:
    key = words.keys[at]
    if "-" in key or "'" in key:
        key, sign = _compound(words, at)
        if sign is not None:
            return sign
    if len(key) == 1 or key in KNOWN:
        return Sign.NONE
    if not words.capital[at] or words.shouted:
        return _in_lower_case(key)
    if words.begins(at):
        return _beginning(words, at, key)
    return _in_mid_sentence(words, at, key, lists_only=lists_only)


def _compound(words: Words, at: int) -> tuple[str, Sign | None]:
    """Anne-Marie is judged by Anne, Audi'er by Audi; SSP-konsulent and Carl Nielsen-koncert are things."""
    head, *_, tail = re.split(r"['’-]", words.spelled[at])
    if words.capital[at] and "-" in words.spelled[at] and tail.islower() and not words.shouted:
        head = head.lower()
        named = tail in _ABOUT_PERSONS and (head in GIVEN or head in SURNAME)
        return head, Sign.WHOLE if named else Sign.NONE
    whole, last = words.keys[at], tail.lower()
    if (len(head) > 1 and head.isupper() and not words.spelled[at].isupper()) or _of_known_parts(whole):
        return head, Sign.NONE
    if tail[:1].isupper() and (head.lower() in {"al", "el", "abu"} or last in GIVEN_SAFE or last in SURNAME_SAFE):
        return last, Sign.WHOLE
    if not words.capital[at] and _named_in_lower_case(whole):
        return whole, Sign.WHOLE
    return (whole if whole in GIVEN or whole in SURNAME or whole in KNOWN else head.lower()), None


def _of_known_parts(whole: str) -> bool:
    """Danmark-Tyskland, Ballerup-Skovlunde"""
    return all(part in KNOWN or part in COMMON or () in OURS.get(part, ()) for part in whole.split("-"))


def _named_in_lower_case(whole: str) -> bool:
    """anne-marie, al-hassan"""
    head, *_, tail = whole.split("-") if "-" in whole else (whole, "")
    return (head in GIVEN_SAFE and tail in GIVEN) or (head in {"al", "el", "abu"} and tail in NAMES)


def _in_lower_case(key: str) -> Sign:
    if key in COMMON:
        return Sign.NONE
    if key in GIVEN_SAFE and len(key) > 2:
        return Sign.WHOLE
    if key in SURNAME_SAFE and key.endswith(("sen", "sens")):
        return Sign.WHOLE
    return Sign.HALF if key in GIVEN or key in SURNAME else Sign.NONE


def _beginning(words: Words, at: int, key: str) -> Sign:
    if key in GIVEN_SAFE or (key in SURNAME_SAFE and key not in COMMON):
        return Sign.WHOLE
    if key in GIVEN:
        return Sign.HALF
    if key in COMMON or words.spelled[at].isupper() or is_noun(key):
        return Sign.NONE
    following = words.keys[at + 1] if at + 1 < len(words) else ""
    if following in _SPEAKS and not _ROLE.fullmatch(key):
        return Sign.WHOLE
    return Sign.HALF


def _in_mid_sentence(words: Words, at: int, key: str, *, lists_only: bool) -> Sign:
    if key in GIVEN or key in SURNAME_SAFE:
        return Sign.WHOLE
    if key in COMMON:
        return Sign.HALF if key in SURNAME else Sign.NONE
    if key in SURNAME:
        return Sign.WHOLE
    if lists_only or len(key) < 3 or _CAPITAL_INSIDE.search(words.spelled[at]):
        return Sign.NONE
    return Sign.NONE if is_noun(key) or _as_place(words, at, key) else Sign.WHOLE


def _as_place(words: Words, at: int, key: str) -> bool:
    """After "in" an unknown word is a place, unless it owns something; after "by" it must also end like one."""
    before = words.keys[at - 1]
    owns = key.endswith("s") and at + 1 < len(words) and words.joined(at) and not words.capital[at + 1]
    return (before in IN_PLACE and not owns) or (before in TO_PLACE and bool(WEAK_END.fullmatch(key)))


def is_noun(key: str) -> bool:
    """An ordinary noun, a compound that ends in one, or a word that ends like a place."""
    ends = _NOUN.fullmatch(key) or STRONG_END.fullmatch(key)
    return bool(ends) or any(key[-size:] in COMMON for size in range(5, min(13, len(key) - 1)))
