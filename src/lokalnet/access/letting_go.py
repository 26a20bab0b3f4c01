"""What goes when it is no longer needed, as every capability prints it and notes it in the log (`./run retention`)."""

import json
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection

from lokalnet.access import events


@dataclass(frozen=True)
class Line:
    """How many of a kind go, or went."""

    what: str
    why: str
    number: int
    oldest: date | datetime | None


def table(lines: list[Line], heading: str) -> str:
    rows = [("what", "rule", heading, "oldest"),
            *((line.what, line.why, f"{line.number:,}", line.oldest.isoformat()[:10] if line.oldest else "")
              for line in lines)]
    wide, long = (2 + max(len(row[place]) for row in rows) for place in (0, 1))
    return "\n".join(f"{what:<{wide}}{why:<{long}}{number:>9}  {oldest}".rstrip() for what, why, number, oldest in rows)


def note(lines: list[Line]) -> None:
    """One entry in the log with the numbers, by a function that can write nothing else."""
    event = events.entry(None, "retention.run", {line.what: line.number for line in lines})
    with connection.cursor() as cursor:
        cursor.execute("select note_retention(%s, %s, %s::jsonb, %s, %s, %s)", [
            event.id, event.at, json.dumps(event.detail), bytes(event.salt), bytes(event.digest), bytes(event.mac)])
