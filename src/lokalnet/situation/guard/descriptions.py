"""An age together with clothes, hair, build or a vehicle: that singles a person out. Marked, not stopped."""

import re
from collections.abc import Iterator

from .kinds import Kind
from .numbers import Piece

_NUMBER_WORD = r"(?:elleve|tolv|tretten|fjorten|femten|seksten|sytten|atten|nitten|tyve|tredive|fyrre|halvtreds)"
_YEARS = rf"(?:\d{{1,2}}(?:[ -]{{1,3}}\d{{1,2}})?|{_NUMBER_WORD})"
AGE = re.compile(
    rf"\(\d{{1,2}}(?: år)?\)|\b(?:{_YEARS}[ -]?årig(?P<plural>e)?\b|"
    r"mellem \d{1,2} og \d{1,2} år\b|"
    rf"(?<!i )(?<!for )(?<!efter )(?<!over )(?:ca\.? ?|cirka |omkring |"
    r"på (?:ca\.? |cirka |omkring )?|alder(?:en)? )"
    rf"{_YEARS}(?: år)?\b(?! ?(?:min|kr|m\b|km|meter|gange|stk|unge|person|biler|scoot|siden|uger|dage|timer|"
    r"grader|%))|"
    rf"(?<!i )(?<!for )(?<!efter )(?<!over )(?<!\d){_YEARS} år(?: gammel)?\b(?! siden| gammelt| i træk)|"
    r"\bi \d{1,2}[- ]?års[- ]?alderen\b|\bfødt (?:ca\.? |omkring |i )?(?:19|20)\d{2}\b|\bomkring de \d{2}\b|"
    r"\b(?:i|midt i|sidst i|først i|starten af|slutningen af|midten af) (?:\d0'?erne|"
    r"tyverne|trediverne|fyrrerne|halvtredserne)|"
    rf"\b(?:aged? (?:about )?|about |around ){_YEARS}\b(?! (?:people|min|m\b|cars|boys|girls|youths))|"
    rf"\b{_YEARS}[- ]years?[- ]old\b)")
_MANY = re.compile(r"\b(?:flere|mange|unge|nogle|grupper?|gruppen|flok\w*|alle|børn|youths|\d{1,3}|fire|fem|seks|syv|"
                   r"otte|ti)\b[^.!?\n]{0,14}$")
_COLOURED = (r"(?:rød|sort|hvid|blå|grøn|gul|grå|brun|lilla|orange|lyserød|mørk|lys|lyseblå|mørkeblå|beige|sølv|"
             r"camouflage)(?:t|e)?")
TRAIT = re.compile(
    r"\b(?:\w{0,14}(?:jakke|trøje|bukser|frakke|hue|kasket|dragt|hætte|tørklæde|rygsæk|taske|handsker|briller|hjelm|"
    r"hoodie|sneakers|shorts|jeans|t-shirt|skjorte|kjole|vest|støvler)(?:n|en|r)?|joggingtøj|træningssæt|cap|sko|stok|"
    r"(?:adidas|nike|puma)\w*|"
    r"\w{0,10}(?:hår|håret|skæg|hestehale|krøller|fletninger|isse)|skaldet|karseklippet|"
    r"(?:kraftig|spinkel|tynd|slank|muskuløs|tæt|spinkelt|kraftigt)(?: (?:bygget|af bygning))?|\d{3} ?cm|"
    r"(?:meget|ret|er|var) (?:høj|lav)|høj og|lav og|høj, |\d{3},? (?:cm )?høj|1,\d{2}\b|tatover\w*|ar i|piercing\w*|"
    r"halter|rollator|kørestol|krykker|kortklippet|langhåret|"
    r"\w{0,8}(?:scooter|knallert|løbehjul|motorcykel|crosser|elcykel|moped|atv)(?:en|et)?|"
    rf"{_COLOURED} (?:\w{{2,12}} )?(?:tøj|bil|cykel|bmw|audi|mercedes|golf|polo|varevogn|volvo|toyota|\w{{3,12}})|"
    r"(?:bmw|audi|mercedes|golf|polo|passat|volvo|toyota|peugeot|tesla|opel|ford)(?:'?en)?|"
    r"(?:jacket|hoodie|cap|hat)s?|trousers|coat|beard|hair|tattoo|bike|bmx)\b")
_OLD_THING = re.compile(rf" (?:{_COLOURED} )?(?:\w{{0,10}}(?:bil|scooter|knallert|cykel|bmw|audi|golf|hus|bygning))\b")
REACH = 70
_STEMS = (*"0123456789", "elleve", "tolv", "ten", "nitten", "tyve", "tredive", "trediv", "fyrre", "halvtreds")


def descriptions(low: str) -> Iterator[Piece]:
    """In a text in lower case: an age and a trait in the same sentence, when it is about one or a few."""
    if not any(stem in low for stem in _STEMS):
        return
    for age in AGE.finditer(low):
        if age["plural"] and not re.search(r"\bde[nt] $", low[max(0, age.start() - 4):age.start()]):
            continue
        if _MANY.search(low[max(0, age.start() - 30):age.start()]) or _OLD_THING.match(low, age.end()):
            continue
        trait = _trait_near(low, age.start(), age.end())
        if trait:
            yield min(age.start(), trait[0]), max(age.end(), trait[1]), Kind.DESCRIPTION


def _trait_near(low: str, start: int, end: int) -> tuple[int, int] | None:
    after = re.split(r"[!?\n]|\.(?=\s)", low[end:end + REACH], maxsplit=1)[0]
    found = TRAIT.search(after)
    if found:
        return end + found.start(), end + found.end()
    before = re.split(r"[!?\n]|(?<!ca)\.(?=\s)", low[max(0, start - REACH // 2):start])[-1]
    found = TRAIT.search(before)
    return (start - len(before) + found.start(), start - len(before) + found.end()) if found else None
