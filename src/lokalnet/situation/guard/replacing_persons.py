"""General words for names, family ties, nicknames and descriptions."""

import re

from lokalnet.foundation.times import now

from .descriptions import AGE
from .kinds import Kind
from .lists import GIVEN, NAMES
from .plain import lower
from .surroundings import Surroundings, Swap, begins

# Nouns for persons: the name after one of them adds nothing that may stand.
_NOUN = (r"\w*(?:dreng|pige|fyr|mand|kone|kvinde|nabo|lærer|pædagog|vicevært|betjent|leder|træner|konsulent|"
         r"medarbejder|kollega|rådgiver|formand|forkvinde|ejer|elev|ven|veninde|bror|søster|fætter|kusine|mor|far|søn|"
         r"datter|kæreste|kunde|beboer|vidne|vagt|chauffør|sælger|fører|person|barn|knægt|pårørende|bestyrer|inspektør|"
         r"klubmedarbejder|gadeplansmedarbejder|forælder|onkel|unge|ekspedient|bager|købmand|frivillig|kammerat|makker|gæst|chef)")
_ENGLISH_NOUN = (r"(?:boy|girl|man|woman|neighbour|neighbor|teacher|officer|caretaker|leader|coach|owner|pupil|friend|"
                 r"brother|sister|mother|father|resident|witness|guard|driver|seller|person|child|relative|kid|youth)")
_DEFINITE = (rf"(?:{_NOUN}(?:en|n|et|ren|den|erne|ne)|ham|hende|familien|brødre|søstre|personer|banden|gruppen|"
             r"gerningsmanden)")
_OWNED = r"(?:min|mit|vores|hans|hendes|sin|en|et|den|det|denne|anden|ung|ældre|unge|gamle|a|the|his|her|our|my|s)"
_ADJECTIVE = r"(?:lille|store|unge|ung|gamle|ældre|samme|omtalte|young|old|same)"
_IS = (r"\b(?:er|var|ligner|ser ud til at være|skønnes|som|is|was|looks)(?: vel| vist| nok| måske| kun| about)?"
       r"(?: en)? $")
_SEPARATED = r",? \(?"
_ADULT, _OLD = 25, 67
_NUMBER_WORDS = {"elleve": 11, "tolv": 12, "tretten": 13, "tredive": 30, "trediverne": 30, "fyrre": 40,
                 "fyrrerne": 40, "halvtreds": 50, "halvtredserne": 50}


def of_name(around: Surroundings) -> Swap | None:
    if re.search(r"familien$", around.piece, re.IGNORECASE):
        return around.widened(around.start, "familien")
    if called := _called(around):
        return called
    owns = _owns(around)
    noun = _numbered(around, "a person" if around.english else "en person")
    # The name belongs to the noun before it, unless it owns what follows.
    kept = None if owns else (
        around.kept(rf"(?P<kept>\b{_DEFINITE}){_SEPARATED}")
        or around.kept(rf"\b{_OWNED} (?P<kept>(?:{_NOUN}|{_ENGLISH_NOUN})){_SEPARATED}")
        or _between_commas(around))
    if kept:
        return kept
    bare = around.instead_of(rf"\b(?P<role>{_NOUN}) ", "")
    if bare and not owns:
        role = around.text[bare.start:around.start].strip()
        return around.widened(bare.start, f"{_article(role)} {role.lower()}")
    given = re.search(r"\b(?P<given>[A-ZÆØÅ]\w+) $", around.before)
    if given and given["given"].lower() in GIVEN and not begins(around.before[:given.start()]):
        return around.widened(around.start - len(given[0]), noun)
    title = around.instead_of(r"\b(?:hr|fr|fru|frk|herr|mr|mrs|ms)\.? ", noun)
    if title:
        return title
    if owns:
        return _with_apostrophe(around, f"{noun}'s" if around.english else f"{noun}s")
    if re.search(rf"\b{_ADJECTIVE} $", around.before, re.IGNORECASE):
        return around.widened(around.start, noun.partition(" ")[2])
    return around.general(noun)


def _called(around: Surroundings) -> Swap | None:
    """The name said as a name: «der hedder Ali», «ved navn Ali», «går under navnet Ali»."""
    return (around.instead_of(r"\ben,? der (?:hedder|hed) ", "en person")
            or around.kept(r"(?P<kept>[^\W\d_]+) (?:der|som|who) (?:hedder|hed|is called)(?: også)? ")
            or around.kept(r"(?P<kept>[^\W\d_]+) (?:ved navn|alias|kaldet|kaldt|by the name of|named) ")
            or around.instead_of(r"\b(?:går|gik) under navnet |\bkalder sig(?: selv)? ", "bruger et dæknavn")
            or around.instead_of(r"\b(?:hedder|hed)(?: også| vist)? ", "er kendt")
            or around.instead_of(r"\bis called ", "is known")
            or around.instead_of(r"\bkaldes ", "kaldes noget særligt")
            or around.instead_of(r"\b(?:øge|kæle|til|dæk)navnet ", "et øgenavn")
            or around.instead_of(r"\bnavnet ", "et navn"))


def of_kinship(around: Surroundings) -> Swap | None:
    low = around.piece.lower()
    if re.search(r" (?:til|af|med|of|to)$", low):
        return _tie(around, low)
    if re.search(r"(?:brødre|søstre|fætre|tvillinge|søskende|kusiner|sønner|døtre|forældre|børn)", low):
        return _ties(around, low)
    word = "a relative" if around.english else "en pårørende"
    if re.search(r"(?:\ws|['’]s?) $", around.before) and not re.search(r"n(?:s)?$", low):
        return around.widened(around.start, word.partition(" ")[2])
    return around.general(_genitive(word, low, around.english))


def _tie(around: Surroundings, low: str) -> Swap:
    if around.english:
        return around.general("a relative of")
    joined = re.search(r"\b(?:er|var|bliver|blev)(?: også| vist| nok)?(?: en)? $", around.before)
    if joined or re.match(r"(?:gift|forlovet|kærester) ", low):
        return around.instead_of(r"\ben ", "knyttet til") or around.widened(around.start, "knyttet til")
    return around.general("en pårørende til")


def _ties(around: Surroundings, low: str) -> Swap:
    if re.match(r"(?:en|ene|one) af ", low):
        return around.widened(around.start, "en person")
    if re.match(r"begge af ", low):
        return around.widened(around.start, "to personer")
    if around.english:
        return around.general("some relatives")
    if re.match(r"(?:hans|hendes|vedkommendes|den unges|sin|min|deres|\w+(?:ens|ets|s)) ", low):
        return around.widened(around.start, "nogle pårørende")
    if re.search(r"\b(?:tvillingen|brødreparret|søskendeparret|tvillingeparret)$", low):
        return around.widened(around.start, "to personer")
    if re.match(r"de[nt] ", low):
        return around.widened(around.start, "en person")
    number = next((word for word in ("tre", "fire") if word in low.split()), "to")
    return around.instead_of(r"\bde ", f"{number} personer") or around.widened(around.start, f"{number} personer")


def of_nickname(around: Surroundings) -> Swap | None:
    low = around.piece.lower()
    if around.english:
        return around.kept(r"(?P<kept>[^\W\d_]+),? ") if re.match(r"(?:nicknamed|known|called|aka|a\.k)", low) \
            else around.general("a person")
    if re.match(r"kalder sig|(?:går|gik) under", low):
        return around.widened(around.start, "brugte et dæknavn" if low.startswith("gik") else "bruger et dæknavn")
    if called := re.match(r"(?:de )?kalder (ham|hende)", low):
        verb = "har" if not low.startswith("de ") else "de har"
        return around.widened(around.start, f"{verb} et øgenavn til {called[1]}")
    if low.startswith("kald") and re.search(r"\b(?:bliver|blev|er|var) $", around.before):
        return around.widened(around.start, "kendt under et øgenavn")
    if low.startswith("kaldes"):
        return around.widened(around.start, "har et øgenavn")
    if re.match(r"kald|også kendt|bedre kendt|kendt|alias|a\.?k\.?a", low):
        return around.kept(r"(?P<kept>[^\W\d_]+),? \(?") or around.widened(around.start, "en person")
    if re.match(r"(?:øge|kæle|til|dæk|kalde)navn", low):
        return around.widened(around.start, "et øgenavn" if "navnet" in low else "øgenavn")
    if re.match(r"snap|insta|tiktok|telegram|profil|bruger|@", low):
        return around.kept(r"\b(?P<kept>profilen|brugeren|kontoen) ") or around.general("en profil")
    if inside := re.match(rf"({_NOUN}(?:en|n)?|ham|hende|den ene) \W", around.piece, re.IGNORECASE):
        return around.widened(around.start, inside[1])
    return (around.kept(rf"(?P<kept>\b{_DEFINITE}){_SEPARATED}")
            or around.general(_numbered(around, "en person")))


def of_description(around: Surroundings) -> Swap | None:
    age = AGE.match(lower(around.text), around.start)
    if age is None:
        return _bare_number(around)
    years = _years(age[0])
    if re.search(r"årig|year", age[0]):
        return _adjective(around, age, years)
    if re.search(_IS, around.before, re.IGNORECASE):
        return around.widened(around.start, _predicate(around, years))
    noun = re.match(r"(?: gammel| gamle)? (?P<noun>\w+)", around.text[age.end():])
    if re.search(r"år(?: gammel)?$", age[0]) and noun and re.fullmatch(_NOUN, noun["noun"], re.IGNORECASE):
        return _adjective(around, age, years)
    return (around.kept(r"(?P<kept>[^\W\d_]{2,}),? \(?(?:ca\. |cirka |omkring |på |of |of about |about )?")
            or around.widened(around.start, _predicate(around, years)))


def _bare_number(around: Surroundings) -> Swap:
    """«Han er 15, har …» and «dreng 15, sort jakke»"""
    words = _predicate(around, _years(around.piece))
    if re.search(_IS, around.before, re.IGNORECASE):
        return around.widened(around.start, words)
    return around.kept(r"(?P<kept>[^\W\d_]{2,}),? ") or around.widened(around.start, words)


def _adjective(around: Surroundings, age: re.Match[str], years: int) -> Swap | None:
    """«En 16-årig dreng», «den 16-årige», «16-årig løb»: an adjective, which may be a noun by itself."""
    rest = around.text[age.end():around.end]
    noun = re.match(rf"(?: gammel| gamle)? (?P<noun>{_NOUN}|{_ENGLISH_NOUN}\w*)\b", rest, re.IGNORECASE)
    beside = re.match(rf"(?: gammel| gamle)? (?P<noun>{_NOUN}|{_ENGLISH_NOUN}s?)\b", around.after, re.IGNORECASE)
    said = f" {noun['noun']}" if noun else ""
    adjective = _words(around.english, years)
    if around.english:
        article = re.search(r"\b(?P<article>an?|the) $", around.before, re.IGNORECASE)
        alone = adjective if said or beside else ("adult" if adjective == "adult" else f"{adjective} person")
        if not article:
            return around.widened(around.start, alone + said)
        first = "the" if article["article"].lower() == "the" else ("an" if alone[0] in "aeo" else "a")
        return around.widened(around.start - len(article[0]), f"{first} {alone}{said}")
    if age["plural"] or age[0].endswith("årige") or re.search(r"\b(?:den|de|denne|det|hans|min|samme) $", around.before,
                                                             re.IGNORECASE):
        adjective = {"ung": "unge", "voksen": "voksne"}.get(adjective, adjective)
    elif re.search(r"årigt$", age[0]):
        adjective = {"ung": "ungt", "voksen": "voksent"}.get(adjective, adjective)
    elif not said and not beside and not re.search(r"\b(?:en|et|anden|ene|ingen|ung|lille|høj|lav|spinkel|kraftig) $",
                                                   around.before, re.IGNORECASE):
        adjective = f"en {adjective}"
    return around.widened(around.start, adjective + said)


def _predicate(around: Surroundings, years: int) -> str:
    adjective = _words(around.english, years)
    many = re.search(r"\b(?:de|begge|alle|vi|\w+(?:erne|ene)) (?:er|var|ser ud til at være|ligner)\b[^.]{0,12}$",
                     around.before, re.IGNORECASE)
    if around.english:
        return adjective
    return {"ung": "unge", "voksen": "voksne"}.get(adjective, adjective) if many else adjective


def _words(english: bool, years: int) -> str:
    if years >= _OLD:
        return "elderly" if english else "ældre"
    if years >= _ADULT:
        return "adult" if english else "voksen"
    return "young" if english else "ung"


def _years(age: str) -> int:
    """The age said, roughly; young where it is not told in figures."""
    if born := re.search(r"(?:19|20)\d{2}", age):
        return now().year - int(born[0])
    if found := re.search(r"\d{1,2}", age):
        return int(found[0])
    return next((number for word, number in _NUMBER_WORDS.items() if word in age), 18)


def _numbered(around: Surroundings, noun: str) -> str:
    """«En person og en anden person»: the second of two is another one."""
    if re.search(r"\b(?:en anden person|another person)(?:, | og | and |, og )$", around.before, re.IGNORECASE):
        return "a third person" if around.english else "en tredje person"
    if re.search(r"\b(?:en person|a person)(?:, | og | eller | and | or )$", around.before, re.IGNORECASE):
        return "another person" if around.english else "en anden person"
    return noun


def _owns(around: Surroundings) -> bool:
    """«Kevins bil», «Jonas' scooter» — not «Mads løb» or «Tobias kom», where a verb follows."""
    if re.match(r"['’]s? ?\w", around.after):
        return True
    last = around.piece.rsplit(None, 1)[-1]
    if re.search(r"['’]s$", last):
        return True
    if not re.search(r"[^s]s$", last) or _is_name(last):
        return False
    return bool(re.match(r" [a-zæøå]", around.after))


def _is_name(word: str) -> bool:
    """Mads, Jonas: the s belongs to the name."""
    key = word.lower()
    return key in NAMES and key[:-1] not in NAMES


def _with_apostrophe(around: Surroundings, words: str) -> Swap:
    mark = re.match(r"['’]s?", around.after)
    end = around.end + (len(mark[0]) if mark else 0)
    swap = around.general(words)
    return Swap(swap.start, end, swap.words)


def _between_commas(around: Surroundings) -> Swap | None:
    """«En af de unge, Viktor, kastede»: the name explains the word before it. In a list of names it does not."""
    if not re.search(r"[^\W\d_], $", around.before) or not re.match(r",(?! ?[A-ZÆØÅ])", around.after):
        return None if not re.search(r"[^\W\d_] \($", around.before) else around.kept(r"(?P<kept>[^\W\d_]+) \(")
    if any(other.kind == Kind.NAME and around.start - 3 <= other.end < around.start for other in around.others):
        return None
    return around.kept(r"(?P<kept>[^\W\d_]+), ")


def _genitive(word: str, low: str, english: bool) -> str:
    if not re.search(r"(?:en|ren|nen)s$", low):
        return word
    return f"{word}'s" if english else f"{word}s"


def _article(role: str) -> str:
    return "et" if re.search(r"(?:barn|vidne)$", role, re.IGNORECASE) else "en"
