"""CPR numbers that nobody has: numbers that fail modulus 11 are given out for births on the first of January alone."""

from datetime import date
from itertools import count, islice

from stdnum.dk import cpr as standard


def nobodys(born: date, *, nth: int = 0, replacement: bool = False) -> str:
    """Ten digits for a birth from 1937 to 2036 on any other day than the first of January."""
    if (born.month, born.day) == (1, 1) or not 1937 <= born.year <= 2036:
        raise ValueError(f"{born}: somebody may have such a number")
    day = born.day + (60 if replacement else 0)
    return failing(f"{day:02}{born:%m%y}{4 if born.year >= 2000 else 1}", nth=nth)


def failing(beginning: str, *, nth: int = 0) -> str:
    """With three digits more, so that it fails modulus 11."""
    every = (f"{beginning}{last:03}" for last in range(1000))
    return next(islice(filter(standard.checksum, every), nth, None))


def nobodys_with_a_check_digit() -> str:
    """Passes modulus 11, of somebody born in 1858: the register began in 1968."""
    return next(number for last in count(5000) if not standard.checksum(number := f"020358{last:04}"))
