"""Which numbers are taken, and whom they speak of."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.dk import cpr as standard

from lokalnet.foundation.rules import BrokenRule
from lokalnet.persons import cpr
from tests.persons.numbers import failing, nobodys, nobodys_with_a_check_digit

TODAY = date(2026, 11, 24)
BORN = date(2011, 5, 17)


def parse(text: str) -> cpr.Cpr:
    return cpr.parse(text, field="cpr", today=TODAY)


def test_a_number_that_fails_modulus_11_is_taken() -> None:
    number = nobodys(BORN)
    assert standard.checksum(number) != 0
    assert parse(number).born == BORN


def test_a_number_that_passes_modulus_11_is_taken() -> None:
    number = nobodys_with_a_check_digit()
    assert standard.checksum(number) == 0
    assert parse(number).born == date(1858, 3, 2)


@pytest.mark.parametrize("written", ["{}-{}", "{} {}", " {}{} ", "{} - {}", "{}–{}"])
def test_it_is_taken_however_it_is_written(written: str) -> None:
    number = nobodys(BORN)
    found = parse(written.format(number[:6], number[6:]))
    assert (found.number, found.shown) == (number, f"{number[:6]}-{number[6:]}")


@pytest.mark.parametrize(("seventh", "years", "century"), [
    ("0", "99", 1900), ("3", "00", 1900), ("4", "36", 2000), ("4", "37", 1900), ("9", "36", 2000), ("9", "37", 1900),
    ("5", "57", 2000), ("5", "58", 1800), ("8", "57", 2000), ("8", "58", 1800)])
def test_the_seventh_digit_gives_the_century(seventh: str, years: str, century: int) -> None:
    found = cpr.parse(failing(f"0203{years}{seventh}"), field="cpr", today=date(2100, 1, 1))
    assert found.born == date(century + int(years), 3, 2)


def test_a_replacement_number_has_60_added_to_its_day_and_is_shown_as_it_is() -> None:
    number = nobodys(BORN, replacement=True)
    found = parse(number)
    assert number.startswith("770511")
    assert (found.born, found.number) == (BORN, number)


def test_a_birth_that_has_not_come_yet_is_refused() -> None:
    number = nobodys(date(2026, 11, 25))
    assert parse(nobodys(date(2026, 11, 24))).born == TODAY
    with pytest.raises(BrokenRule):
        parse(number)
    assert cpr.parse(number, field="cpr", today=date(2026, 11, 25)).born == date(2026, 11, 25)


@pytest.mark.parametrize("text", ["", "abc", "170511-123", "170511-12345", "320511-4001", "171311-4001", "300211-4001",
                                  "000511-4001", "600511-4001", "920511-4001", "17051l-4001", "١٧٠٥١١٤٠٠١"])
def test_anything_else_is_refused_at_its_field_without_repeating_it(text: str) -> None:
    with pytest.raises(BrokenRule) as refused:
        parse(text)
    assert refused.value.field == "cpr"
    assert not text or text not in refused.value.rule


def test_the_number_stands_in_no_representation() -> None:
    number = nobodys(BORN)
    assert number not in repr(parse(number)) and "2011" not in repr(parse(number))


@given(st.text(max_size=14))
def test_any_text_is_a_number_or_a_broken_rule(text: str) -> None:
    try:
        assert len(parse(text).number) == 10
    except cpr.BadNumber as refused:
        assert refused.rule


@given(st.dates(date(1937, 1, 2), TODAY).filter(lambda born: (born.month, born.day) != (1, 1)), st.booleans())
def test_every_birth_date_comes_back(born: date, replacement: bool) -> None:
    assert parse(nobodys(born, replacement=replacement)).born == born


@pytest.mark.parametrize(("on", "years"), [
    (date(2021, 5, 16), 9), (date(2021, 5, 17), 10), (date(2022, 5, 16), 10), (date(2026, 11, 24), 15)])
def test_age_is_counted_in_whole_years(on: date, years: int) -> None:
    assert cpr.age(BORN, on) == years


def test_who_is_born_on_the_29th_of_february_is_a_year_older_on_the_first_of_march() -> None:
    born = date(2016, 2, 29)
    assert (cpr.age(born, date(2026, 2, 28)), cpr.age(born, date(2026, 3, 1))) == (9, 10)


def test_nobody_under_ten_is_entered() -> None:
    cpr.check_age(BORN, date(2021, 5, 17), "born")
    with pytest.raises(BrokenRule) as refused:
        cpr.check_age(BORN, date(2021, 5, 16), "born")
    assert refused.value.field == "born" and "10" in refused.value.rule
