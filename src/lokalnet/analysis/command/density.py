"""`./run density`: how dense points are, per km2 on a grid, with an interval."""

import argparse
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lokalnet.analysis.command.points_file import Points
    from lokalnet.analysis.earth import Plane
    from lokalnet.analysis.points.density import Density, DensityInterval

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
    text = "say how dense points are, per km2 on a grid (lat and lon on a plane that touches a sphere of 6,367 km)"
    made = commands.add_parser("density", help="say how dense points are, per km2 on a grid", description=text)
    made.set_defaults(command=run)
    made.add_argument("--points", type=Path, required=True, metavar="POINTS.csv",
                      help="lat,lon or x_km,y_km; a count column is optional")
    made.add_argument("--bandwidth", type=bandwidth, required=True, metavar="KM",
                      help="how far to smooth, in km, or a rule to choose it by: scott, likelihood")
    made.add_argument("--cell", type=float, metavar="KM", help="side of a cell (a fifth of the bandwidth)")
    made.add_argument("--kernel", choices=["gaussian", "quartic", "epanechnikov"], default="gaussian",
                      help="the bandwidth is the deviation of the Gaussian, and the radius of the others")
    made.add_argument("--no-edge-correction", dest="edge", action="store_const", const="none", default="uniform",
                      help="leave what lies near the edge of the grid too low (else it is put right, as if nothing "
                           "were known of what lies beyond)")
    made.add_argument("--json", type=Path, metavar="FILE", help="write the answer with its settings")
    made.add_argument("--geojson", type=Path, metavar="FILE",
                      help="write the cells with at least a thousandth of the largest density (needs lat and lon)")


def bandwidth(text: str) -> float | str:
    if text in RULES:
        return text
    try:
        return float(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"\"{text}\" is neither km (written like 0.5) nor {' nor '.join(RULES)}"
                                         ) from None


def run(arguments: argparse.Namespace) -> int:
    from lokalnet.analysis.command.points_file import read_points, write
    from lokalnet.analysis.results import BadInput, to_json

    points = read_points(arguments.points, dated=False)
    plane = points.plane()
    if arguments.geojson and plane is None:
        raise BadInput("--geojson: needs points with lat and lon; these are in km")
    answer = answered(arguments, points, plane)
    print(text_of(answer))
    if arguments.json:
        write(arguments.json, to_json(answer))
    if arguments.geojson:
        write(arguments.geojson, drawn(answer))
    return 0


def answered(arguments: argparse.Namespace, points: "Points", plane: "Plane | None") -> DensityAnswer:
    import numpy as np

    from lokalnet.analysis.points import bandwidth as rules
    from lokalnet.analysis.points.density import density, interval_of
    from lokalnet.analysis.points.grid import grid_around
    from lokalnet.analysis.points.smoothing import check_bandwidth

    places, smooth, by = plane.km(points.at) if plane else points.at, arguments.bandwidth, "hand"
    if arguments.bandwidth in RULES:
        by, rule = arguments.bandwidth, {"scott": rules.by_scott, "likelihood": rules.by_likelihood}[smooth]
        smooth = rules.bandwidth_of(rule(np.repeat(places, points.counts, axis=0)), arguments.kernel)
    check_bandwidth(smooth)
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
