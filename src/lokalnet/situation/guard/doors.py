"""Floor and door, or the number of a flat: they point to one home. A floor alone is marked, not stopped."""

import re
from collections.abc import Iterator

from .kinds import Kind
from .numbers import Piece

_SIDE = r"(?:t\.\s?h|t\.\s?v|m\.\s?f|th|tv|mf)(?![\w-])\.?"
_LONG_SIDE = r"(?:(?:til |t\. ?)?(?:højre|venstre)|midtfor|i midten)\b"
NEAR = 80
_ORDINAL = r"(?:første|anden|tredje|fjerde|femte|sjette|syvende|ottende|øverste)"
_BEFORE = r"(?P<stairway>\bopg(?:ang(?:en)?|\.)? ?[a-zæøå0-9]{1,3}[ ,.]{1,3})?"

DOORS = tuple(re.compile(pattern) for pattern in (
    # 2. th - 1.tv. - 3 sal tv - 1. sal t.v. - 2, mf
    _BEFORE + r"\b\d{1,2}(?:\.? ?(?:sal|etage)[ .,]{0,3}|\.[ ,]{0,2}|, ?)" + _SIDE,
    _BEFORE + r"\b\d{1,2} ?(?:th|mf)(?![\w-])\.?(?! (?:of|floor|street|birthday|time))",
    # st. mf - stuen th
    _BEFORE + r"\b(?:st|stuen|kld|kælderen)[., ]{1,3}" + _SIDE,
    # 4. sal til venstre - anden sal til højre - stuen til venstre
    _BEFORE + r"\b(?:(?:\d{1,2}\.?|" + _ORDINAL + r") ?(?:sal|etage)|stuen|stueetagen)[ ,.]{1,3}(?:døren )?(?:"
    + _LONG_SIDE + "|" + _SIDE + ")",
    # opgang B, 3. sal - nr. 14, 3. sal - Grantoften 12, 3. sal
    r"\bopg(?:ang(?:en)?|\.)? ?(?:[a-zæøå]|\d{1,3})\b[ ,.]{1,3}\d{1,2}\.? ?sal\b",
    r"\b\d{1,3} ?[a-h]?, ?\d{1,2}\.? ?sal\b",
    # lejlighed 14 - lejl. nr. 203
    r"\b(?:lejl(?:ighed(?:en)?)?|lejemål|værelse|bolig|flat|apartment|apt)\b\.? ?(?:nr|nummer|no)?[. ]{0,2}\d{1,4}"
    r"[a-z]?\b(?! ?(?:dage|døgn|uger|måneder|mdr|år|gange|timer|min|m2|kvm|days|weeks))",
    r"\bdør \d{1,3}\b(?=.{0,8}\bsal\b)",
    r"\bdør(?:en)? (?:nr|nummer)[. ]{1,2}\d{1,3}\b",
    r"(?:(?:\bsal|\d\.)[ ,.]{1,3}|\b(?:til|i|på|ved|fra|ud for|bag) )dør \d{1,3}\b(?! ?gange)",
    r"\b\d(?:st|nd|rd|th) floor,? (?:on the )?(?:left|right)\b",
))
# "2 tv" may be two television sets: it is a door after a word of place, or at the end.
TWO_TV = re.compile(r"(?:(?P<place>\b(?:på|i|fra|til|hos|ved|nr|opgang \w{1,2}|\d{1,3}[a-h]?,?) )|)"
                    r"(?P<door>\b\d{1,2} ?tv\b(?![-\w]))(?P<end>[.,;]?(?: \d+)?$)?")
FLOOR = re.compile(rf"\b(?:\d{{1,2}}\.?|{_ORDINAL}) ?(?:sal|etage)\b|\b(?:\d{{1,2}}(?:st|nd|rd|th)|first|second|third|"
                   r"fourth|fifth|top) floor\b")
# Where nobody lives a floor points to nobody; but a school that the house lies beside says nothing.
_PUBLIC = re.compile(
    r"(?:\b(?P<beside>ved|bag|bagved|foran|overfor|over for|nær|mod|tæt på|near|behind|opposite|by) (?:[^\W\d_]+ )?)?"
    r"\b(?:\w*(?:bibliotek|skole|gymnasi|rådhus|parkering|p-hus|p-kælder|p-dæk|center|centre|butik|kontor|hotel|hospital|"
    r"sygehus|lægehus|kulturhus|medborgerhus|forsamlingshus|klubhus|ungdomshus|kommune|universitet|stormagasin|biograf|"
    r"kirke|museum|teater|kantine|mødelokale|lokaler|undervisning|storcenter|perron|metro|station|hallen|værksted|"
    r"byggeri|byggeplads|stillads|elevator)|(?:lager|library|school|car park|parking|office|mall|shop|cinema|town hall|"
    r"lift|elevator)\b)")
_SENTENCE = re.compile(r"[!?\n]|(?<!\d)\.(?=\s)")
_HINT = re.compile(r"\d[ .,]{0,3}(?:sal|etage|t|m)|\bst(?:uen)?[., ]|"
                   r"\b(?:sal|lejl|lejemål|værelse|bolig|dør|flat|ap|kld|kælderen)|floor")


def doors(text: str) -> Iterator[Piece]:
    """In a text in lower case."""
    if not _HINT.search(text):
        return
    yield from ((found.start(), found.end(), Kind.FLOOR) for found in FLOOR.finditer(text)
                if not _public(text, found.start(), found.end()))
    for pattern in DOORS:
        yield from ((found.start(), found.end(), Kind.DOOR) for found in pattern.finditer(text))
    for found in TWO_TV.finditer(text):
        if found["place"] or found["end"] is not None:
            yield found.start("door"), found.end("door"), Kind.DOOR


def _public(text: str, start: int, end: int) -> bool:
    """Is the sentence about a house where nobody lives?"""
    sentence = _SENTENCE.split(text[max(0, start - NEAR):start])[-1] + _SENTENCE.split(text[start:end + NEAR])[0]
    return any(not found["beside"] for found in _PUBLIC.finditer(sentence))
