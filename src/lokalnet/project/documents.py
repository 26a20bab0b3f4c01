"""Docs that are printed from the code: who may do what, and which login may touch which table."""

from pathlib import Path

from lokalnet.access import grants, rights
from lokalnet.access.rights import Fields, Role

DOCS = Path(__file__).resolve().parents[3] / "docs"


def write(*, check: bool) -> int:
    """Write the documents; with `check`, only say whether they are as the code has it."""
    stale = []
    for name, text in (("rights.md", rights_page()), ("tables.md", tables_page())):
        path = DOCS / name
        if path.exists() and path.read_text() == text:
            continue
        stale.append(name)
        if not check:
            path.write_text(text)
    if stale:
        print(f"{'not as the code has it' if check else 'written'}: {', '.join(stale)}")
    return 1 if stale and check else 0


RIGHTS_HEAD = """# Who may do what

Printed from `src/lokalnet/access/rights.py` by `./run docs`; the database's policies read the same table.
What a right opens is still cut, row by row, to what the sender shared.

| role | in an organisation of kind | for the purpose | group of fields |
|---|---|---|---|
"""
SCOPES_HEAD = """
An API key can be given less than its system's rights, never more:

| scope | group of fields |
|---|---|
"""
TABLES_HEAD = """# Which login may touch which table

Printed from `src/lokalnet/access/grants.py` by `./run docs`. A table that is not listed fails the migration.
`lokalnet_backup` reads every table; `lokalnet_owner` owns them and is bound by their policies; `lokalnet_migration` and
`lokalnet_definer` cannot log in.

| table | room | app | place | retention | audit | row policies |
|---|---|---|---|---|---|---|
"""


def rights_page() -> str:
    from django.utils.translation import override

    with override("en"):
        rights_rows = [
            _row(right.role.label, ", ".join(right.organisations), right.purpose.label, _labels(right.fields))
            for right in sorted(rights.RIGHTS, key=lambda right: list(Role).index(right.role))]
        scopes = [_row(f"`{scope}`", _labels(fields)) for scope, fields in rights.SCOPES.items()]
    return RIGHTS_HEAD + "".join(rights_rows) + SCOPES_HEAD + "".join(scopes)


def tables_page() -> str:
    return TABLES_HEAD + "".join(
        _row(table, grant.room, _of_app(grant), grant.place, grant.retention, grant.audit,
             f"none: {grants.NO_POLICY[table]}" if table in grants.NO_POLICY else "forced")
        for table, grant in sorted(grants.TABLES.items()))


def _of_app(grant: grants.Grant) -> str:
    changes = f"update of {', '.join(grant.app_changes)}" if grant.app_changes else ""
    return ", ".join(part for part in (grant.app, changes) if part)


def _labels(fields: tuple[Fields, ...]) -> str:
    return "; ".join(str(field.label) for field in fields)


def _row(*cells: object) -> str:
    return f"| {' | '.join(str(cell) for cell in cells)} |\n"
