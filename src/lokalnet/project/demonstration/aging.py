"""Lay what was done just now back in time, so that the demonstration looks like weeks of work.

Times alone are moved. What must stand as it was written, such as the event log with its chain, keeps its own.
"""

from collections.abc import Iterable
from datetime import datetime

import psycopg
from psycopg import sql

from lokalnet.project import database, logins

STAMPS = """select table_name, array_agg(column_name::text) from information_schema.columns where table_schema =
  'public' and table_name ~ '^(persons|disclosure|youth)_' and data_type = 'timestamp with time zone'
  and column_name not in ('ends_at', 'expires_at', 'until') group by table_name"""
# What follows from a time, in days or in hours: (table, column): the time that it follows.
FOLLOWING = {("persons_visit", "ends_at"): "entered_at", ("persons_override", "ends_at"): "opened_at",
             ("disclosure_offer", "expires_at"): "offered_at", ("disclosure_offer", "answer_due_on"): "recalled_at",
             ("youth_concern", "notified_on"): "sent_at", ("youth_informing", "told_on"): "at"}
AFTER = (
    "update persons_visit set left_at = entered_at + interval '7 minutes' where left_at is null and ends_at < now()",
    "update persons_access a set until = o.ends_at from persons_override o where o.id = a.id",
    "update youth_file f set inform_by = ((select min(c.sent_at) from youth_concern c where c.person_id = f.person_id) "
    "at time zone 'Europe/Copenhagen')::date + interval '1 month'",
)


def moved(moments: Iterable[tuple[datetime, datetime, int]]) -> None:
    """Whatever is stamped between two times happened so many days earlier. In the migration role."""
    with psycopg.connect(**database.parameters(logins.OWNER)) as connection:  # type: ignore[arg-type]
        connection.execute(f"set role {logins.MIGRATION}")
        statements = [_statement(table, columns) for table, columns in connection.execute(STAMPS).fetchall()]
        for began, ended, days in moments:
            for statement in statements:
                connection.execute(statement, {"began": began, "ended": ended, "days": days})
        for after in AFTER:
            connection.execute(after)


def _statement(table: str, columns: list[str]) -> sql.Composed:
    follows = {column: column for column in columns} | {
        column: stamp for (of, column), stamp in FOLLOWING.items() if of == table}
    changes = sql.SQL(", ").join(_change(column, stamp) for column, stamp in follows.items())
    return sql.SQL("update {} set {} where {}").format(
        sql.Identifier(table), changes, sql.SQL(" or ").join(map(_within, columns)))


def _change(column: str, stamp: str) -> sql.Composed:
    return sql.SQL("{0} = case when {1} then {0} - make_interval(days => %(days)s) else {0} end").format(
        sql.Identifier(column), _within(stamp))


def _within(stamp: str) -> sql.Composed:
    return sql.SQL("{} between %(began)s and %(ended)s").format(sql.Identifier(stamp))
