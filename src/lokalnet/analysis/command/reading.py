"""The files of a scan become what it is asked about."""

from dataclasses import dataclass
from pathlib import Path

from lokalnet.analysis.command.cases_file import Period, read_cases
from lokalnet.analysis.command.places_file import read_places
from lokalnet.analysis.command.population_file import read_population
from lokalnet.analysis.scan.study import Cases, Places, Population


@dataclass(frozen=True)
class Study:
    """`unused` are columns of the cases that the model has no use for."""

    places: Places
    cases: Cases
    population: Population | None
    unused: tuple[str, ...]


def read_study(*, cases: Path, locations: Path, population: Path | None = None, period: Period | None = None) -> Study:
    """With a population, all further columns are covariates. Raises BadInput that names file, line, column and rule."""
    places = read_places(locations)
    known = {name: place for place, name in enumerate(places.names)}
    people, inhabited = read_population(population, known, locations) if population else (None, None)
    found, unused = read_cases(cases, known, locations, inhabited, period)
    return Study(places, found, people, unused)
