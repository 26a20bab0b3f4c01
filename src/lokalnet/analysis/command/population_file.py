"""Among whom: `location,date,population` and a column for each covariate, as age group and sex."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from lokalnet.analysis.command import fields
from lokalnet.analysis.command.table import Table, table
from lokalnet.analysis.results import BadInput
from lokalnet.analysis.scan.study import Population

Cell = tuple[str, ...]


@dataclass(frozen=True)
class Inhabited:
    """The covariates' names, the number of each combination of them that anybody has, and places with anybody."""

    covariates: tuple[str, ...]
    cells: dict[Cell, int]
    places: frozenset[int]


def read_population(file: Path, known: Mapping[str, int], locations: Path) -> tuple[Population, Inhabited]:
    """`known` places by their name. A `year` for a date is its 1 July; covariates are all further columns."""
    rows = table(file)
    where, when, people = rows.one_of("location"), rows.one_of("date", "year"), rows.one_of("population", "persons")
    covariates = tuple(sorted(set(rows.columns) - {where, when, people}))
    place = rows.whole_numbers(where, fields.place(known, locations))
    day = rows.whole_numbers(when, fields.census_day_number)
    persons = rows.numbers(people, fields.persons("," if rows.separator == "," else "."))
    rows.stop_at_problems()
    texts = combinations(rows, covariates)
    number = {text: number for number, text in enumerate(sorted(set(texts)))}
    cell = np.fromiter(map(number.__getitem__, texts), np.int64, len(rows))
    rows.stop_at_repeated(where, "place, date and covariates are", place, day, cell)
    anybody = persons > 0
    if not anybody.any():
        raise BadInput(f"{file}: {people} is 0 in every row")
    lived_in = set(cell[anybody].tolist())
    return (Population(place, persons, day.astype("datetime64[D]"), cell),
            Inhabited(covariates, {text: number for text, number in number.items() if number in lived_in},
                      frozenset(place[anybody].tolist())))


def combinations(rows: Table, covariates: tuple[str, ...]) -> list[Cell]:
    """Of each row, its texts in these columns."""
    if not covariates:
        return [()] * len(rows)
    return list(zip(*(map(str.strip, rows.columns[name]) for name in covariates), strict=True))
