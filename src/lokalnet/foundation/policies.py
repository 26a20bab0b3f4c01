"""Migrations that put row policies on tables: about sixty lines of our own instead of a library (stack.md).

FORCE binds the owner as well, so the roles that must see everything are named here: data migrations, backups and the
few definer functions. Everybody else gets what the `.sql` file beside the migration grants, row by row.
"""

from pathlib import Path
from typing import Any

from django.db import migrations

SEES_ALL = {
    "lokalnet_migration": "for all to lokalnet_migration using (true) with check (true)",
    "lokalnet_definer": "for all to lokalnet_definer using (true) with check (true)",
    "lokalnet_backup": "for select to lokalnet_backup using (true)",
}


def protect(*tables: str) -> migrations.RunSQL:
    """Force row level security on the tables; nobody but the roles above sees a row until a policy says so."""
    forward: list[Any] = []
    backward: list[Any] = []
    for table in tables:
        forward += [f"alter table {table} enable row level security", f"alter table {table} force row level security"]
        forward += [f"create policy {role} on {table} {clause}" for role, clause in SEES_ALL.items()]
        backward += [f"drop policy {role} on {table}" for role in SEES_ALL]
        backward += [f"alter table {table} no force row level security",
                     f"alter table {table} disable row level security"]
    return migrations.RunSQL(forward, backward)


def sql_file(beside: str, name: str, *, instead_of: str = "") -> migrations.RunSQL:
    """The reviewed file `sql/<name>.sql` of the capability whose migration says `sql_file(__file__, name)`.

    `instead_of` names an earlier file whose work is undone first, and done again on the way back: what a migration that
    has landed made is changed by a later one, never in place.
    """
    folder = Path(beside).parents[1] / "sql"
    forward, backward = [_read(folder, f"{name}.sql")], [_read(folder, f"{name}.undo.sql")]
    if instead_of:
        forward.insert(0, _read(folder, f"{instead_of}.undo.sql"))
        backward.append(_read(folder, f"{instead_of}.sql"))
    return migrations.RunSQL("\n".join(forward), "\n".join(backward) or migrations.RunSQL.noop)


def _read(folder: Path, name: str) -> str:
    file = folder / name
    return file.read_text() if file.exists() else ""
