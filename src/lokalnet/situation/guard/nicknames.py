"""Nicknames and names of profiles. Marked, not stopped: what stands in quotes may also be a shout or a project."""

import re
from collections.abc import Iterator

from .judging import is_noun
from .kinds import Kind
from .lists import COMMON, KNOWN
from .numbers import Piece

_OPEN, _CLOSE, _INSIDE = "[\"'“”„‘’»«]", "[\"'“”’»«]", "[^\"'“”„‘’»«\\n]"
_CALLED_AS = (r"(?:kaldet|kaldt|kaldes|kalder (?:sig(?: selv)?|ham|hende)|de kalder|(?:går|gik) under navnet|"
              r"også kendt som|bedre kendt som|kendt som|alias|a\.?k\.?a\.?|(?:øge|kæle|til|dæk|kalde)navn(?:et)?:?|"
              r"nicknamed|known as|called)")
_ONE = r"(?:ham|hende|drengen|pigen|fyren|manden|lederen|sælgeren|føreren|den ene)"
CALLED = re.compile(
    rf"\b{_CALLED_AS} (?:for |selv )?(?:{_OPEN}{_INSIDE}{{2,30}}{_CLOSE}|"
    r"(?-i:(?:[A-ZÆØÅ][\w.-]{0,20})(?: [A-ZÆØÅ][\w.-]{0,20}){0,2}))", re.IGNORECASE)
QUOTED = re.compile(
    rf"(?<!\w){_OPEN}(?P<quoted>[A-ZÆØÅ][^\W_.]{{1,15}}(?:[ -][A-ZÆØÅ0-9][\w.]{{0,15}}){{0,2}}){_CLOSE}(?!\w)")
LOWER = re.compile(rf"\b{_ONE} {_OPEN}(?![^\n]{{0,20}}[.!?]){_INSIDE}{{2,20}}{_CLOSE}|"
                   rf"(?<!\w){_OPEN}(?:den|lille|store|big|lil) [\w-]{{1,15}}{_CLOSE}", re.IGNORECASE)
PROFILE = re.compile(r"\b(?:snap(?:chat)?|insta(?:gram)?|tiktok|telegram|profil|bruger)(?:navn\w{0,2})?(?::| er|=|) ?"
                     r"[\"'@]?(?=[\w.]{0,30}[\d_])[\w.]{4,30}|(?<![\w.@])@[A-Za-z][\w.]{2,30}", re.IGNORECASE)
_NO_PERSON = re.compile(
    r"(?:\b(?:sted|plads|område|bakke|sti|gård|skur|hjørne|park|bænk|tunnel|hul|kælder|projekt|kampagne|gruppe|bande|film|"
    r"sang|skilt|bus|kiosk|café|klub|butik|arrangement|event|forening|indsats|initiativ|app|spil|legeplads|bygning|blok|"
    r"klistermærke|plakat|mærke|place|area|project|campaign)\w*[^.!?\n\"“”»«]{0,30}|"
    r"\b(?:råb\w*|sagde|siger|skrev\w*|skriver|stod|står|stå|ordet|ordene|teksten|tegnet|svarede|skreg|skålede|sang|malet|"
    r"sprayet|tagged|tagget|tag'et|tag|graffiti|titlen|overskriften|mottoet|sloganet|said|wrote|shouted|reading)\b"
    r"[^.!?\n\"“”»«]{0,20})$", re.IGNORECASE)
_STEMS = ("\"", "'", "“", "”", "„", "‘", "’", "»", "«", "@", "kald", "navn", "kendt", "alias", "aka", "a.k", "known",
          "called", "snap", "insta", "tiktok", "telegram", "profil", "bruger")


def nicknames(text: str, low: str) -> Iterator[Piece]:
    """In a text and the same in lower case."""
    if not any(stem in low for stem in _STEMS):
        return
    for pattern in (CALLED, QUOTED, LOWER):
        for found in pattern.finditer(text):
            if not _NO_PERSON.search(text[max(0, found.start() - 60):found.start()]) and not _thing(found):
                yield found.start(), found.end(), Kind.NICKNAME
    yield from ((found.start(), found.end(), Kind.NICKNAME) for found in PROFILE.finditer(text))


def _thing(found: re.Match[str]) -> bool:
    quoted = found.groupdict().get("quoted")
    return quoted is not None and (quoted.lower() in COMMON or quoted.lower() in KNOWN or is_noun(quoted.lower()))
