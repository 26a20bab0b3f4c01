"""The status on its page and on the terminal: for operators alone, in both languages, without anybody's name."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import OperationalError
from django.test import Client
from django.utils import translation

from lokalnet.access import wording
from lokalnet.access.models import Event
from lokalnet.access.rights import Role
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.foundation.times import now
from lokalnet.project import pages
from lokalnet.project.status import gathering
from lokalnet.project.status.facts import State, Topic
from tests.database.test_log_tampering import WORKER
from tests.doors.people import browser, give_roles
from tests.world import World

ASKED = f"status_{WORKER}"


def main_of(page: str) -> str:
    return page[page.index("<main"):page.index("</main>")]


def test_an_operator_sees_every_topic_with_the_state_of_each_fact(world: World) -> None:
    page = main_of(browser(world.adam).get("/drift/").content.decode())
    for source in gathering.SOURCES:
        assert f'<h2 id="{source.name}">' in page
    assert '<li id="worker.alive" class="wrong">' in page and '<li id="disk.free"' in page
    assert 'class="overall wrong"' in page and '<a href="#worker.alive">' in page


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.LEADER, Role.DATA_PROTECTION_OFFICER, Role.STREET_WORKER])
def test_nobody_else_sees_it_or_its_entry_in_the_menu(world: World, role) -> None:
    give_roles(world.berit, [role])
    client = browser(world.berit)
    assert client.get("/drift/").status_code == 403
    assert 'href="/drift/"' not in client.get("/mine-opslag/").content.decode()
    assert 'href="/drift/"' in browser(world.adam).get("/mine-opslag/").content.decode()


def test_an_administrator_of_a_club_or_a_housing_company_does_not_run_the_service(world: World) -> None:
    give_roles(world.viggo, [Role.ADMINISTRATOR])
    assert browser(world.viggo).get("/drift/").status_code == 403


def test_looking_at_it_leaves_a_trace_that_has_words(world: World) -> None:
    browser(world.adam).get("/drift/")
    with as_role(MIGRATION):
        event = Event.objects.get(kind="status.read")
    assert (event.member_id, event.purpose, event.subject) == (world.adam.id, "operation", None)
    assert event.because and wording.act("status.read") != "status.read"


def test_the_page_names_no_person_no_organisation_and_no_place(world: World) -> None:
    """Everything that has a name here is marked, reported on and mailed about; none of it stands on the page."""
    for key, text in enumerate(("Mærket tekst om kiosken", "Mærket tekst om skolen")):
        world.report(world.anna, key=str(key), text=text)
    with as_role(MIGRATION):
        for each in (world.gladsaxe, world.police, world.partnership):
            each.name = f"Mærket {each.name}"
            each.save(update_fields=["name"])
    page = main_of(browser(world.adam).get("/drift/").content.decode())
    named = "mærket|gladsaxe|ballerup|testpoliti|testpartner|grantoften|\\banna\\b|\\badam\\b|@"
    assert re.findall(named, page, re.IGNORECASE) == []


def test_the_page_tells_no_path_of_the_machine(world: World) -> None:
    page = main_of(browser(world.adam).get("/drift/").content.decode())
    assert os.environ["LOKALNET_HOME"] not in page and str(Path.cwd()) not in page


@pytest.mark.parametrize(("language", "heading", "verdict"), [
    ("da", "Drift", "forkert"), ("en", "Operation", "wrong")])
def test_it_speaks_the_readers_language(world: World, language, heading, verdict) -> None:
    client = browser(world.adam)
    client.cookies["django_language"] = language
    page = main_of(client.get("/drift/").content.decode())
    if language == "da" and translation.gettext("Operation") == "Operation":
        pytest.skip("the Danish words are not in the catalogue yet")
    assert f"<h1>{heading}</h1>" in page and verdict in page


def test_every_fact_that_is_judged_says_by_which_rule(world: World) -> None:
    facts = [fact for topic in _both() for fact in topic.facts]
    assert [fact.name for fact in facts if fact.state != State.TOLD and not fact.rule] == []
    assert len({fact.name for fact in gathered()}) == len(gathered())


def gathered() -> list:  # type: ignore[type-arg]
    return [fact for topic in gathering.status(now()) for fact in topic.facts]


def _both() -> list[Topic]:
    return [*gathering.status(now()), *gathering.status_without_database(now())]


class Away:
    def cursor(self) -> None:
        raise OperationalError


def test_the_check_for_balancers_fails_when_the_database_is_away_and_tells_strangers_no_more(db, monkeypatch) -> None:
    assert (Client().get("/healthz").status_code, Client().get("/healthz").json()) == (200, {"status": "ok"})
    monkeypatch.setattr(pages, "connection", Away())
    answer = Client().get("/healthz")
    assert (answer.status_code, answer.json()) == (503, {"status": "database away"})


# On the terminal


@pytest.fixture
def asked(bed, tmp_path) -> Iterator[dict[str, str]]:
    """The environment of a command with a database and a home folder of its own."""
    bed.clone(ASKED)
    yield os.environ | {"LOKALNET_DATABASE_URL": bed.url(ASKED), "LOKALNET_HOME": str(tmp_path),
                        "LOKALNET_DISK_LOOK_MB": "0", "LOKALNET_DISK_WRONG_MB": "0", "LOKALNET_BACKUP_DAYS": "0"}
    bed.drop(ASKED)


def status(environment: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "lokalnet.project.commands", "status", *words], env=environment,
                          capture_output=True, text=True)


def test_the_command_ends_with_1_when_something_is_wrong_and_says_what(asked) -> None:
    done = status(asked)
    assert done.returncode == 1, done.stderr
    assert "WRONG No worker is at work" in done.stdout and done.stdout.rstrip().endswith("Something is wrong.")


def test_the_command_ends_with_0_when_things_are_only_worth_a_look(asked, bed) -> None:
    """A demonstration with a worker: its log was never verified, and no mail server is configured."""
    import psycopg

    with psycopg.connect(host=str(bed.socket), user="postgres", dbname=ASKED) as admin:
        admin.execute("insert into procrastinate_workers default values")
        admin.execute("update django_migrations set applied = now()")
    done = status(asked | {"LOKALNET_DEMO": "true"})
    assert done.returncode == 0, done.stdout + done.stderr
    assert "LOOK  The log was never verified here" in done.stdout and "WRONG" not in done.stdout


def test_a_monitor_reads_json(asked) -> None:
    done = status(asked, "--json")
    said = json.loads(done.stdout)
    facts = {fact["name"]: fact for topic in said["topics"] for fact in topic["facts"]}
    assert (done.returncode, said["state"]) == (1, "wrong")
    assert facts["worker.alive"]["values"]["alive"] == 0 and facts["disk.free"]["state"] == "fine"
    assert set(facts["log.unsealed"]) == {"name", "state", "said", "rule", "values"}


def test_with_the_database_away_the_command_says_so_and_what_else_it_knows(asked) -> None:
    done = status(asked | {"LOKALNET_DATABASE_URL": "postgresql:///nothing?host=/nowhere"})
    assert done.returncode == 1
    assert "WRONG The database does not answer" in done.stdout and "are free on the disk" in done.stdout
    assert "Traceback" not in done.stderr


def test_the_command_starts_no_database_of_its_own(tmp_path) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "LOKALNET_DATABASE_URL"}
    done = status(environment | {"LOKALNET_HOME": str(tmp_path)}, "--json")
    assert done.returncode == 1 and not list(tmp_path.glob("postgres-*"))
    assert json.loads(done.stdout)["topics"][0]["name"] == "database"
