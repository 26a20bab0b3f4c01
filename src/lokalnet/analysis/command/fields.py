"""How a field of a file or of the command line is written: a ValueError says what it should have been."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from itertools import pairwise
from math import isfinite
from pathlib import Path

EPOCH = date(1970, 1, 1).toordinal()
DIGITS = 9  # of a count; what has more is a misprint


def name(text: str) -> str:
    if not text:
        raise ValueError("is empty")
    if not text.isprintable():
        raise ValueError("has a control character")
    return text


def place(known: Mapping[str, int], locations: Path) -> Callable[[str], int]:
    def read(text: str) -> int:
        if text not in known:
            raise ValueError(f'"{text}" is not among the locations of {locations}' if text else "is empty")
        return known[text]

    return read


def whole_number(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise ValueError(_is_not(text, "a whole number, 0 or more"))
    return int(text)


def count(text: str) -> int:
    if len(text.lstrip("0")) > DIGITS:
        raise ValueError(_is_not(text, "a whole number below a thousand million"))
    return whole_number(text)


def whole_number_between(low: int, high: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        number = whole_number(text)
        if not low <= number <= high:
            raise ValueError(f"{text} does not lie between {low:,} and {high:,}")
        return number

    return read


def positive(text: str) -> int:
    number = whole_number(text)
    if not number:
        raise ValueError("0 is too few; at least 1")
    return number


def decimal(text: str) -> float:
    """With a point or a comma before the decimals, and no mark between thousands."""
    try:
        number = float(text if "." in text or "_" in text else text.replace(",", ".", 1))
    except ValueError:
        raise ValueError(_is_not(text, "a number")) from None
    if not isfinite(number) or "_" in text:
        raise ValueError(_is_not(text, "a number"))
    return number


def between(low: float, high: float, hint: str = "") -> Callable[[str], float]:
    def read(text: str) -> float:
        number = decimal(text)
        if not low <= number <= high:
            raise ValueError(f"{text} does not lie between {low:g} and {high:g}{hint}")
        return number

    return read


def kilometres(text: str) -> float:
    number = decimal(text)
    if number < 0:
        raise ValueError(f"{text} is not a number of kilometres, 0 or more")
    return number


def length(text: str) -> float:
    number = kilometres(text)
    if not number:
        raise ValueError("0 is too short; it should be a number of kilometres above 0")
    return number


def rising(text: str) -> list[float]:
    """Separated by commas, or by semicolons where there are commas before the decimals."""
    numbers = [decimal(part.strip()) for part in text.split(";" if ";" in text else ",")]
    if numbers[0] < 0 or any(later <= earlier for earlier, later in pairwise(numbers)):
        raise ValueError(f'"{text}" does not rise, from 0 or more')
    return numbers


def share(text: str) -> float:
    number = decimal(text.removesuffix("%"))
    if text.endswith("%") or 1 < number <= 100:
        raise ValueError(f"{text} is not a share between 0 and 1; for {number:g} % write {number / 100:g}")
    if not 0 < number <= 1:
        raise ValueError(f"{text} is not a share above 0, at most 1")
    return number


def part(text: str) -> float:
    number = share(text)
    if number == 1:
        raise ValueError(f"{text} is the whole; it should be a share below 1")
    return number


def persons(thousands: str) -> Callable[[str], float]:
    """`thousands` is the mark that could stand between them in such a file: 1.234 would be one person or a thousand."""
    ambiguous = re.compile(rf"[1-9][0-9]{{0,2}}({re.escape(thousands)}[0-9]{{3}})+")

    def read(text: str) -> float:
        if ambiguous.fullmatch(text):
            raise ValueError(f'"{text}" can be read in two ways; write thousands without a mark')
        number = decimal(text)
        if number < 0:
            raise ValueError(_is_not(text, "a number of persons, 0 or more"))
        return number

    return read


def day(text: str) -> date:
    """2023-01-26 and nothing else: 01/02/2023 has two readings."""
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise ValueError(_is_not(text, "a date, year-month-day as in 2023-01-26"))
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f'there is no day "{text}"') from None


def day_number(text: str) -> int:
    """Days since 1970-01-01, as datetime64[D] counts them."""
    return day(text).toordinal() - EPOCH


def monday_number(text: str) -> int:
    """A Monday as days since 1970-01-01."""
    if day(text).weekday():
        raise ValueError(f"{text} is a {day(text):%A}; the date of a week is its Monday")
    return day_number(text)


def census_day_number(text: str) -> int:
    """A bare year is its 1 July."""
    return day_number(f"{text}-07-01" if re.fullmatch(r"[0-9]{4}", text) else text)


def _is_not(text: str, rule: str) -> str:
    return f'"{text}" is not {rule}' if text else f"is empty; it should be {rule}"
