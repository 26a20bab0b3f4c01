"""`./run found FILE`: a partnership, its organisations and their first administrators, from one TOML file.

Running it again adds what is new in the file and changes nothing else. The administrators choose their first password
through "forgotten password", so that no password is ever written down.
"""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

from lokalnet.access import founding
from lokalnet.access.models import Organisation, Partnership
from lokalnet.access.rights import Role
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.places.points import Bounds


class BadFoundation(Exception):
    """The file does not say what is needed; the message names the field and the rule."""


def found(file: Path) -> Partnership:
    """Found what the file describes; the partnership. Raises BadFoundation."""
    try:
        said = tomllib.loads(file.read_text())
    except (OSError, tomllib.TOMLDecodeError) as problem:
        raise BadFoundation(f"{file}: {problem}") from problem
    with as_role(MIGRATION):
        made = _partnership(_table(said, "partnership"))
        rows = said.get("organisation", [])
        if not rows:
            raise BadFoundation("organisation: at least one [[organisation]] is needed")
        founding.join(made, *(_organisation(row, place) for place, row in enumerate(rows, 1)))
    return made


def _table(said: dict[str, Any], name: str) -> dict[str, Any]:
    if not isinstance(said.get(name), dict):
        raise BadFoundation(f"{name}: the table [{name}] is needed")
    table: dict[str, Any] = said[name]
    return table


def _need(table: dict[str, Any], field: str, where: str, kind: type) -> Any:
    if not isinstance(table.get(field), kind):
        raise BadFoundation(f"{where}.{field}: is needed, as {kind.__name__}")
    return table[field]


def _partnership(table: dict[str, Any]) -> Partnership:
    bounds = _need(table, "bounds", "partnership", list)
    if len(bounds) != 4 or not all(isinstance(edge, int | float) for edge in bounds):
        raise BadFoundation("partnership.bounds: four numbers are needed, [west, south, east, north] in degrees")
    return founding.partnership(
        _need(table, "slug", "partnership", str), _need(table, "name", "partnership", str),
        purpose=table.get("purpose", ""), valid_from=_need(table, "valid_from", "partnership", date),
        bounds=Bounds(*map(float, bounds)), projection=table.get("projection", 25832),
        timezone=table.get("timezone", "Europe/Copenhagen"))


def _organisation(row: dict[str, Any], place: int) -> Organisation:
    where = f"organisation {place}"
    kind = _need(row, "kind", where, str)
    if kind not in Organisation.Kind.values:
        raise BadFoundation(f"{where}.kind: must be one of {', '.join(Organisation.Kind.values)}")
    made = founding.organisation(_need(row, "name", where, str), kind, shown_as=row.get("shown_as", ""),
                                 cvr=row.get("cvr", ""))
    first = _need(row, "administrator", where, dict)
    founding.member(made, _need(first, "name", f"{where}.administrator", str),
                    _need(first, "email", f"{where}.administrator", str), Role.ADMINISTRATOR)
    return made
