"""Numbers that lead to a person: civil registration numbers, telephone numbers, e-mail addresses.

Every pattern has a fixed number of parts, so that no text makes it slow.
"""

import re
from collections.abc import Iterator

from .kinds import Kind

Piece = tuple[int, int, Kind]

_BETWEEN = r"[\s./_·–—−-]{0,3}"
# Day, month, year and four digits; replacement numbers add 60 to the day. The check digit is not guaranteed since
# 2007 (cpr.dk), so it is not asked for.
CPR = re.compile(
    r"(?<!\d)(?:0[1-9]|[12]\d|3[01]|6[1-9]|[78]\d|9[01])(?P<first>" + _BETWEEN + r")(?:0[1-9]|1[0-2])"
    + _BETWEEN + r"\d{2}(?P<last>" + _BETWEEN + r")(?P<serial>\d{4})(?!\d)")
# Single digits with something between them, and a date of birth with the century written out.
CPR_SPREAD = re.compile(r"(?<!\d)(?<!\d[ .-])[0-3679](?:[ .-]\d){5}[ .-]{1,3}\d(?:[ .-]\d){3}(?!\d)(?![ .-]\d)")
CPR_CENTURY = re.compile(r"(?<!\d)[0-3679]\d([./ -]?)[01]\d\1(?:19|20)\d{2}-\d{4}(?!\d)")

_PAIRS = r"\d{2}(?P<a>[ .\-/])\d{2}(?P=a)\d{2}(?P=a)\d{2}"
PHONE = re.compile(
    r"(?<![\w+/-])(?<!\d[.,])(?P<abroad>(?:\+|00)\s?\(?\d{1,3}\)?[ .-]?)?"
    r"(?P<number>" + _PAIRS + r"|\d{8}|\d{4} \d{4}|\d{2} \d{3} \d{3}|\d{3} \d{2} \d{3}|\d{2} \d{6}|\d(?: \d){7})"
    r"(?![\w])(?![.,/ -]\d)")
PHONE_ABROAD = re.compile(r"(?<![\w+])(?:\+|00)[1-9]\d{0,2}(?:[ .()-]{0,2}\d){6,12}(?!\d)")
_CALLS = re.compile(r"(?:\b(?:tlf|tel|telefon\w*|mobil\w*|ring\w*|sms\w*|opkald|whatsapp|phone|call)\b[\s.:(\"”]*"
                    r"(?:\w+[\s.:]+){0,3})$", re.IGNORECASE)
_COUNTS = re.compile(r"\b(?:kl|klokken|uge|uger|ugerne|bus|busser|linje|linjer|linjerne|nr|numre|nummer|husnumre\w*|"
                     r"opgang\w*|blok\w*|lampe\w*|mast\w*|perioden|årene|sæson\w*)\.?[\s:]*$", re.IGNORECASE)
_FILED = re.compile(r"(?:sag\w*|journal\w*|j|ordre\w*|faktura\w*|cvr\w*|rapport\w*|varenr|løbenr|elmåler\w*|måler\w*|"
                    r"stelnr|kvittering\w*|reference|ref|id)(?:[- .]?n(?:umme)?r)?[\s.:#-]*$", re.IGNORECASE)
AMOUNT = re.compile(r"\s?(?:kr|dkk|,-|euro|eur|€|m2|km|m\b|liter)", re.IGNORECASE)

EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}\s?(?:@|[(\[]\s?(?:at|snabel-?\s?a)\s?[)\]]|\bsnabel-?\s?a\b)\s?"
                   r"[\w-]{1,63}(?:\s?(?:\.|\bpunktum\b)\s?[\w-]{2,63}){1,4}", re.IGNORECASE)
_AT = re.compile(r"@|[(\[]\s?at|snabel", re.IGNORECASE)


def numbers(text: str) -> Iterator[Piece]:
    """All of them, in no order; they may overlap."""
    if any(letter.isdigit() for letter in text):
        yield from _cprs(text)
        yield from _phones(text)
    if _AT.search(text):
        yield from ((found.start(), found.end(), Kind.EMAIL) for found in EMAIL.finditer(text))


def _cprs(text: str) -> Iterator[Piece]:
    for found in CPR.finditer(text):
        if not _date_and_time(found):
            yield found.start(), found.end(), Kind.CPR
    for pattern in (CPR_SPREAD, CPR_CENTURY):
        yield from ((found.start(), found.end(), Kind.CPR) for found in pattern.finditer(text))


def _date_and_time(found: re.Match[str]) -> bool:
    """12.03.24 2130 is a moment, as long as the date is parted and the last four are a time of the day."""
    hour, minute = int(found["serial"][:2]), int(found["serial"][2:])
    return found["first"] in {".", "/"} and found["last"].isspace() and hour < 24 and minute < 60


def _phones(text: str) -> Iterator[Piece]:
    for found in PHONE.finditer(text):
        if found["abroad"] or _is_phone(text, found):
            yield found.start(), found.end(), Kind.PHONE
    yield from ((found.start(), found.end(), Kind.PHONE) for found in PHONE_ABROAD.finditer(text))


def _is_phone(text: str, found: re.Match[str]) -> bool:
    """Danish numbers begin with 2 to 9. Words before a number say what it counts."""
    before = text[max(0, found.start() - 40):found.start()]
    if _CALLS.search(before):
        return True
    number = found["number"]
    if number[0] in "01" or _FILED.search(before) or AMOUNT.match(text, found.end()):
        return False
    parted = not number.isdigit()
    return not (parted and (_COUNTS.search(before) or _years(number)))


def _years(number: str) -> bool:
    return len(number) == 9 and number[:2] in {"19", "20"} and number[5:7] in {"19", "20"}
