"""The SQL of a page and of the empty page, as JSON: `python -m benchmarks.statements SESSION PATH`."""

import json
import re
import sys

from lokalnet.project import commands, logins

TRANSACTION = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")


def main(session: str, path: str) -> None:
    commands.set_up(logins.APP)
    empty, page = _sent("/tom/", session), _sent(path, session)
    shared = {_shape(statement) for statement in empty}
    print(json.dumps({"page": page, "empty": empty,
                      "own": [_again(statement) for statement in page if _shape(statement) not in shared]}))


def _sent(path: str, session: str) -> list[str]:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(SERVER_NAME="127.0.0.1")
    client.cookies["lokalnet"] = session
    for _ in range(2):  # the second time finds everything that is loaded once
        with CaptureQueriesContext(connection) as captured:
            answer = client.get(path)
        if answer.status_code != 200:
            sys.exit(f"{path} answered {answer.status_code}")
    return [query["sql"] for query in captured if not query["sql"].startswith(TRANSACTION)]


def _shape(statement: str) -> str:
    """The statement without its values."""
    return re.sub(r"'[^']*'|\b\d+\b", "?", statement)


def _again(statement: str) -> str:
    """The statement, so that it can be run again: an insert (the log's entry) gets an id of its own each time."""
    return re.sub(r"'[0-9a-f-]{32,36}'::uuid", "gen_random_uuid()", statement, count=1) if statement.startswith(
        "INSERT") else statement


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
