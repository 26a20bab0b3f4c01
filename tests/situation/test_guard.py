"""The guard on sentences of our own, and on what people do to get round it."""

import time
from collections.abc import Collection
from itertools import pairwise

import pytest
from django.utils import translation

from lokalnet.situation import guard
from lokalnet.situation.guard import Kind, measuring

ROWS = measuring.sentences()


def kinds(text: str, places: Collection[str] = ()) -> list[str]:
    return [found.kind.value for found in guard.find(text, places=places)]


def pieces(text: str) -> list[str]:
    return [text[found.start:found.end] for found in guard.find(text)]


def test_the_set_is_large_hard_and_split() -> None:
    assert len(ROWS) >= 480
    assert 0.35 < sum(row.held_out for row in ROWS) / len(ROWS) < 0.45
    assert 0.4 < sum(bool(row.expected) for row in ROWS) / len(ROWS) < 0.6
    assert all(piece in row.text for row in ROWS for _, piece in row.expected)
    # Names of groups are no matter of reports (test_guard_groups.py).
    assert {kind for row in ROWS for kind, _ in row.expected} == set(Kind) - {Kind.GROUP}


def test_misses_and_false_alarms_stay_under_the_goals() -> None:
    assert measuring.misses(ROWS).share < 0.02
    assert measuring.false_alarms(ROWS).share < 0.03


def test_the_figures_are_printed_with_their_uncertainty(capsys) -> None:
    assert measuring.run(verbose=True) == 0
    printed = capsys.readouterr().out
    assert "held out     misses" in printed and "95 %" in printed


def test_wilsons_interval_is_the_published_one() -> None:
    """Newcombe (1998), table I: 15 of 148, and none of 20."""
    assert measuring.Rate(15, 148).interval == pytest.approx((0.0624, 0.1605), abs=5e-4)
    assert measuring.Rate(0, 20).interval == pytest.approx((0.0, 0.1611), abs=5e-4)


def test_a_street_may_bear_a_name_and_a_person_may_not() -> None:
    assert kinds("Uro på Mads Nielsens Vej") == []
    assert kinds("Vi talte med Mads Nielsen") == ["name"]


@pytest.mark.parametrize(("text", "kind"), [
    ("cpr 010190-1234", "cpr"), ("cpr 610190 1234", "cpr"), ("cpr 01 01 90 1234", "cpr"),
    ("cpr 0 1 0 1 9 0 1 2 3 4", "cpr"), ("cpr 01.01.1990-1234", "cpr"), ("tlf. 12345678", "phone"),
    ("+45 20 30 40 50", "phone"), ("20304050", "phone"),
    ("a.b@c.example", "email"), ("a (at) b.example", "email"), ("AB 12 345", "plate"), ("ab12345", "plate"),
    ("scooter ab 1234", "plate"),
    ("fest på 3. sal", "floor"), ("on the 3rd floor", "floor"),
    ("nr. 4, 2. th", "door"), ("st. mf", "door"), ("lejlighed 14", "door"),
    ("han er bror til en anden", "kinship"), ('drengen kaldet "Lille T"', "nickname"),
    ("en 16-årig i rød jakke", "description"), ("mads nielsen", "name"), ("Alis scooter", "name")])
def test_each_kind_is_seen(text, kind) -> None:
    assert kinds(text) == [kind]


@pytest.mark.parametrize("text", [
    "Kl 20 30 og igen kl 21 45", "Uge 46 47 48 49", "50-60 unge", "Det er 3. gang", "2. juledag",
    "2. halvleg", "2. division", "Sag 123456789012", "nummer 0001901234", "450190-1234", "den 01.01.2026",
    "d. 12.03.24 2130", "Motorring 3", "2 tv stjålet",
    "Storm har væltet hegnet", "hans cykel", "Jul i Grantoften", "On or near Test Yard"])
def test_what_only_looks_like_it_may_stand(text) -> None:
    assert guard.find(text) == []
    guard.check_text(text)


@pytest.mark.parametrize("number", ["010190\u200b1234", "0101\u00ad90\u00ad1234", "３１１２９９-1234", "٠١٠١٩٠-١٢٣٤",
                                    "0\u03361\u03360\u03361\u033690-1234", "010190\ufe0f1234", "010190\u28001234"])
def test_offsets_are_those_of_the_text_as_given(number) -> None:
    text = f"Se\u200bt: ｎｒ {number} og {'a' + chr(0x30a)} Mads Nielsen."
    first, last = guard.find(text)
    assert text[first.start:first.end].startswith(number[:1]) and text[first.start:first.end].endswith(number[-1:])
    assert len(text[first.start:first.end]) == len(number)
    assert text[last.start:last.end] == "Mads Nielsen"


def test_what_is_found_comes_in_order_and_never_overlaps() -> None:
    for row in ROWS:
        found = guard.find(row.text)
        assert all(one.end <= other.start for one, other in pairwise(found))
        assert all(0 <= one.start < one.end <= len(row.text) for one in found)


def test_where_two_overlap_the_one_that_stops_wins() -> None:
    assert kinds('"Mads Nielsen" var der') == ["name"]
    assert pieces('"Mads Nielsen" var der') == ["Mads Nielsen"]


def test_the_caller_may_know_more_places() -> None:
    assert kinds("Bål ved Ulvemor Jensby") == ["name"]
    for places in (["Ulvemor Jensby"], frozenset({"Ulvemor Jensby"}), ("Andet", "ULVEMOR JENSBY", "")):
        assert kinds("Bål ved Ulvemor Jensby", places=places) == []
        assert kinds("Bål ved ulvemor jensbys port", places=places) == []
    assert kinds("Uro ved H.J. Gurrebys Minde 3", places=["H.J. Gurrebys Minde 3", "1848"]) == []
    assert kinds("Mads Nielsen ved Ulvemor Jensby", places=["Ulvemor Jensby"]) == ["name"]


def test_stopping_and_marking_are_told_apart() -> None:
    assert set(guard.STOPPED) == {Kind.CPR, Kind.PHONE, Kind.EMAIL, Kind.PLATE, Kind.NAME, Kind.DOOR}
    guard.check_text('Han er bror til "Rotten", en 16-årig i rød jakke.')
    assert not any(found.stops for found in guard.find("Han er bror til en anden."))


def test_the_refusal_names_each_rule_and_never_repeats_the_text() -> None:
    text = "Mads Nielsen, 010190-1234, 20304050, a.b@c.example, AB 12 345, 2. th"
    with translation.override("en"), pytest.raises(guard.RefusedText) as problem:
        guard.check_text(text)
    assert set(problem.value.kinds) == guard.STOPPED
    message = str(problem.value)
    for word in ("CPR", "telephone", "e-mail", "number plate", "name", "door"):
        assert word in message
    assert not any(piece in message for piece in ("Mads", "Nielsen", "1234", "2030", "c.example", "345", "2. th"))


def test_only_a_cpr_number_says_only_cpr() -> None:
    with translation.override("en"), pytest.raises(guard.RefusedText, match="CPR") as problem:
        guard.check_text("Det var 010190-1234")
    assert problem.value.kinds == (Kind.CPR,)
    assert "name" not in str(problem.value)


def test_a_character_that_cannot_be_stored_is_no_kind() -> None:
    with pytest.raises(guard.RefusedText) as problem:
        guard.check_text("nul \x00")
    assert problem.value.kinds == ()


@pytest.mark.parametrize("kind", list(Kind))
def test_each_kind_says_why_and_what_instead(kind) -> None:
    with translation.override("en"):
        found = guard.Found(0, 1, kind)
        assert found.why.endswith(".") and found.why.count(".") == 1
        assert found.stops == (kind in guard.STOPPED)


@pytest.mark.parametrize("text", [
    "Fyr på 17 i sort jakke stod der", "17-årig i rød Golf", "en 16 år gammel dreng med blå cykel",
    "han er 15, har hættetrøje på", "17 år, sort knallert", "Drengen var vist 14 og kørte på en blå scooter",
    "dreng 16, sort hue", "en dreng i 16-års-alderen med sort cykel", "et 9-årigt barn i rød jakke",
    "He is 16 and wears a black hoodie"])
def test_an_age_beside_a_trait_is_seen_however_it_is_said(text) -> None:
    assert kinds(text) == ["description"]


@pytest.mark.parametrize("text", [
    "Klokken er 15, sort røg over taget", "17 minutter, sort røg", "bus 17 ramte en sort bil", "3 på 17 i sort tøj",
    "Der var 17 på pladsen, en del i sorte jakker"])
def test_other_numbers_beside_a_trait_may_stand(text) -> None:
    assert kinds(text) == []


def test_a_description_covers_no_verb_between_age_and_trait() -> None:
    assert pieces("Han er 15 år og har en sort hættetrøje på") == ["15 år"]
    assert pieces("En 17-årig i rød Golf kørte væk") == ["17-årig i rød Golf"]
    assert pieces("Pige, 14 år, lyst hår og hvid dunjakke, gik alene") == ["14 år, lyst hår og hvid dunjakke"]


@pytest.mark.parametrize(("text", "found"), [
    ("Larm fra 3. sal i blokken", ["floor"]), ("Røg på tredje sal", ["floor"]),
    ("Smoke from the third floor", ["floor"]),
    ("Larm fra 3. sal ved skolen", ["floor"]), ("Larm fra 3. sal th", ["door"]),
    ("Skolens 3. sal er lukket", []), ("Hærværk på bibliotekets 2. sal", []), ("Bil på 4. etage i P-huset", []),
    ("Elevatoren står på 4. sal", []), ("Den 3. december er der møde i salen", [])])
def test_a_floor_alone_is_marked_unless_nobody_lives_there(text, found) -> None:
    assert kinds(text) == found
    if found != ["door"]:
        guard.check_text(text)


def tapped(text: str) -> str:
    """The text after one tap on each mark in turn, looked at anew after each, as the page does."""
    for _ in range(9):
        everything = guard.find(text)
        swaps = [swap for swap in guard.swaps_of(text, everything) if swap]
        if not swaps:
            break
        text = text[:swaps[0].start] + swaps[0].words + text[swaps[0].end:]
    return text


@pytest.mark.parametrize(("text", "after"), [
    # Names: the article, the genitive, the capital, and the noun that says enough.
    ("Mads løb.", "En person løb."),
    ("Jeg talte med Mads Nielsen ved kiosken.", "Jeg talte med en person ved kiosken."),
    ("Det er Rasmussens hund.", "Det er en persons hund."),
    ("Mads' cykel og Jonas' taske lå der.", "En persons cykel og en persons taske lå der."),
    ("Fodboldtræneren Hassan fik dem hjem.", "Fodboldtræneren fik dem hjem."),
    ("Lærer Birgitte Lund ringede.", "En lærer ringede."),
    ("Manden i kiosken, Bahram, er bange.", "Manden i kiosken er bange."),
    ("Ahmed, Bashir og en tredje løb.", "En person, en anden person og en tredje løb."),
    ("Ham der hedder Ismail var der også.", "Ham var der også."),
    ("Drengen hedder Abdirahman og bor her.", "Drengen er kendt og bor her."),
    ("den lille Mads græd", "den lille person græd"), ("Fru Jensen klager.", "En person klager."),
    ("KASPER MADSEN STOD OG RÅBTE", "EN PERSON STOD OG RÅBTE"),
    ("Talt m. Karina i dag.", "Talt m. en person i dag."),
    ("Set igen: Hussein Jaafar.", "Set igen: en person."),
    ("I saw Peter Hansen at the kiosk.", "I saw a person at the kiosk."),
    ("Peter's bike was stolen.", "A person's bike was stolen."),
    # Descriptions: no verb is swallowed and no article doubled.
    ("En 17-årig i rød Golf kørte væk.", "En ung kørte væk."),
    ("17-årig i rød Golf laver burnouts.", "En ung laver burnouts."),
    ("En 16 år gammel dreng med blå cykel faldt.", "En ung dreng faldt."),
    ("Fyr på 17 i sort jakke stod der.", "Fyr stod der."),
    ("Han er 15, har hættetrøje på.", "Han er ung, har hættetrøje på."),
    ("Drengene er 14-15 år og har sorte jakker på.", "Drengene er unge og har sorte jakker på."),
    ("Den 45-årige mand i blå frakke råbte.", "Den voksne mand råbte."),
    ("En 72-årig kvinde med rollator faldt.", "En ældre kvinde faldt."),
    ("Pige, 14 år, lyst hår og hvid dunjakke, gik.", "Pige gik."),
    ("An 18-year-old with a red cap shouted.", "A young person shouted."),
    ("A 16-year-old boy in a black jacket ran off.", "A young boy ran off."),
    # Numbers and plates: the label goes along.
    ("Ring 20304050 nu", "Ring til et telefonnummer nu"), ("Hans nummer er 20304050.", "Hans nummer er kendt."),
    ("Cpr.nr. 010190-1234 blev oplyst.", "Et CPR-nummer blev oplyst."),
    ("Skriv til a.b@c.example om det.", "Skriv til en mailadresse om det."),
    ("Grå Passat med plade CK 48 219 holdt der.", "Grå Passat holdt der."),
    ("AB 12 345 kørte stærkt.", "Et køretøj kørte stærkt."),
    ("The car with number plate AB 12 345 left.", "The car left."),
    # Homes.
    ("Naboen i st. th. har klaget.", "Naboen i opgangen har klaget."),
    ("Posen lå foran døren 4. tv.", "Posen lå foran døren."),
    ("Grantoften 12, 3. th spiller musik.", "Grantoften 12 spiller musik."),
    ("En lejlighed: lejl. 16 står åben.", "En lejlighed: en lejlighed står åben."),
    ("Larm fra 2. sal hele natten.", "Larm fra en af etagerne hele natten."),
    ("Smoke from the third floor.", "Smoke from one of the floors."),
    # Families and nicknames.
    ("Han er bror til formanden.", "Han er knyttet til formanden."),
    ("Mor til drengen kom.", "En pårørende til drengen kom."),
    ("De to brødre kørte væk.", "To personer kørte væk."),
    ("Vi så moderens bil.", "Vi så en pårørendes bil."),
    ("Her brother was there too.", "A relative was there too."),
    ("Der er en dreng kaldet \"Lille T\" som bestemmer.", "Der er en dreng som bestemmer."),
    ("Han kalder sig 'Kongen' på nettet.", "Han bruger et dæknavn på nettet."),
    ("\"Scar\" er tilbage.", "En person er tilbage."),
])
def test_one_tap_leaves_a_sentence_that_reads_well(text, after) -> None:
    assert tapped(text) == after
    assert guard.find(after) == []


def test_every_sentence_of_the_set_passes_the_guard_after_the_taps() -> None:
    with translation.override("da"):
        left = [tapped(row.text) for row in ROWS if guard.find(tapped(row.text))]
    assert left == []


def test_a_swap_stays_within_the_text_and_never_grows_into_the_next_word() -> None:
    for row in ROWS:
        everything = guard.find(row.text)
        for found, swap in zip(everything, guard.swaps_of(row.text, everything), strict=True):
            assert swap is None or 0 <= swap.start <= found.start < found.end - 1 <= swap.end <= len(row.text)


def test_the_general_words_are_in_the_language_of_the_text() -> None:
    with translation.override("en"):
        assert tapped("Jeg talte med Mads ved kiosken, og han var sur.").startswith("Jeg talte med en person")
    with translation.override("da"):
        assert tapped("We talked to Mads at the kiosk and he was angry.").startswith("We talked to a person")


HOSTILE = ["a", "A", "1", "12 ", "1 ", "0 1 ", "Aa ", "a@", "a.", "a-", '"Aa" ', "Mads ", "M. ", "2. sal ", "th ",
           "lejl. ", "ab 12 ", "plade er ", "15-årig ", "på 15 ", 'kaldet "', "Vej ", "al-", " ", "\n", "1\u200b",
           "a\u0301", "+45 ", "ring a. ", "nr ", "bror til ", "rød ", "råbte \"Aa\" ", "snabel a ", "opgang "]


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_hostile_text_takes_time_in_proportion(piece) -> None:
    """Eight times the text may take eight times as long, give or take; a square would take 64 times."""
    def least(size: int) -> float:
        text = (piece * size)[:size]
        times = []
        for _ in range(3):
            begun = time.perf_counter()
            guard.swaps_of(text, guard.find(text))
            times.append(time.perf_counter() - begun)
        return min(times)

    least(50)
    assert least(2000) < 0.001 + 24 * least(250)
