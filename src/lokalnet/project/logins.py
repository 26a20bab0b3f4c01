"""The database logins, what each is for, and the SQL that makes them.

Nobody has BYPASSRLS, so a managed PostgreSQL does as well as our own. A member of a role does not inherit it: it has
to say `SET LOCAL ROLE`.
"""

OWNER, APP, PLACE = "lokalnet_owner", "lokalnet_app", "lokalnet_place"
BACKUP, RETENTION, AUDIT = "lokalnet_backup", "lokalnet_retention", "lokalnet_audit"
TEST = "lokalnet_test"
DEFINER, MIGRATION = "lokalnet_definer", "lokalnet_migration"

LOGINS = {
    OWNER: "migrates: owns the tables, is bound by their policies all the same",
    APP: "serves: pages, API, live stream, jobs",
    PLACE: "detection and public pages: no grant on any table about persons",
    BACKUP: "reads everything for a backup, changes nothing",
    RETENTION: "removes what has expired",
    AUDIT: "reads the event log for `./run audit`",
}
ROLES = {
    DEFINER: "owns the few functions that look past the policies",
    MIGRATION: "data migrations and fixtures, by SET LOCAL ROLE",
}
MEMBERSHIPS = {OWNER: (DEFINER, MIGRATION), APP: (PLACE,)}


def bootstrap_sql(*, for_tests: bool = False) -> list[str]:
    """Statements that an administrator of the server runs once; running them again changes nothing."""
    made = [_role(name, "login") for name in (*LOGINS, *((TEST,) if for_tests else ()))]
    made += [_role(name, "nologin") for name in ROLES]
    memberships = dict(MEMBERSHIPS)
    if for_tests:
        memberships[TEST] = (*LOGINS, *ROLES)
    granted = [f"grant {role} to {member}" for member, roles in memberships.items() for role in roles]
    return made + granted


def _role(name: str, login: str) -> str:
    return (f"do $$ begin if not exists (select from pg_roles where rolname = '{name}') then "
            f"create role {name} {login} noinherit nocreatedb nocreaterole; end if; end $$")


def database_sql(name: str) -> list[str]:
    """Statements run inside the new database by an administrator."""
    return [
        f'alter database "{name}" owner to {OWNER}',
        f'revoke all on database "{name}" from public',
        f'grant connect, temporary on database "{name}" to {", ".join((*LOGINS, MIGRATION))}',
        "revoke create on schema public from public",
        f"grant usage on schema public to {', '.join((*LOGINS, *ROLES))}",
        f"grant create on schema public to {OWNER}, {DEFINER}",
    ]
