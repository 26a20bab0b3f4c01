"""Family ties: they show who somebody is to everybody who knows the family. Marked, not stopped."""

import re
from collections.abc import Iterator

from .kinds import Kind
from .numbers import Piece

_KIN = (r"(?:(?:store|lille|halv|sted|sviger|tvilling|papp?a?|pap|bonus|pleje|eks|bed(?:ste)?|mor|far|old|barne)[- ]?)?"
        r"(?:søn|datter|bror|broder|søster|mor|moder|far|fader|fætter|kusine|nevø|niece|onkel|tante|moster|faster|"
        r"morbror|farbror|kæreste|svoger|svigerinde|kone|enke|tvilling|barn)")
_PLURAL = r"(?:sønner|døtre|brødre|søstre|fætre|kusiner)"
_ENGLISH = (r"(?:(?:ex-?)?(?:brother|sister|mother|father|mum|mom|dad|son|daughter|cousin|uncle|aunt|girlfriend|"
            r"boyfriend|wife|husband)s?)")
_HIS = r"(?:hans|hendes|vedkommendes|den unges)"
_THEIRS = rf"(?:{_HIS}|sin|sit|sine|min|mit|mine|din|dit|dine|deres|his|her|their)"
_OWNERS = r"(?:\w{2,20}(?:ens|ets|ernes|rens|iens)|den unges|nabos|drenges|pigers)"
_WHICH = r"(?:(?:lille|store|ældre|yngre|ældste|yngste|egen|ene|anden|to|tre|older|younger|little|big) )?"
KINSHIP = tuple(re.compile(pattern) for pattern in (
    rf"\b{_KIN}(?:en|et|er|n|ren|nen)? (?:af|til)\b|\beksmand(?:en)? til\b|\b(?:gift|forlovet|kærester) med\b",
    rf"\b{_THEIRS} {_WHICH}(?:{_KIN}|{_PLURAL}|{_ENGLISH}|mand|eks)\b|\b{_HIS} (?:forældre|børn|søskende)\b",
    rf"\b{_OWNERS} {_WHICH}(?:{_KIN}|{_PLURAL}|(?<!ernes )forældre|eks)\b",
    r"\b(?:den|de|det) (?:ældste|yngste|mellemste|anden|ene|lille|store) (?:af )?(?:de )?(?:to |tre |fire )?"
    r"(?:bror|brødre\w*|søster|søstre\w*|søskende\w*|søn|datter|tvilling\w*)\b",
    r"\b(?:ældste|yngste) (?:søn|datter|bror|søster)\b|\b(?:en|ene|begge) af (?:brødrene|søstrene|tvillingerne)\b",
    r"\b(?:de )?(?:to|tre|fire|begge) (?:brødre|søstre|fætre|tvillinger)(?:ne)?\b",
    r"\b(?:brødrene|søstrene|fætrene|søskendeparret|brødreparret|tvilling(?:er|erne|en|epigerne|edrengene|eparret))\b",
    r"\b(?:(?:store|lille)(?:bror|søster)(?:en)?|bro(?:r|der)en|søsteren|moderen|faderen|moren|kæresten|"
    r"(?:sviger)?sønnen|datteren|ekskæresten|eksmanden|ekskonen|fætteren|kusinen|nevøen|niecen|onklen|stedfaren|svogeren|barnebarnet)s?\b",
    r"\b(?:the )?(?:brother|sister|son|daughter|cousin|mother|father|uncle|nephew|girlfriend|boyfriend) (?:of|to)\b",
))
# Quicker than one expression: nearly no text holds any of them.
_STEMS = ("søn", "datter", "bro", "brød", "søst", "søsk", "mor", "mode", "far", "fade", "fæt", "kusin", "nevø", "niec",
          "onk", "tante", "mos", "fas", "kærest", "kone", "enke", "svoger", "sviger", "tvil", "sister", "son",
          "daughter", "cousin", "uncle", "aunt", "friend", "wife", "husb", "mother", "neph", "gift", "forlovet",
          "eks", " mand", "forældre", "børn", "barn", "døtre", "mum", "mom", "dad")


def kinship(low: str) -> Iterator[Piece]:
    """In a text in lower case."""
    if any(stem in low for stem in _STEMS):
        for pattern in KINSHIP:
            yield from ((found.start(), found.end(), Kind.KINSHIP) for found in pattern.finditer(low))
