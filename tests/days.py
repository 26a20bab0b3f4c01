"""Which day it is where the tests' partnerships are: after midnight in Copenhagen it is another than in UTC."""

from datetime import date

from lokalnet.foundation.times import COPENHAGEN, now


def today() -> date:
    return now().astimezone(COPENHAGEN).date()
