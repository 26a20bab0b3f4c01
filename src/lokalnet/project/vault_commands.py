"""`./run keys`: the keys of the person room. Started by commands.py, and opens nothing before."""

import argparse
from pathlib import Path

from lokalnet.project import logins


def add_to(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(dest="act", required=True)
    acts.add_parser("rotate", help="new keys, and everything sealed anew under them; ends one that was broken off") \
        .set_defaults(command=run_rotate)
    acts.add_parser("index", help="make the look-up index anew, after a restore").set_defaults(command=run_index)
    acts.add_parser("status", help="how many keys there are").set_defaults(command=run_status)
    backup = acts.add_parser("backup", help="write the keys to a file, to be kept apart from the database's backup")
    backup.add_argument("file", type=Path)
    backup.set_defaults(command=run_backup)
    restore = acts.add_parser("restore", help="add what is missing from a backup; what was erased stays erased")
    restore.add_argument("file", type=Path)
    restore.set_defaults(command=run_restore)


def run_rotate(_: argparse.Namespace) -> int:
    from lokalnet.project import commands, database

    with database.available():
        commands.set_up(logins.OWNER)  # acts as lokalnet_migration, which sees every row (engineering 4)
        from lokalnet.persons import rotating

        done = rotating.rotate()
    print(f"keys: {done.rows:,} values sealed anew, {done.found:,} persons in the look-up index")
    print("Write a new backup of the keys now: earlier ones do not open what is sealed from now on.")
    if done.unreadable:
        print(f"warning: under {done.unreadable} keys something does not open; their older versions were kept")
    return 1 if done.unreadable else 0


def run_index(_: argparse.Namespace) -> int:
    from lokalnet.project import commands, database

    with database.available():
        commands.set_up(logins.OWNER)
        from lokalnet.persons import index

        print(f"look-up index: {index.rebuild():,} persons")
    return 0


def run_status(_: argparse.Namespace) -> int:
    from lokalnet.persons import key_rotation, keys

    print(f"keys: {keys.held():,}, and {len(keys.destroyed()):,} destroyed")
    if key_rotation.unfinished():
        print("a rotation was broken off: run ./run keys rotate again")
        return 1
    return 0


def run_backup(arguments: argparse.Namespace) -> int:
    from lokalnet.foundation.home import home
    from lokalnet.persons import key_backups

    print(f"written: {arguments.file} ({key_backups.write(arguments.file):,} keys)")
    print(f"Not in it, to be kept apart from it: the files persons-*.key in {home() / 'keys'}")
    return 0


def run_restore(arguments: argparse.Namespace) -> int:
    from lokalnet.persons import key_backups

    done = key_backups.read(arguments.file)
    print(f"keys: {done.keys:,} brought back; {done.destroyed:,} of the backup were destroyed and stay so")
    return 0
