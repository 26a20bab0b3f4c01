"""Which login may touch which table: an allow-list, applied after every migration (engineering 9).

A table that is not listed here fails the migration. A table whose rows belong to an organisation or a person also has
policies; the ones that cannot, because they are used before anybody is known, stand on the list `BEFORE_ACTOR` with
the reason. The list is printed into docs/tables.md.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import AppConfig, apps
from django.db import connection, transaction

from lokalnet.access import rights

CHANGE = "select, insert, update, delete"
# What its sender may change. What follows from acts (standing, state, reporters ...) is for the triggers of
# sql/consequences.sql.
OBSERVATION_CHANGES = ("category_id", "visibility", "police_sees", "cell_x", "cell_y", "longitude", "latitude", "areas",
                       "named_area", "period_start", "part", "edition")
# What an organisation says of a sign; of which area, quarter and sign it is said stays.
ASSESSMENT_CHANGES = ("seen", "words", "sources", "certainty", "edition", "member_id", "written_at")

# The texts of a measure. Its state, outcome and last day follow from its steps (sql/steps.sql).
MEASURE_CHANGES = ("owner_id", "visibility", "title", "problem", "known", "doing", "sign", "areas", "due_on",
                   "commitment_id", "edition")

# What a coordinator changes of a draft; once it is approved nothing changes any more (situation/sql/briefing.sql).
BRIEFING_CHANGES = ("figures", "digest", "counted_at", "state", "approved_at", "approved_by_id", "organisation_id")

# A notice is made by notices_tell (sql/notices.sql) alone; its reader opens it, and the sender notes what a mail told.
NOTICE_CHANGES = ("opened_at", "hidden_at", "told", "waits_since", "message_id")
# A file's owner follows from its hand-over; its number, person and the day by which to inform stay (youth/sql).
FILE_CHANGES = ("about", "deletes_on", "board_since", "edition")
CONCERN_CHANGES = ("acute", "notified_on", "edition", "changed_at")
MESSAGE_CHANGES = ("state", "pace", "due_at", "tries", "next_try_at", "handed_at", "sent_at", "opened_at", "trouble")


@dataclass(frozen=True)
class Grant:
    room: str
    app: str = ""
    app_changes: tuple[str, ...] = ()  # columns that it may update, where not all
    place: str = ""
    retention: str = ""
    audit: str = ""
    definer: str = ""  # beyond select, insert and update, which it has on every table


TENANCY, PLACE, PERSON = "tenancy", "place room", "person room"
LOG, OPEN = "log", "no personal data"
BEFORE_ACTOR_ROOM, JOBS = "before actor", "jobs"

TABLES: dict[str, Grant] = {
    "places_area": Grant(OPEN, app="select", place="select"),
    "access_organisation": Grant(TENANCY, app="select"),
    "access_partnership": Grant(TENANCY, app="select", place="select", retention="select"),
    "access_party": Grant(TENANCY, app="select"),
    "access_member": Grant(TENANCY, app="select, insert, update"),
    "access_member_area": Grant(TENANCY, app="select, insert, delete"),
    "access_invitation": Grant(TENANCY, app="select, insert, update"),
    "access_key": Grant(TENANCY, app="select, insert, update"),
    "access_device": Grant(TENANCY, app="select, insert, update", retention="select, delete"),
    "access_role_right": Grant(OPEN, app="select"),
    "access_scope_field": Grant(OPEN, app="select"),
    "access_event": Grant(LOG, app="select, insert", retention="select, delete", audit="select"),
    "access_seal": Grant(LOG, app="select, insert", retention="select", audit="select"),
    "access_sealed_batch": Grant(LOG, app="select, insert", retention="select", audit="select"),
    "access_prune": Grant(LOG, retention="select, insert", audit="select"),
    "access_user": Grant(BEFORE_ACTOR_ROOM, app="select, insert, update"),
    "django_session": Grant(BEFORE_ACTOR_ROOM, app=CHANGE, retention="select, delete"),
    "account_emailaddress": Grant(BEFORE_ACTOR_ROOM, app=CHANGE),
    "account_emailconfirmation": Grant(BEFORE_ACTOR_ROOM, app=CHANGE),
    "mfa_authenticator": Grant(BEFORE_ACTOR_ROOM, app=CHANGE),
    "usersessions_usersession": Grant(BEFORE_ACTOR_ROOM, app=CHANGE, retention="select, delete"),
    "axes_accessattempt": Grant(BEFORE_ACTOR_ROOM, app=CHANGE, retention="select, delete"),
    "axes_accessattemptexpiration": Grant(BEFORE_ACTOR_ROOM, app=CHANGE, retention="select, delete"),
    "axes_accessfailurelog": Grant(BEFORE_ACTOR_ROOM, app=CHANGE, retention="select, delete"),
    "axes_accesslog": Grant(BEFORE_ACTOR_ROOM, app=CHANGE, retention="select, delete"),
    "auth_group": Grant(OPEN),
    "auth_group_permissions": Grant(OPEN),
    "auth_permission": Grant(OPEN),
    "django_content_type": Grant(OPEN, app="select"),
    "django_migrations": Grant(OPEN, app="select", audit="select"),
    "procrastinate_jobs": Grant(JOBS, app=CHANGE),
    "procrastinate_events": Grant(JOBS, app=CHANGE),
    "procrastinate_periodic_defers": Grant(JOBS, app=CHANGE),
    "procrastinate_workers": Grant(JOBS, app=CHANGE),
    "notices_preferences": Grant(TENANCY, app="select, insert, update", definer="delete"),
    "notices_message": Grant(TENANCY, app="select, insert", app_changes=MESSAGE_CHANGES, retention="select, delete"),
    "notices_notice": Grant(TENANCY, app="select", app_changes=NOTICE_CHANGES, retention="select, delete"),
    "partnership_commitment": Grant(PLACE, app="select, insert, delete", retention="select, delete"),
    "partnership_commitment_version": Grant(PLACE, app="select, insert"),
    "situation_category": Grant(PLACE, app="select, insert, update", place="select"),
    "situation_observation": Grant(PLACE, app="select, insert", app_changes=OBSERVATION_CHANGES,
                                   retention="select, delete"),
    "situation_observation_exact": Grant(PLACE, app="select, insert, update", retention="select, update"),
    "situation_observation_text": Grant(PLACE, app="select, insert, update", retention="select, delete",
                                        definer="delete"),
    "situation_photo": Grant(PLACE, app="select, insert, delete", retention="select, delete", definer="delete"),
    "situation_quiet_week": Grant(PLACE, app="select, insert", retention="select, delete"),
    "situation_act": Grant(PLACE, app="select, insert", retention="select, update"),
    "situation_version": Grant(PLACE, app="select, insert", retention="select, delete"),
    "situation_receipt": Grant(PLACE, app="select, insert", retention="select, delete"),
    "situation_import_row": Grant(PLACE, app="select, insert, update", retention="select, delete"),
    "situation_change": Grant(PLACE, app="insert", retention="select, delete"),
    "situation_export": Grant(PLACE, app=CHANGE, retention="select, delete"),
    "situation_upload": Grant(PLACE, app=CHANGE, retention="select, delete"),
    "situation_savedview": Grant(PLACE, app=CHANGE, retention="select, delete"),
    "situation_subscription": Grant(PLACE, app=CHANGE, retention="select, delete", definer="delete"),
    "situation_contact": Grant(PLACE, app=CHANGE),
    "situation_watch": Grant(PLACE, app=CHANGE, retention="select, delete"),
    "situation_known_place": Grant(PLACE, app="select, insert, update", retention="select, delete", definer="delete"),
    "situation_sample": Grant(PLACE, app="select, update"),
    "situation_measure": Grant(PLACE, app="select, insert", app_changes=MEASURE_CHANGES, retention="select, delete"),
    "situation_measure_partner": Grant(PLACE, app="select", definer="delete"),
    "situation_measure_observation": Grant(PLACE, app="select, insert, delete"),
    "situation_question": Grant(PLACE, app="select, insert", app_changes=("withdrawn_at", "noted_at"),
                                retention="select, delete"),
    "situation_step": Grant(PLACE, app="select, insert", retention="select, update"),
    "situation_assessment": Grant(PLACE, app="select, insert", app_changes=ASSESSMENT_CHANGES,
                                  retention="select, delete"),
    "situation_assessment_version": Grant(PLACE, app="select", retention="select, delete"),
    "situation_tree_row": Grant(PLACE, app=CHANGE, retention="select, update, delete"),
    "situation_tree_call": Grant(PLACE, app="select, insert"),
    "situation_conflict_entry": Grant(PLACE, app="select, insert", retention="select, delete"),
    "situation_conflict_standing": Grant(PLACE, app="select, insert"),
    "situation_conflict_message": Grant(PLACE, app="select, insert", retention="select, delete"),
    "situation_conflict_edition": Grant(PLACE, app="select, insert"),
    "situation_conflict_agreement": Grant(PLACE, app="select, insert"),
    "situation_conflict_withdrawal": Grant(PLACE, app="select, insert"),
    "situation_conflict_review": Grant(PLACE, app="select, insert", retention="select, delete"),
    "situation_briefing": Grant(PLACE, app="select, insert", app_changes=BRIEFING_CHANGES, retention="select, delete"),
    "situation_briefing_words": Grant(PLACE, app=CHANGE, retention="select, delete"),
    "situation_briefing_decision": Grant(PLACE, app="select, insert", retention="select, update"),
    "situation_briefing_reader": Grant(PLACE, app="select, insert"),
    # Looks and signals are the detection's (`lokalnet_place`, acting for nobody); members read them and say of them.
    "situation_look": Grant(PLACE, app="select", place="select, insert, update", retention="select, delete"),
    "situation_signal": Grant(PLACE, app="select", place="select, insert, update", retention="select, delete"),
    "situation_signal_step": Grant(PLACE, app="select", place="select, insert"),
    "situation_signal_verdict": Grant(PLACE, app="select, insert", retention="select, update"),
    "situation_signal_measure": Grant(PLACE, app="select, insert"),
    "situation_stop_question": Grant(PLACE, app="select, insert", retention="select, delete"),
    # Who may know a person, visits, emergency access, answers to offers and the steps of triage are written by the
    # functions that check them, and by no login.
    "persons_person": Grant(PERSON, app="select, insert", app_changes=("sealed", "edition")),
    "persons_lookup": Grant(PERSON, app="select, insert, delete"),
    "persons_access": Grant(PERSON, app="select"),
    "persons_visit": Grant(PERSON, app="select"),
    "persons_override": Grant(PERSON, app="select"),
    "disclosure_ground": Grant(PERSON, app="select, insert"),
    "disclosure_confirmation": Grant(PERSON, app="select, insert"),
    "disclosure_offer": Grant(PERSON, app="select, insert"),
    "disclosure_offer_source": Grant(PERSON, app="select, insert"),
    "disclosure_copy": Grant(PERSON, app="select"),
    "disclosure_copy_text": Grant(PERSON, app="select", definer="delete"),
    "disclosure_withheld": Grant(PERSON, app="select, insert"),
    "youth_concern": Grant(PERSON, app="select, insert, delete", app_changes=CONCERN_CHANGES, definer="delete"),
    "youth_concern_text": Grant(PERSON, app="select, insert, delete", app_changes=("sealed",), definer="delete"),
    "youth_decision": Grant(PERSON, app="select"),
    "youth_reply": Grant(PERSON, app="select, insert", app_changes=("read_at",)),
    "youth_file": Grant(PERSON, app="select", app_changes=FILE_CHANGES),
    "youth_forum": Grant(PERSON, app="select", definer="delete"),
    "youth_placing": Grant(PERSON, app="select, insert", app_changes=("ended_at",)),
    "youth_note": Grant(PERSON, app="select, insert"),
    "youth_contact": Grant(PERSON, app="select, insert", app_changes=("sealed", "edition", "ended_at")),
    "youth_mark": Grant(PERSON, app="select, insert", app_changes=("ended_at",)),
    "youth_informing": Grant(PERSON, app="select, insert"),
}

BEFORE_ACTOR: dict[str, str] = {
    "access_user": "who is logging in is not known yet; holds an address and a password hash, no role",
    "django_session": "the session says who is acting",
    "account_emailaddress": "password reset, before log-in",
    "account_emailconfirmation": "password reset, before log-in",
    "mfa_authenticator": "the second factor is checked before log-in is complete; secrets are encrypted",
    "usersessions_usersession": "made at log-in; shown to the user only by the user's own id",
    "axes_accessattempt": "failed log-ins are counted before anybody is known",
    "axes_accessattemptexpiration": "as above",
    "axes_accessfailurelog": "as above",
    "axes_accesslog": "as above; kept empty",
}

NO_POLICY: dict[str, str] = BEFORE_ACTOR | {
    "access_seal": "numbers and digests only",
    "access_sealed_batch": "numbers only",
    "access_prune": "numbers only",
    "procrastinate_jobs": "arguments are opaque ids; one queue for each room",
    "procrastinate_events": "as above",
    "procrastinate_periodic_defers": "as above",
    "procrastinate_workers": "as above",
} | {table: grant.room for table, grant in TABLES.items() if grant.room == OPEN}

LOGIN_FIELDS = {"lokalnet_app": "app", "lokalnet_place": "place", "lokalnet_retention": "retention",
                "lokalnet_audit": "audit"}


class UnknownTable(Exception):
    """A table without a line in the grants map."""


def statements(existing: Mapping[str, Collection[str]]) -> list[str]:
    """The SQL that makes the grants of `existing` tables, with their columns, exactly what the map says.

    A database on its way back to an older schema lacks some of the columns.
    """
    unknown = sorted(set(existing) - set(TABLES))
    if unknown:
        raise UnknownTable(f"no line in access/grants.py for: {', '.join(unknown)}")
    made = []
    for table in existing:
        made.append(f"revoke all on {table} from public, {', '.join(LOGIN_FIELDS)}")
        for login, field in LOGIN_FIELDS.items():
            if allowed := getattr(TABLES[table], field):
                made.append(f"grant {allowed} on {table} to {login}")
        if changes := [column for column in TABLES[table].app_changes if column in existing[table]]:
            made.append(f"grant update ({', '.join(changes)}) on {table} to lokalnet_app")
        made.append(f"grant select, insert, update, delete on {table} to lokalnet_migration")
        also = f", {TABLES[table].definer}" if TABLES[table].definer else ""
        made.append(f"revoke all on {table} from lokalnet_definer")
        made.append(f"grant select, insert, update{also} on {table} to lokalnet_definer")
        made.append(f"grant select on {table} to lokalnet_backup")
    return made


def apply(sender: AppConfig, **_: Any) -> None:
    """Receiver of post_migrate: grants, and the rights table as the database reads it."""
    if sender.label != "access" or connection.vendor != "postgresql":
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select table_name::text, array_agg(column_name::text) from information_schema.columns "
                       "join pg_tables on schemaname = table_schema and tablename = table_name "
                       "where table_schema = 'public' group by 1 order by 1")
        for statement in statements(dict(cursor.fetchall())):
            cursor.execute(statement)
        cursor.execute("grant usage, select on all sequences in schema public to lokalnet_app, lokalnet_migration")
        cursor.execute("grant select on all sequences in schema public to lokalnet_backup")
        _write_rights(cursor)


def _write_rights(cursor: Any) -> None:
    role_right, scope_field = apps.get_model("access", "RoleRight"), apps.get_model("access", "ScopeField")
    role_right.objects.all().delete()
    role_right.objects.bulk_create([
        role_right(role=role, organisation_kind=kind, purpose=purpose, fields=fields)
        for role, kind, purpose, fields in rights.rows()])
    scope_field.objects.all().delete()
    scope_field.objects.bulk_create([scope_field(scope=scope, fields=field.value)
                                     for scope, fields in rights.SCOPES.items() for field in fields])
