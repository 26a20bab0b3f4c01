"""Number plates: AB 12 345 on cars, AB 1234 on scooters, others where a plate is named before."""

import re
from collections.abc import Iterator

from .kinds import Kind
from .lists import listed
from .numbers import AMOUNT, Piece

PLATE = re.compile(r"(?<![\w-])(?P<letters>[A-Za-z]{2})[ .·-]?(?P<digits>\d{2}[ .·-]?\d{3}|\d{2} ?\d{2}|\d{3})(?![\w])"
                   r"(?![.,:-]\d)")
PLATE_NAMED = re.compile(r"\b(?:\w{0,12}plade\w{0,3}|reg\.? ?nr|registreringsn\w{1,10}|indreg\w{0,12}|number plate|"
                         r"plate)\b[\s.:,]{0,3}(?:(?:er|var|med|på|is|was|nr|begynder|begyndte|"
                         r"starter|slutter|ender)[\s.:]{1,2}){0,2}"
                         r"(?P<plate>[A-Za-z]{1,3}[ -]?[A-Za-z]{0,2}[ -]?\d{2,5}(?:[ -]\d{2,3})?(?: ?[A-Za-z]{1,3})?)"
                         r"(?!\w)", re.IGNORECASE)
PLATE_SPREAD = re.compile(r"(?<!\w)[A-Z][ .-][A-Z][ .-]?\d{2}[ .-]?\d{3}(?!\w)")
_VEHICLE = re.compile(r"\b(?:scooter|knallert|plade|nummerplade|reg|trailer|bil|motorcykel|mc|crosser|taxi|varevogn|"
                      r"bmw|audi|mercedes|golf|polo|passat|volvo|toyota|peugeot|renault|opel|ford|skoda|tesla|kia|"
                      r"hyundai)\w{0,4}\b[^.!?\n]{0,25}$", re.IGNORECASE)
# Two letters before a number that are a word, a year's event or a country.
_WORDS = listed(
    "kl nr af ca km kr de en et er vi du ti to dk eu su em vm ol tv da at og om op se ud ad i ja jo nu os in on of "
    "or at by no ha ej up to is it as an my we")


def plates(text: str) -> Iterator[Piece]:
    if not any(letter.isdigit() for letter in text):
        return
    for found in PLATE.finditer(text):
        if _is_plate(text, found):
            yield found.start(), found.end(), Kind.PLATE
    yield from ((found.start(), found.end(), Kind.PLATE) for found in PLATE_SPREAD.finditer(text))
    for found in PLATE_NAMED.finditer(text):
        if found["plate"].split()[0].lower() not in {"nr", "ca", "kl", "på", "i"}:
            yield found.start("plate"), found.end("plate"), Kind.PLATE


def _is_plate(text: str, found: re.Match[str]) -> bool:
    """Two letters and five digits are a plate; with four digits capitals are asked for, or a vehicle named before."""
    letters, digits = found["letters"], found["digits"]
    named = bool(_VEHICLE.search(text[max(0, found.start() - 40):found.start()]))
    if AMOUNT.match(text, found.end()):
        return False
    if letters.lower() in _WORDS:
        return named and letters.lower() in {"er", "de", "su", "et", "en"} and len(digits) > 5
    if len(digits.replace(" ", "")) > 4:
        return True
    year = digits[:2] in {"19", "20"}
    return named or (len(digits) == 4 and digits.isdigit() and not year and letters.isupper() and not text.isupper())
