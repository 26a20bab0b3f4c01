"""The police of London in a partnership of their own, and an import by them that says what became of each row."""

import csv
import io
from collections.abc import Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from lokalnet.access import founding
from lokalnet.access.models import Partnership
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.places.points import Bounds
from lokalnet.situation import categories
from lokalnet.situation.importing import running as importing
from lokalnet.situation.models import Exact, Observation, Text
from tests.beside import beside

DATA = Path(__file__).with_name("data")
LONDON_POLICE = "City of London Police"
# Wider than the City: its police report from Hammersmith to Castle Point.
LONDON = Bounds(-0.25, 51.45, 0.60, 51.60)


def london() -> Partnership:
    with as_role(MIGRATION):
        found = founding.partnership("london", "London", bounds=LONDON, valid_from=date(2010, 1, 1),
                                     projection=27700, timezone="Europe/London")
        founding.join(found, founding.organisation(LONDON_POLICE, "police"))
        categories.install(found)
    return found


@dataclass(frozen=True)
class Outcome:
    """The closing table, and the rejected rows as (file's name, line, reason)."""

    printed: str
    figures: dict[str, int]
    rejected: list[tuple[str, int, str]]
    rejected_file: str

    def __getitem__(self, name: str) -> int:
        return self.figures.get(name, 0)


def run(files: Sequence[Path], tmp_path: Path, *, profile: str = "police-uk", organisation: str = LONDON_POLICE,
        partnership: str = "", dry_run: bool = False) -> Outcome:
    out, where = io.StringIO(), tmp_path / "rejected.csv"
    with redirect_stdout(out):
        assert importing.run(files=files, profile_name=profile, organisation=organisation, partnership=partnership,
                             dry_run=dry_run, rejected=where) == 0
    figures = figures_in(out.getvalue())
    written = where.read_text(encoding="utf-8")
    rows = [(Path(row["file"]).name, int(row["line"]), row["reason"]) for row in csv.DictReader(io.StringIO(written))]
    assert figures["rows read"] == sum(figures[name] for name in ("stored", "updated", "unchanged", "rejected"))
    assert figures["rejected"] == len(rows)
    return Outcome(out.getvalue(), figures, rows, written)


def figures_in(printed: str) -> dict[str, int]:
    pairs = (line.rsplit(maxsplit=1) for line in printed.splitlines() if line and not line.startswith("("))
    return {name.strip(): int(number.replace(",", "")) for name, number in pairs}


def everything_stored() -> set[tuple[object, ...]]:
    """All observations in all three parts, seen past the policies."""
    with as_role(MIGRATION):
        texts = dict(Text.objects.values_list("observation_id", "text"))
        exact = {row.observation_id: row for row in Exact.objects.all()}
        return {(str(row.id), row.category.slug, row.cell_x, row.cell_y, row.period_start, row.part, row.visibility,
                 row.police_sees, tuple(row.areas), exact[row.id].longitude, exact[row.id].latitude,
                 exact[row.id].occurred_at, exact[row.id].visibility, texts.get(row.id))
                for row in Observation.objects.select_related("category")}


def shared(folder: str) -> Path:
    """Real data."""
    return beside("data", folder, setting="LOKALNET_TEST_DATA")
