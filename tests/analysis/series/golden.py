"""The reference series and what R says about them."""

import csv
from datetime import date

import numpy as np
from numpy.typing import NDArray

from tests.analysis.reference import reference

Floats = NDArray[np.float64]


def columns(name: str) -> dict[str, Floats]:
    """A file of `series/`: each column by its name; nan where R has none, 1 for TRUE."""
    with reference(f"series/{name}").open(newline="") as file:
        head, *rows = csv.reader(file)
    return {title: np.array([_number(row[i]) for row in rows]) for i, title in enumerate(head) if title != "epoch"}


def _number(text: str) -> float:
    words = {"NA": float("nan"), "TRUE": 1.0, "FALSE": 0.0}
    return words[text] if text in words else float(text)


def newport() -> tuple[Floats, list[date]]:
    """Salmonella Newport in Germany, weekly."""
    with reference("series/salmNewport_weekly.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    return np.array([float(row["obs"]) for row in rows]), [date.fromisoformat(row["epoch"]) for row in rows]


def agona() -> Floats:
    """Salmonella Agona in the United Kingdom, weekly."""
    return columns("salmonella_agona.csv")["obs"]


def two_hundred(name: str) -> Floats:
    """A file with a column for each of 200 series: series x weeks."""
    return np.array(list(columns(name).values()))
