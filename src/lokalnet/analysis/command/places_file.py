"""Where: `location,lat,lon` in degrees or `location,x_km,y_km`. Each location once, and where it can be."""

from pathlib import Path

from lokalnet.analysis.command.coordinates import read_coordinates
from lokalnet.analysis.command.table import table
from lokalnet.analysis.scan.study import Places


def read_places(file: Path) -> Places:
    rows = table(file)
    names, index = rows.names(rows.one_of("location"))
    at = read_coordinates(rows)
    rows.stop_at_problems()
    rows.stop_at_repeated("location", "it is", index)
    return (Places.on_earth if at.spherical else Places.on_plane)(names, *at.given.T)
