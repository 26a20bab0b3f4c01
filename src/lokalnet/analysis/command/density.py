"""`./run density`: how dense points are, per km2 on a grid, with an interval."""

import argparse
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lokalnet.analysis.command import fields, options, writing
from lokalnet.analysis.results import to_json

if TYPE_CHECKING:
    from lokalnet.analysis.command.points_file import Points
    from lokalnet.analysis.earth import Plane
    from lokalnet.analysis.points.density import Density, DensityInterval

TEXT = "find how dense points are, per km2 on a grid"
RULES = ("scott", "likelihood")
CELLS_PER_BANDWIDTH = 5
PEAKS = 10
FAINTEST = 0.001  # of the largest density; fainter cells are not drawn


@dataclass(frozen=True)
class DensityAnswer:
    """What is written: the plane is None where the points were in km."""

    density: "Density"
    interval: "DensityInterval"
    plane: "Plane | None"
    bandwidth_by: str


def add_to(commands: "argparse._SubParsersAction[Any]") -> None:
    parser = commands.add_parser("density", help=TEXT, description=TEXT)
    files = options.add_files(parser)
    options.add_read(files, "--points", "lat,lon (laid on a plane that touches the globe) or x_km,y_km; a count too, "
                     "if a row stands for several")
    options.add_written(files, "--json", "what was found, with its settings")
    options.add_written(files, "--geojson", "for a map the cells with at least a thousandth of the largest density; "
                        "needs lat and lon")
    add = parser.add_argument_group("smoothing").add_argument
    add("--bandwidth", type=options.read_by(bandwidth), required=True, metavar="KM", help="how far to smooth, or a "
        f"rule to choose it by: {' or '.join(RULES)}")
    add("--cell", type=options.read_by(fields.length), metavar="KM", help="side of a cell; default: a fifth of the "
        "bandwidth")
    add("--kernel", choices=["gaussian", "quartic", "epanechnikov"], default="gaussian", help="the bandwidth is the "
        "deviation of the Gaussian, and the radius of the others; default %(default)s")
    add("--no-edge-correction", dest="edge", action="store_const", const="none", default="uniform", help="leave what "
        "lies near the edge of the grid too low; else it is put right, as if nothing were known of what lies beyond")
    parser.set_defaults(command=run)


def bandwidth(text: str) -> float | str:
    if text in RULES:
        return text
    if text.isalpha():
        raise ValueError(f'"{text}" is neither a rule ({", ".join(RULES)}) nor a number of kilometres')
    return fields.length(text)


def run(arguments: argparse.Namespace) -> int:
    """What can be wrong is said before anything is computed. Raises BadInput."""
    writing.must_be_writable(arguments, read=("points",))

    from lokalnet.analysis.command.coordinates import must_suit_a_map
    from lokalnet.analysis.command.points_file import read_points
    from lokalnet.analysis.earth import plane_around

    points = read_points(arguments.points)
    if arguments.geojson:
        must_suit_a_map(arguments.points, spherical=points.at.spherical)
    answer = answered(arguments, points, plane_around(points.at.given) if points.at.spherical else None)
    if arguments.json:
        writing.write(arguments.json, to_json(answer))
    if arguments.geojson:
        writing.write(arguments.geojson, drawn(answer))
    print(text_of(answer))
    return 0


def answered(arguments: argparse.Namespace, points: "Points", plane: "Plane | None") -> DensityAnswer:
    import numpy as np

    from lokalnet.analysis.points import bandwidth as rules
    from lokalnet.analysis.points.density import density, interval_of
    from lokalnet.analysis.points.grid import grid_around

    places, smooth, by = plane.km(points.at.given) if plane else points.at.given, arguments.bandwidth, "hand"
    if arguments.bandwidth in RULES:
        by, rule = arguments.bandwidth, {"scott": rules.by_scott, "likelihood": rules.by_likelihood}[smooth]
        smooth = rules.bandwidth_of(rule(np.repeat(places, points.counts, axis=0)), arguments.kernel)
    cell = smooth / CELLS_PER_BANDWIDTH if arguments.cell is None else arguments.cell
    found = density(places, counts=points.counts, grid=grid_around(places, cell_km=cell), bandwidth_km=smooth,
                    kernel=arguments.kernel, edge=arguments.edge)
    return DensityAnswer(found, interval_of(found), plane, by)


def text_of(answer: DensityAnswer) -> str:
    found, grid, settings = answer.density, answer.density.grid, answer.density.settings
    edge = "edges corrected" if settings.edge != "none" else "edges not corrected"
    lines = [f"{found.points:,.0f} points on {grid.rows} x {grid.columns} cells of {grid.cell_km:g} km; "
             f"{settings.kernel}, bandwidth {settings.bandwidth_km:.4g} km (by {answer.bandwidth_by}), {edge}.", "",
             f"{'per km2':>10}  {f'{answer.interval.level:.0%} interval':>20}  "
             f"{'x_km, y_km' if answer.plane is None else 'lat, lon':>20}"]
    for row, column in peaks(answer):
        low, high = answer.interval.low[row, column], answer.interval.high[row, column]
        lines.append(f"{found.per_km2[row, column]:>10,.2f}  {f'{low:,.2f} to {high:,.2f}':>20}  "
                     f"{_place(answer, row, column):>20}")
    return "\n".join([*lines, "", f"The densest places (at most {PEAKS} peaks). The interval is that of chance alone; "
                                  "what smoothing flattens is not in it."])


def peaks(answer: DensityAnswer) -> list[tuple[int, int]]:
    """(row, column) of cells that none of the eight around is denser than; the densest first."""
    import numpy as np

    values = answer.density.per_km2
    around = np.lib.stride_tricks.sliding_window_view(np.pad(values, 1, constant_values=-1.0), (3, 3))
    rows, columns = np.nonzero((values >= around.max(axis=(2, 3))) & (values > 0))
    order = np.argsort(-values[rows, columns], kind="stable")[:PEAKS]
    return list(zip(rows[order].tolist(), columns[order].tolist(), strict=True))


def _place(answer: DensityAnswer, row: int, column: int) -> str:
    import numpy as np

    middle = np.array([[answer.density.grid.x[column], answer.density.grid.y[row]]])
    if answer.plane is None:
        return "{:.3f}, {:.3f}".format(*middle[0])
    return "{:.5f}, {:.5f}".format(*answer.plane.degrees(middle)[0])


def drawn(answer: DensityAnswer) -> bytes:
    """GeoJSON (RFC 7946): a square for each cell, longitude first, counter-clockwise."""
    import numpy as np
    import orjson

    from lokalnet.analysis.points.density import cells

    assert answer.plane is not None
    found = cells(answer.density, answer.interval, at_least=FAINTEST * float(answer.density.per_km2.max()))
    turn = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1], [-1, -1]]) * answer.density.grid.cell_km / 2
    corners = np.array([(cell.x_km, cell.y_km) for cell in found])[:, None] + turn
    rings = answer.plane.degrees(corners.reshape(-1, 2))[:, ::-1].round(7).reshape(-1, 5, 2).tolist()
    return orjson.dumps({"type": "FeatureCollection", "features": [
        {"type": "Feature", "geometry": {"type": "Polygon", "coordinates": [ring]}, "properties": cell}
        for ring, cell in zip(rings, found, strict=True)]})
