"""Docs that are printed from the code: who may do what, and which login may touch which table."""

from pathlib import Path

from lokalnet.access import grants, rights
from lokalnet.access.rights import Fields, Purpose, Role

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


def rights_page() -> str:
    from django.utils.translation import override

    with override("en"):
        lines = ["# Who may do what", "", "Printed from `src/lokalnet/access/rights.py` by `./run docs`; the database's "
                 "policies read the same table.", "What a right opens is still cut, row by row, to what the sender "
                 "shared.", "", "| role | in an organisation of kind | for the purpose | group of fields |",
                 "|---|---|---|---|"]
        for right in sorted(rights.RIGHTS, key=lambda right: list(Role).index(right.role)):
            fields = "; ".join(str(field.label) for field in right.fields)
            lines.append(f"| {right.role.label} | {', '.join(right.organisations)} | {right.purpose.label} | {fields} |")
        lines += ["", "An API key can be given less than its system's rights, never more:", "",
                  "| scope | group of fields |", "|---|---|"]
        lines += [f"| `{scope}` | {'; '.join(str(Fields(field).label) for field in fields)} |"
                  for scope, fields in rights.SCOPES.items()]
        lines += ["", f"Purposes: {', '.join(f'`{purpose.value}`' for purpose in Purpose)}.", ""]
    return "\n".join(lines)


def tables_page() -> str:
    lines = ["# Which login may touch which table", "", "Printed from `src/lokalnet/access/grants.py` by `./run docs`. "
             "A table that is not listed fails the migration.", "",
             "| table | room | app | place | retention | audit | row policies |", "|---|---|---|---|---|---|---|"]
    for table, grant in sorted(grants.TABLES.items()):
        policy = f"none: {grants.NO_POLICY[table]}" if table in grants.NO_POLICY else "forced"
        lines.append(f"| {table} | {grant.room} | {grant.app} | {grant.place} | {grant.retention} | {grant.audit} | "
                     f"{policy} |")
    lines += ["", "`lokalnet_backup` reads every table; `lokalnet_owner` owns them and is bound by their policies; "
              "`lokalnet_migration` and `lokalnet_definer` cannot log in.", ""]
    return "\n".join(lines)
