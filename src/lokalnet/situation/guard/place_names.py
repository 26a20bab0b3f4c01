"""Words that name a place, a day, a shop or an organisation, so that the look for names passes them by."""

import re

from .lists import NAMES, OURS, Phrases, listed
from .splitting import Words

# After a name these make a street or an institution: Mads Nielsens Vej. Streets do so in lower case, too.
STREETS = listed(
    "vej vejen gade gaden allé alle plads pladsen torv torvet stræde boulevard vænge vænget street road avenue lane "
    "square")
HOUSES = STREETS | listed(
    "park parken have haven skole skolen station st kirke kirken center centret centeret hallen hal klub klubben "
    "sti stien mosen søen broen bakken gården kvarter kvarteret kollegiet kollegium hus huset stadion arena "
    "bibliotek biblioteket gymnasium hospital plejehjem plejecenter børnehus børnehave børnehaven børnegård "
    "kirkegård boldklub idrætsforening moské moskeen vangen toften krogen engen lunden skoven porten passage arkade "
    "arkaden ungdomsskole privatskole friskole efterskole sogn kommune politi centrum bymidte bank sparekasse "
    "apotek lægehus svømmehal idrætscenter fitness sikring club byg auto biler cykler service pizza grill kiosk "
    "shop festdage festival cup security aps slot slotspark kaserne mølle møllen kro kroen "
    "fabrik fabrikken værk værket havn havnen søbad slagteri teglværk school church park hospital centre house "
    "library court market")
# Before a name these make a shop or a king: Café Mozart, Kong Hans.
BEFORE = listed(
    "klub café cafe restaurant pizzeria bodega hotel kiosk grill bar firma uvejret stormen orkanen kong dronning "
    "prins prinsesse sankt sct skt institutionen daginstitutionen børnehuset børnehaven vuggestuen bostedet festivalen "
    "foreningen butikken firmaet caféen cafeen restauranten kampagnen ungdomsklubben fritidsklubben plejecentret "
    "plejecenteret plejehjemmet varmestuen kollegiet")
STRONG_END = re.compile(
    r".{2,}(?:vej|vejen|vejs|gade|gaden|allé|plads|pladsen|torv|torvet|stræde|boulevard|park|parken|parks|have|haven|"
    r"skole|skolen|station|stationen|kirke|kirken|center|centret|centeret|hallen|klub|klubben|stien|mose|mosen|søen|vænge|"
    r"vænget|toften|gården|gårds|bakken|lunden|engen|huset|kvarteret|byen|broen|tunnelen|skoven|banen|kollegiet|krogen|"
    r"kæret|marken|vangen|højen|holmen|stadion|biblioteket|arena|hegn|porten|reden|terrasserne|vængerne|husene|parkerne|"
    r"gymnasium|gymnasiet|universitet|boligerne|centrum|boden|bank|banken|kassen|åen|ådalen)s?")
WEAK_END = re.compile(r".{3,}(?:rup|lev|løse|sted|by|bæk|borg|strup|holm|lund|dal|høj|toft|tofte|gård|gaard|bjerg|berg|"
                      r"bro|sø|sund|havn|hus|køb|inge|ager|vang|næs|ø|vig|holt|skov|rød|mark)s?|.{6,}(?:en|et)")
IN_PLACE = listed("i foran langs gennem")
TO_PLACE = listed("i på ved omkring nær langs mod bag")


def places(words: Words, known: Phrases) -> list[bool]:
    """For each word: is it part of such a name?"""
    found = [False] * len(words)
    for at, key in enumerate(words.keys):
        if key in OURS:
            _mark_phrase(words, at, OURS[key], found)
        if key in known:
            _mark_phrase(words, at, known[key], found)
        if key in HOUSES:
            _mark_street(words, at, found)
        if key in BEFORE:
            _mark_after(words, at, found)
    return found


def _mark_phrase(words: Words, at: int, phrases: tuple[tuple[str, ...], ...], found: list[bool]) -> None:
    for rest in phrases:
        if tuple(words.keys[at + 1:at + 1 + len(rest)]) == rest:
            found[at:at + 1 + len(rest)] = [True] * (1 + len(rest))
            return


def _mark_street(words: Words, at: int, found: list[bool]) -> None:
    """Back over the capitals or, where all is lower case, over a name in the genitive."""
    first = at
    if words.shouted or not words.capital[at - 1]:
        if at and words.keys[at] in STREETS and words.keys[at - 1].endswith("s"):
            first = _before(words, at, [key in NAMES for key in words.keys[max(0, at - 3):at]])
    elif words.capital[at] or words.keys[at] in STREETS:
        first = _before(words, at, words.capital[max(0, at - 4):at])
    if first < at:
        found[first:at + 1] = [True] * (at + 1 - first)


def _before(words: Words, at: int, fits: list[bool]) -> int:
    """The first word of the run that ends before this one."""
    first = at
    while fits and fits.pop() and words.joined(first - 1):
        first -= 1
    return first


def _mark_after(words: Words, at: int, found: list[bool]) -> None:
    end = at + 1
    while end < len(words) and end <= at + 2 and words.capital[end] and words.joined(end - 1):
        end += 1
    if end > at + 1:
        found[at:end] = [True] * (end - at)
