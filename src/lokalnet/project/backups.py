"""Write the database to a file, and fill an empty database from one.

The dump is made by the login `lokalnet_backup`, which the policies let read every row and nothing let write: no
superuser and no BYPASSRLS, so a managed server does. The restore runs as the owner alone. pg_restore puts policies on
after the data; but what `lokalnet_definer` owns, only that role may grant, and pg_restore as the owner would warn and
leave those functions open to everybody: their grants are restored in a second run, as that role.

Keys and log heads are not in the dump, on purpose: a backup that lies beside its keys protects nothing. Neither is the
look-up index of persons, since whoever had its key could try all CPR numbers on it (engineering 32).
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from lokalnet.foundation.home import home
from lokalnet.foundation.remembering import remember
from lokalnet.project import database, logins
from lokalnet.project.cluster import engines

# Ids of restored transactions lie below every real one: a new server counts from the start again (access/sealing.py).
NEW_COUNT = """
    update access_event e set xid =
      case when exists (select from access_seal s where s.event_id = e.id) then '0' else '1' end::xid8;
    update access_sealed_batch set below = 1;
"""

LEFT_OUT = "persons_lookup"
WRITTEN, RESTORED = "backup-written", "restore-tried"


class BackupError(Exception):
    """The backup was not written or not read; the message says what to do."""


def write(file: Path) -> int:
    """`./run backup FILE`: everything that is committed, the log sealed first (engineering 30)."""
    if file.exists():
        raise BackupError(f"{file} exists already; a backup is never written over another one")
    with database.available():
        if _lokalnet("audit", "seal"):
            raise BackupError("the log could not be sealed, so no backup was made")
        _dump(file)
    remember(WRITTEN, file=file.name, bytes=file.stat().st_size)
    print(f"written: {file} ({file.stat().st_size:,} bytes)")
    print(f"Not in it, to be kept apart from it: the keys in {home() / 'keys'} and {home() / 'log-heads.jsonl'}")
    return 0


def _dump(file: Path) -> None:
    part = file.with_name(file.name + ".part")
    try:
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as problem:
        raise BackupError(f"{part} could not be made ({problem.strerror})") from None
    try:
        with open(handle, "wb") as output:
            _call("pg_dump", "--format=custom", "--enable-row-security", f"--exclude-table-data={LEFT_OUT}",
                  login=logins.BACKUP, output=output)
            os.fsync(output.fileno())
        part.rename(file)
    finally:
        part.unlink(missing_ok=True)


def read(file: Path) -> int:
    """`./run restore FILE`: into a database without tables. Prints what came back and verifies the log."""
    if not file.is_file():
        raise BackupError(f"{file}: no such file")
    with database.available():
        _require_empty()
        remember(RESTORED, file=file.name, whole=False)  # until it has come to its end
        _restore(file)
        with _connect(logins.OWNER) as connection:
            connection.execute(f"set local role {logins.MIGRATION}")
            connection.execute(NEW_COUNT)
        _report(file)
        verified = _note_and_verify()
        remember(RESTORED, file=file.name, whole=not verified)
        return verified


def _require_empty() -> None:
    with _connect(logins.OWNER) as connection:
        found = connection.execute("select count(*) from pg_tables where schemaname = 'public'").fetchone()
    if found and found[0]:
        raise BackupError(f"the database holds {found[0]} tables; a restore goes into an empty one only "
                          "(docs/operations.md says how to make it)")


def _restore(file: Path) -> None:
    contents = subprocess.run([_program("pg_restore"), "--list", str(file)], capture_output=True, text=True)
    if contents.returncode:
        raise BackupError(f"{file} is not a backup of Lokalnet")
    lines = [line for line in contents.stdout.splitlines() if line and not line.startswith(";")]
    # The schema itself is the administrator's (logins.database_sql), and is there already.
    lines = [line for line in lines if not line.endswith(" pg_database_owner")]
    of_definer = [line for line in lines if re.match(r"\d+; \d+ \d+ ACL ", line) and line.endswith(logins.DEFINER)]
    _restore_lines(file, [line for line in lines if line not in set(of_definer)], role=logins.OWNER)
    _restore_lines(file, of_definer, role=logins.DEFINER)


def _restore_lines(file: Path, lines: Iterable[str], *, role: str) -> None:
    with tempfile.NamedTemporaryFile("w", suffix=".list") as chosen:
        chosen.write("\n".join(lines) + "\n")
        chosen.flush()
        connection = make_conninfo("", **_without_password(logins.OWNER))
        _call("pg_restore", "--dbname", connection, "--role", role, "--use-list", chosen.name, "--single-transaction",
              "--exit-on-error", str(file), login=logins.OWNER)


def _report(file: Path) -> None:
    with _connect(logins.BACKUP) as connection:
        tables = connection.execute("select tablename from pg_tables where schemaname = 'public' order by 1").fetchall()
        rows = {str(table): _count(connection, table) for (table,) in tables}
    for table, number in rows.items():
        if number:
            print(f"{number:>12,} {table}")
    print(f"restored: {sum(rows.values()):,} rows in {len(rows)} tables from {file}")
    if rows.get("persons_person"):
        print("Persons cannot be looked up yet: bring the keys back, and run ./run keys index")


def _count(connection: psycopg.Connection, table: str) -> int:
    found = connection.execute(sql.SQL("select count(*) from {}").format(sql.Identifier(table))).fetchone()
    return int(found[0]) if found else 0


def _note_and_verify() -> int:
    """In processes of their own, because each needs a login of its own."""
    noted = subprocess.run([sys.executable, "-c", "from lokalnet.project import commands, logins\n"
                            "commands.set_up(logins.AUDIT)\n"
                            "from lokalnet.access import sealing\n"
                            "sealing.note_restore()"])
    if noted.returncode:
        raise BackupError(f"restored, but the restore could not be noted in {home() / 'log-heads.jsonl'}")
    return _lokalnet("audit", "verify")


def _lokalnet(*words: str) -> int:
    return subprocess.run([sys.executable, "-m", "lokalnet.project.commands", *words]).returncode


def _call(program: str, *arguments: str, login: str, output: object = None) -> None:
    """Passwords go by the environment: a command line can be read by everybody on the machine."""
    found = database.parameters(login)
    environment = os.environ | ({"PGPASSWORD": found["password"]} if "password" in found else {})
    command = [_program(program), "--no-password", *arguments]
    if program == "pg_dump":
        command += ["--dbname", make_conninfo("", **_without_password(login))]
    done = subprocess.run(command, env=environment, stdout=output)  # type: ignore[call-overload]
    if done.returncode:
        raise BackupError(f"{program} failed; what it said stands above")


def _connect(login: str) -> psycopg.Connection:
    return psycopg.connect(make_conninfo("", **database.parameters(login)))


def _without_password(login: str) -> dict[str, str]:
    return {name: value for name, value in database.parameters(login).items() if name != "password"}


def _program(name: str) -> str:
    """Of the server's own major version where we have it, because a newer dump does not go into an older server."""
    with _connect(logins.OWNER) as connection:
        major = connection.info.server_version // 10_000
    found = list(engines(home()))
    for engine in found:
        if engine.version == major:
            return engine.program(name)
    return shutil.which(name) or max(found, key=lambda engine: engine.version).program(name)
