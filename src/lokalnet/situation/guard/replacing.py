"""A general word for each piece found, so that the sentence still reads well: its articles, genitives and capitals.

In many sentences the best word is the one that stands there already: «fodboldtræneren Hassan» is a «fodboldtræner».
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from . import replacing_persons, replacing_places
from .kinds import Found, Kind
from .surroundings import Surroundings, Swap, Swapping, is_english

_SWAPPING: dict[Kind, Swapping] = {
    Kind.CPR: replacing_places.of_number, Kind.PHONE: replacing_places.of_telephone,
    Kind.EMAIL: replacing_places.of_address, Kind.PLATE: replacing_places.of_plate,
    Kind.DOOR: replacing_places.of_door, Kind.FLOOR: replacing_places.of_floor,
    Kind.NAME: replacing_persons.of_name, Kind.KINSHIP: replacing_persons.of_kinship,
    Kind.NICKNAME: replacing_persons.of_nickname, Kind.DESCRIPTION: replacing_persons.of_description,
}


def swaps_of(text: str, everything: Sequence[Found]) -> list[Swap | None]:
    """What may stand instead of each; None where no general word fits and the writer must write the sentence anew."""
    english = bool(everything) and is_english(text)
    return [_swap_of(Surroundings(text, found.start, found.end, english, everything), found) for found in everything]


def _swap_of(around: Surroundings, found: Found) -> Swap | None:
    swap = _SWAPPING[found.kind](around)
    return _joined(around.text, found, swap) if swap else None


def _joined(text: str, found: Found, swap: Swap) -> Swap:
    """No word grows together with the next, and the full stop of "2. th." that also ends the sentence stays."""
    if swap.end == found.end and text[swap.end - 1] == "." and re.match(r"$|\n|\s+[A-ZÆØÅ]", text[swap.end:]):
        return replace(swap, words=f"{swap.words}.")
    if re.match(r"\w", text[swap.end:]) and re.search(r"\w$", swap.words):
        return replace(swap, words=f"{swap.words} ")
    return swap
