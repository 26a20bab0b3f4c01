"""An age together with clothes, hair, build or a vehicle: that singles a person out. Marked, not stopped.

The piece is the age with the traits that follow closely; where a verb or other words stand between, the age alone.
"""

import re
from collections.abc import Iterator

from .kinds import Kind
from .numbers import Piece

_NUMBER_WORD = r"(?:elleve|tolv|tretten|fjorten|femten|seksten|sytten|atten|nitten|tyve|tredive|fyrre|halvtreds)"
_YEARS = rf"(?:\d{{1,2}}(?:[ -]{{1,3}}\d{{1,2}})?|{_NUMBER_WORD})"
AGE = re.compile(
    rf"\(\d{{1,2}}(?: år)?\)|\b(?:{_YEARS}[ -]?årig(?:t|s|(?P<plural>e)s?)?\b|"
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
_SAID_OF = (r"(?:han|hun|drengen|pigen|fyren|manden|kvinden|knægten|føreren|sælgeren|personen|vedkommende|"
            r"gerningsmanden|vidnet|den (?:ene|anden|yngste|ældste)|he|she)")
AGE_SAID = re.compile(rf"\b(?:{_SAID_OF} (?:er|var|is|was) (?:vel |vist |nok |kun |about )?|"
                      r"(?:dreng|pige|fyr|mand|kvinde|knægt|boy|girl|man|woman)(?:en)?,? )"
                      r"(?P<age>\d{1,2})\b(?=,|\.|$| i | med | og | iført| in | and )")
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
    rf"{_COLOURED} (?:(?:\w{{2,12}} )?(?:tøj|bil|cykel|bmw|audi|mercedes|golf|polo|varevogn|volvo|toyota)|\w{{3,12}})|"
    r"(?:bmw|audi|mercedes|golf|polo|passat|volvo|toyota|peugeot|tesla|opel|ford)(?:'?en)?|"
    r"(?:jacket|hoodie|cap|hat)s?|trousers|coat|beard|hair|tattoo|bike|bmx)\b")
_OLD_THING = re.compile(rf" (?:{_COLOURED} )?(?:\w{{0,10}}(?:bil|scooter|knallert|cykel|bmw|audi|golf|hus|bygning))\b")
REACH = 70
_PERSON = r"(?:dreng|pige|fyr|mand|kvinde|knægt|person|ung|teenager|boy|girl|man|woman|person|youth)"
# What may stand between an age and a trait that is one description with it: no verb, nothing about others.
_BETWEEN = re.compile(rf"(?: gammel| gamle)?(?: {_PERSON})?(?:,? (?:i|med|på|iført|iklædt|in|on|with|wearing)"
                      r"(?: [^\W\d_]+){0,2}|,)? ?")
_MORE = re.compile(rf"(?:,| og|, og)? (?:en |et |på en |på |med |i |and |with |a )?(?={TRAIT.pattern})")
_STEMS = (*"0123456789", "elleve", "tolv", "ten", "nitten", "tyve", "tredive", "trediv", "fyrre", "halvtreds")


def descriptions(low: str) -> Iterator[Piece]:
    """In a text in lower case: an age and a trait in the same sentence, when it is about one or a few."""
    if not any(stem in low for stem in _STEMS):
        return
    for start, end in _ages(low):
        trait = _trait_near(low, start, end)
        if trait:
            yield start, _end(low, end, *trait), Kind.DESCRIPTION


def _ages(low: str) -> Iterator[tuple[int, int]]:
    for age in AGE.finditer(low):
        several = age["plural"] and not re.search(r"\bde[nt] $", low[max(0, age.start() - 4):age.start()])
        if not (several or _MANY.search(low[max(0, age.start() - 30):age.start()])
                or _OLD_THING.match(low, age.end())):
            yield age.span()
    yield from (age.span("age") for age in AGE_SAID.finditer(low))


def _end(low: str, age: int, start: int, end: int) -> int:
    """Of the age alone; of the traits too where they follow closely, so that a general word can stand for it all."""
    if start < age or not _BETWEEN.fullmatch(low, age, start):
        return age
    while more := _MORE.match(low, end):
        found = TRAIT.match(low, more.end())
        if found is None:
            break
        end = found.end()
    return age + len(low[age:end].rstrip(" ,"))


def _trait_near(low: str, start: int, end: int) -> tuple[int, int] | None:
    after = re.split(r"[!?\n]|\.(?=\s)", low[end:end + REACH], maxsplit=1)[0]
    found = TRAIT.search(after)
    if found:
        return end + found.start(), end + found.end()
    before = re.split(r"[!?\n]|(?<!ca)\.(?=\s)", low[max(0, start - REACH // 2):start])[-1]
    found = TRAIT.search(before)
    return (start - len(before) + found.start(), start - len(before) + found.end()) if found else None
