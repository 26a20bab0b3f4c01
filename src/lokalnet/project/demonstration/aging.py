"""Lay what was done just now back in time, so that the demonstration looks like weeks of work.

Times alone are moved. What must stand as it was written, such as the event log with its chain, keeps its own.
"""

from datetime import datetime

import psycopg
from psycopg import sql

from lokalnet.project import database, logins

MOVED = """select table_name, column_name from information_schema.columns where table_schema = 'public' and
  table_name ~ '^(persons|disclosure|youth)_' and data_type = 'timestamp with time zone' and column_name not in
  ('ends_at', 'expires_at', 'until')"""
# What follows from a time: (table, column, the time that it follows).
FOLLOWING = (("persons_visit", "ends_at", "entered_at"), ("persons_override", "ends_at", "opened_at"),
             ("disclosure_offer", "expires_at", "offered_at"), ("disclosure_offer", "answer_due_on", "recalled_at"),
             ("youth_concern", "notified_on", "sent_at"), ("youth_informing", "told_on", "at"))
AFTER = (
    "update persons_access set until = o.ends_at from persons_override o where o.id = persons_access.id",
    "update youth_file f set inform_by = (c.sent_at at time zone 'Europe/Copenhagen')::date + interval '1 month' "
    "from youth_concern c where c.person_id = f.person_id and c.decided_at is not null and f.opened_at = c.decided_at",
)


def moved(moments: list[tuple[datetime, datetime, int]]) -> None:
    """Whatever is stamped between two times happened so many days earlier. In the migration role."""
    with psycopg.connect(**database.parameters(logins.OWNER)) as connection:  # type: ignore[arg-type]
        connection.execute(f"set role {logins.MIGRATION}")
        columns = connection.execute(MOVED).fetchall()
        for began, ended, days in moments:
            values = {"began": began, "ended": ended, "days": days}
            connection.execute("update persons_visit set left_at = entered_at + interval '7 minutes' where left_at is "
                               "null and entered_at between %(began)s and %(ended)s", values)
            for table, column, follows in FOLLOWING:
                connection.execute(_statement(table, column, follows), values)
            for table, column in columns:
                connection.execute(_statement(table, column, column), values)
        for statement in AFTER:
            connection.execute(statement)


def _statement(table: str, column: str, stamped: str) -> sql.Composed:
    return sql.SQL("update {} set {} = {} - make_interval(days => %(days)s) where {} between %(began)s and %(ended)s "
                   ).format(*(sql.Identifier(name) for name in (table, column, column, stamped)))
