"""General words for numbers, plates, doors and floors."""

import re

from .surroundings import Surroundings, Swap

_IS = r"\b(?:er|var|is|was):? "
_NUMBER = r"(?:nummer(?:et)?|nr\.?|no\.?|number)"
_PHONE = rf"(?:tlf\.?|tel\.?|telefon(?:{_NUMBER})?|mobil(?:{_NUMBER})?|phone(?: number)?|mobile)"
_CPR = r"(?:cpr(?:[-. ]{0,2}(?:nummer|nr\.?))?|\w*nr\.?|\w*nummer|cpr number)"
_PLATE = (r"(?:(?:nummer)?plader?(?:ne|n)?|reg\.? ?nr\.?|registreringsnummer(?:et)?|(?:number |licen[cs]e )?plate|"
          r"nummer(?:et)?|nr\.?)")
_VEHICLE = (r"\w*(?:bil|bilen|scooter|scooteren|knallert|knallerten|motorcykel|motorcyklen|varevogn|varevognen|taxi|"
            r"trailer|crosser|bmw|bmw'en|audi|audi'en|mercedes|golf|polo|passat|volvo|toyota|peugeot|renault|opel|ford|"
            r"skoda|tesla|kia|hyundai|car|van|moped|motorbike)")
_HOUSE = re.compile(r"(?P<house>(?:opg(?:ang(?:en)?|\.)? ?[a-zæøå0-9]{1,3}|\d{1,3} ?[a-h]?))[ ,.]{1,3}"
                    r"(?=\d{1,2}\.? ?sal|\d{1,2}\.|st|kld|\d{1,2} ?(?:th|tv|mf))", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:\b[Dd]ør(?:en)?|\b(?:[A-ZÆØÅ]\w+|[Nn]r\.?|[Nn]ummer|[Oo]pgang) \d{1,3} ?[a-hA-H]?|"
                      r"\b[Oo]pgang [a-hA-H]),? $")
_ROOMS = {"lej": "en lejlighed", "vær": "et værelse", "bol": "en bolig", "dør": "en dør", "fla": "a flat",
          "apa": "a flat", "apt": "a flat"}
_OWN = r"\b(?:hans|hendes|mit|sit|dit|deres|vores|et|nye|nyt|det|his|her|new) "
_BESIDE = r"(?P<kept>[^\W\d_]{2,})(?:, |,? \()"


def of_number(around: Surroundings) -> Swap | None:
    words = "a civil registration number" if around.english else "et CPR-nummer"
    return (_known(around) or around.kept(rf"{_OWN}(?P<kept>{_CPR}):? ") or around.kept(_BESIDE)
            or around.instead_of(rf"\b{_CPR}:? ", words) or around.general(words))


def of_telephone(around: Surroundings) -> Swap | None:
    words = "a telephone number" if around.english else "et telefonnummer"
    return (_known(around) or around.kept(rf"{_OWN}(?P<kept>{_PHONE}|{_NUMBER}):? ") or around.kept(_BESIDE)
            or around.instead_of(rf"\b(?:{_PHONE}|{_NUMBER}):? ", words) or _rung(around, words)
            or around.general(words))


def of_address(around: Surroundings) -> Swap | None:
    words = "an e-mail address" if around.english else "en mailadresse"
    return (_known(around) or around.kept(_BESIDE)
            or around.instead_of(r"\b(?:e-?mail(?:adresse)?|mail):? ", words) or around.general(words))


def of_plate(around: Surroundings) -> Swap | None:
    return (_known(around)
            or around.kept(rf"\b(?:svensk|dansk|norsk|tysk|polsk|udenlandsk|swedish|german) (?P<kept>{_PLATE}) ")
            or around.kept(rf"(?P<kept>[^\W\d_]+),? (?:med|with) (?:{_PLATE}:? ?)?\(?")
            or around.kept(rf"\b(?P<kept>{_VEHICLE}),? \(?(?:{_PLATE}:? )?")
            or around.kept(_BESIDE)
            or around.instead_of(rf"\b(?:har|havde|has|had) {_PLATE}:? ", "has a plate" if around.english
                                 else "har nummerplade")
            or around.instead_of(rf"\b{_PLATE}:? ", "a vehicle" if around.english else "et køretøj")
            or around.general("a vehicle" if around.english else "et køretøj"))


def of_door(around: Surroundings) -> Swap | None:
    house = _HOUSE.match(around.piece)
    if house:
        return Swap(around.start, around.end, house["house"])
    if room := _ROOMS.get(around.piece[:3].lower()):
        return around.general(room)
    if around.english:
        return around.instead_of(r"\b(?:at|in|on) (?:the )?", "in the building") or around.general("a home")
    if address := _ADDRESS.search(around.before):
        return Swap(around.start - len(address[0]), around.end, address[0].rstrip(" ,"))
    return (around.instead_of(r"\b(?:i|på|ved) ", "i opgangen")
            or around.kept(r"\b(?P<kept>nabo|naboen|beboer|beboeren|beboerne|altan|altanen|ind|ud|op|oppe|ned|nede) ")
            or around.instead_of(r"\bhos ", "hos en beboer")
            or around.general("en opgang" if re.search(r"\b(?:fra|til|mod|ud for|foran|bag|af) $", around.before)
                              else "en beboer"))


def of_floor(around: Surroundings) -> Swap | None:
    if around.english:
        return around.instead_of(r"\bthe ", "one of the floors") or around.general("one of the floors")
    return around.instead_of(r"\b(?:den|en) ", "en af etagerne") or around.general("en af etagerne")


def _known(around: Surroundings) -> Swap | None:
    """«Nummeret er 20 30 40 50» says no more than that somebody knows it."""
    subject = rf"\b(?:{_NUMBER}|{_PHONE}|{_CPR}|{_PLATE}|(?:e-?)?mail(?:en|adresse)?)\w* {_IS}$"
    if not re.search(subject, around.before, re.IGNORECASE):
        return None
    return Swap(around.start, around.end, "known" if around.english else "kendt")


def _rung(around: Surroundings, words: str) -> Swap | None:
    """«Ring 20 30 40 50» becomes «ring til …»"""
    if around.english or not re.search(r"\bring(?:er|et|ede)?(?: gerne| evt\.?)? $", around.before, re.IGNORECASE):
        return None
    return Swap(around.start, around.end, f"til {words}")
