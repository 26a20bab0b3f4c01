"""A report as a line for COPY: where it lies, coarse and exact, and when, coarse and no finer than was claimed."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from lokalnet.places.areas import Places
from lokalnet.places.points import cells_of
from lokalnet.situation import periods
from lokalnet.situation.importing.rows import Origin
from lokalnet.situation.reporting import Report, middle_of_area

COLUMNS = ("key, content, observation_id, visibility, police_sees, category_id, cell_x, cell_y, cell_longitude, "
           "cell_latitude, cell_areas, longitude, latitude, areas, period_start, part, occurred_at, precision, text, "
           "reference, coarsened, named_area")
NULL = "\\N"
ESCAPED = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


@dataclass(frozen=True)
class Ground:
    """What a partnership makes of a place and a time; `categories` by slug."""

    zone: ZoneInfo
    projection: int
    categories: dict[str, UUID]
    places: Places

    def lines(self, reports: Sequence[Report], origins: Sequence[Origin]) -> list[str]:
        """One for each report, in the order of COLUMNS but without the key; places are found for all at once."""
        longitudes = [report.longitude for report in reports]
        latitudes = [report.latitude for report in reports]
        cells = cells_of(longitudes, latitudes, self.projection)
        coarse = self.places.areas_of([cell.longitude for cell in cells], [cell.latitude for cell in cells])
        fine = self.places.areas_of(longitudes, latitudes)
        around = cache(self.places.areas_around)
        for at, report in enumerate(reports):
            if report.named_area:
                coarse[at] = fine[at] = around(report.named_area)
                kept = middle_of_area(report.longitude, report.latitude, self.projection)
                longitudes[at], latitudes[at] = kept.longitude, kept.latitude
        return [
            f"\t\\\\x{report.body_hash().hex()}\t{uuid4()}\t{report.visibility}\t{report.police_sees}"
            f"\t{self.categories[report.category]}\t{cell.x}\t{cell.y}\t{cell.longitude!r}\t{cell.latitude!r}"
            f"\t{_array(tuple(cell_areas))}\t{longitude!r}\t{latitude!r}\t{_array(tuple(areas))}"
            f"\t{self._times(report)}\t{report.precision}\t{report.text.translate(ESCAPED)}"
            f"\t{origin.reference or NULL}\t{origin.coarsened or report.named_area is not None}"
            f"\t{report.named_area or NULL}\n"
            for report, origin, cell, cell_areas, longitude, latitude, areas in zip(
                reports, origins, cells, coarse, longitudes, latitudes, fine, strict=True)]

    def _times(self, report: Report) -> str:
        start, part = periods.period_of(report.occurred_at, report.precision, self.zone)
        return f"{start}\t{part.value}\t{periods.no_finer_than(report.occurred_at, report.precision, self.zone)}"


def keyed(key: bytes, line: str) -> bytes:
    return f"\\\\x{key.hex()}{line}".encode()


@cache
def _array(ids: tuple[UUID, ...]) -> str:
    return "{" + ",".join(map(str, ids)) + "}"
