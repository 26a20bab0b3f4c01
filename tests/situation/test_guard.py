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
    assert {kind for row in ROWS for kind, _ in row.expected} == set(Kind)


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
    ("scooter ab 1234", "plate"), ("nr. 4, 2. th", "door"), ("st. mf", "door"), ("lejlighed 14", "door"),
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
        assert found.instead and found.stops == (kind in guard.STOPPED)


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
            guard.find(text)
            times.append(time.perf_counter() - begun)
        return min(times)

    least(50)
    assert least(2000) < 0.001 + 24 * least(250)
