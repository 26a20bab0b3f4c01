"""What the database itself must say: policies on every table, grants as the map has them, no way around.

The rooms are read from the grants map, so that tables which come later are held to the same rules.
"""

import pytest
from django.db import connection

from lokalnet.access import grants, rights
from lokalnet.access.models import RoleRight, ScopeField
from lokalnet.project import logins

PERSON_ROOM = getattr(grants, "PERSON", "person room")
PRIVILEGES = ("select", "insert", "update", "delete", "truncate", "references", "trigger")
EVERYWHERE = {"lokalnet_migration": {"select", "insert", "update", "delete"},
              "lokalnet_definer": {"select", "insert", "update"}, "lokalnet_backup": {"select"}}
BARRED_FROM_PERSONS = ("access_member", "access_user", "access_key", "access_invitation", "access_event")

pytestmark = pytest.mark.django_db


def ask(query: str, *values: object) -> list[tuple]:  # type: ignore[type-arg]
    with connection.cursor() as cursor:
        cursor.execute(query, values or None)
        return list(cursor.fetchall())


def tables() -> list[str]:
    return [row[0] for row in ask("select relname from pg_class where relkind in ('r', 'p') and relnamespace = "
                                  "'public'::regnamespace order by 1")]


def test_the_tests_themselves_are_bound_by_policies() -> None:
    """Else all that follows here would prove nothing."""
    assert ask("select current_user, row_security_active('situation_observation')") == [("lokalnet_app", True)]


def test_every_table_has_a_line_in_the_grants_map_and_every_line_a_table() -> None:
    assert set(tables()) == set(grants.TABLES)


def test_every_exception_from_policies_names_a_table_and_a_reason() -> None:
    assert set(grants.NO_POLICY) <= set(tables())
    assert all(reason.strip() for reason in grants.NO_POLICY.values())


def test_every_table_has_forced_row_security_and_a_policy_unless_it_stands_on_the_list() -> None:
    bound = {name for name, enabled, forced, policies in ask(
        "select c.relname, c.relrowsecurity, c.relforcerowsecurity, (select count(*) from pg_policy p "
        "where p.polrelid = c.oid) from pg_class c where c.relkind in ('r', 'p') and c.relnamespace = "
        "'public'::regnamespace") if enabled and forced and policies}
    assert set(tables()) - bound == set(grants.NO_POLICY)


# What the nightly command goes through by age; its login serves nobody.
EXPIRING = ("access_partnership", "situation_observation", "situation_observation_exact", "situation_observation_text",
            "situation_act", "situation_version", "situation_receipt", "situation_change", "situation_export",
            "situation_upload", "situation_watch", "situation_savedview", "situation_known_place",
            "situation_import_row", "situation_photo", "situation_quiet_week", "access_device",
            "situation_assessment", "situation_assessment_version", "situation_measure", "situation_step",
            "partnership_commitment", "situation_question",
            "situation_conflict_message", "situation_conflict_entry", "situation_conflict_review", "situation_tree_row",
            "situation_briefing", "situation_briefing_words", "situation_briefing_decision",
            "situation_look", "situation_signal", "situation_signal_verdict", "situation_stop_question",
            "notices_message", "notices_notice", "situation_subscription")


def test_only_the_three_named_roles_see_everything() -> None:
    """A policy of `true` for anybody else would open a table; the log's own logins are named one by one."""
    allowed = {(role, None) for role in EVERYWHERE} | {
        ("lokalnet_audit", "access_event"), ("lokalnet_retention", "access_event"),
        *(("lokalnet_retention", table) for table in EXPIRING)}
    open_to_all = ask(
        "select r.rolname, c.relname from pg_policy p join pg_class c on c.oid = p.polrelid cross join lateral "
        "unnest(p.polroles) as named(role) left join pg_roles r on r.oid = named.role "
        "where 'true' in (pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid))")
    assert [(role, table) for role, table in open_to_all
            if (role, None) not in allowed and (role, table) not in allowed] == []


def test_no_policy_is_for_everybody() -> None:
    assert ask("select polname from pg_policy where polroles = '{0}'") == []


def test_grants_are_exactly_what_the_map_says() -> None:
    """For every table and every login, privilege by privilege; the owner owns and is bound by FORCE."""
    for table in tables():
        for login in (*logins.LOGINS, *logins.ROLES):
            if login == logins.OWNER:
                continue
            field = grants.LOGIN_FIELDS.get(login)
            said = EVERYWHERE.get(login) or {word.strip() for word in getattr(grants.TABLES[table], field).split(",")}
            if login == logins.DEFINER:
                said = said | {grants.TABLES[table].definer}
            held = {privilege for privilege, has in zip(PRIVILEGES, ask(
                "select " + ", ".join(f"has_table_privilege('{login}', '{table}', '{p}')" for p in PRIVILEGES))[0],
                strict=True) if has}
            assert held == said - {""}, f"{login} on {table}"


def test_nobody_else_holds_a_grant_on_any_table() -> None:
    known = (set(logins.LOGINS) | set(logins.ROLES))
    assert {row[0] for row in ask(
        "select distinct coalesce(r.rolname, 'public') from pg_class c cross join lateral aclexplode(c.relacl) a "
        "left join pg_roles r on r.oid = a.grantee where c.relnamespace = 'public'::regnamespace")} <= known


def test_no_grant_is_given_by_column_where_the_map_does_not_look() -> None:
    held = ask("select attrelid::regclass::text, attname, acl.privilege_type, acl.grantee::regrole::text "
               "from pg_attribute join pg_class c on c.oid = attrelid cross join lateral aclexplode(attacl) acl "
               "where attacl is not null and c.relnamespace = 'public'::regnamespace")
    assert set(held) == {(table, column, "UPDATE", "lokalnet_app") for table, grant in grants.TABLES.items()
                         for column in grant.app_changes}


def test_every_table_is_owned_by_the_login_that_migrates() -> None:
    assert {row[0] for row in ask("select distinct tableowner from pg_tables where schemaname = 'public'")} == {
        logins.OWNER}


def test_every_function_that_looks_past_the_policies_is_the_definers_and_pinned() -> None:
    """Owned by lokalnet_definer, with a search_path of its own that ends in pg_temp, and not for the public."""
    functions = ask(
        "select p.oid::regprocedure::text, r.rolname, coalesce(p.proconfig::text, ''), p.proacl is null or exists "
        "(select from aclexplode(p.proacl) a where a.grantee = 0 and a.privilege_type = 'EXECUTE') "
        "from pg_proc p join pg_roles r on r.oid = p.proowner "
        "where p.pronamespace = 'public'::regnamespace and p.prosecdef")
    assert functions
    for name, owner, settings, public in functions:
        assert owner == logins.DEFINER, name
        assert "search_path=public, pg_temp" in settings, name
        assert not public, name


def test_what_the_definer_owns_is_functions_that_are_definer_and_nothing_else() -> None:
    assert ask("select oid::regprocedure from pg_proc where proowner = 'lokalnet_definer'::regrole "
               "and not prosecdef") == []
    assert ask("select oid::regclass from pg_class where relowner = 'lokalnet_definer'::regrole") == []


def test_no_view_reads_with_its_owners_eyes() -> None:
    assert ask("select relname from pg_class where relkind in ('v', 'm') and relnamespace = 'public'::regnamespace "
               "and not coalesce(reloptions::text, '') ~ 'security_invoker=(true|on)'") == []


def test_no_role_is_above_the_policies() -> None:
    """Only the server's own first administrator is; a managed server keeps that one to itself."""
    assert ask("select rolname from pg_roles where (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb "
               "or rolreplication) and oid <> 10") == []


def test_the_login_that_serves_can_become_nothing_but_the_place_login() -> None:
    assert ask("select r.rolname from pg_auth_members m join pg_roles r on r.oid = m.roleid "
               "where m.member = 'lokalnet_app'::regrole") == [(logins.PLACE,)]
    for login in (logins.PLACE, logins.BACKUP, logins.RETENTION, logins.AUDIT, logins.DEFINER, logins.MIGRATION):
        assert ask("select 1 from pg_auth_members where member = %s::regrole", login) == [], login


def test_no_member_of_a_role_inherits_it() -> None:
    """`noinherit`: rights come by SET LOCAL ROLE, which stands in the code for everybody to read."""
    assert ask("select rolname from pg_roles where rolname like 'lokalnet%%' and rolinherit", ) == []


def test_the_place_login_has_nothing_on_tables_about_persons() -> None:
    """It reads places, categories and the partnership it works for; the rest is not its business."""
    held = {table for table in tables() if any(ask(
        "select " + ", ".join(f"has_table_privilege('lokalnet_place', '{table}', '{p}')" for p in PRIVILEGES))[0])}
    assert {table for table in held if grants.TABLES[table].room not in (grants.PLACE, grants.OPEN)} == {
        "access_partnership"}
    assert held.isdisjoint(BARRED_FROM_PERSONS)
    assert held.isdisjoint({t for t, grant in grants.TABLES.items() if grant.room == PERSON_ROOM})


def test_the_two_rooms_share_no_foreign_key() -> None:
    keys = ask("select conrelid::regclass::text, confrelid::regclass::text from pg_constraint where contype = 'f' "
               "and connamespace = 'public'::regnamespace")
    assert keys
    across = [(one, other) for one, other in keys
              if {grants.TABLES[one].room, grants.TABLES[other].room} == {grants.PLACE, PERSON_ROOM}]
    assert across == []


def test_the_rights_table_in_the_database_is_the_one_that_lawyers_read() -> None:
    held = sorted(RoleRight.objects.values_list("role", "organisation_kind", "purpose", "fields"))
    assert held == rights.rows()
    scopes = sorted(ScopeField.objects.values_list("scope", "fields"))
    assert scopes == sorted((scope, field.value) for scope, fields in rights.SCOPES.items() for field in fields)


def test_the_database_and_the_page_decide_alike(world) -> None:
    """For every role in every kind of organisation, `decide` in Python and `actor_may` in SQL say the same."""
    from lokalnet.access import founding
    from lokalnet.access.rights import Fields, Purpose, Role
    from lokalnet.foundation.roles import MIGRATION, as_role

    homes = {"municipality": world.gladsaxe, "police": world.police, "housing": world.housing}
    for kind, organisation in homes.items():
        for role in Role:
            with as_role(MIGRATION):
                member = founding.member(organisation, "Frans", f"{role.value}@{kind}.example", role)
            actor = world.actor(member)
            for purpose in Purpose:
                for fields in Fields:
                    assert ask("select actor_may(%s, %s)", purpose.value, fields.value) == [
                        (bool(actor.may(purpose, fields)),)], (role, kind, purpose, fields)


def test_the_log_can_be_added_to_and_not_changed(world) -> None:
    from django.db import ProgrammingError, transaction

    world.actor(world.anna)
    for statement in ("update access_event set kind = ''", "delete from access_event", "truncate access_event"):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            ask(statement)
