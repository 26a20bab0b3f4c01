"""What is kept of a conflict and for how long, what is copied of it, and what stands in the log."""

from datetime import timedelta

import pytest

from lokalnet.access import founding
from lokalnet.access.models import Event, Partnership
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.foundation.times import now
from lokalnet.project import logins
from lokalnet.situation.conflicts import log, opening, reviews, saying, tree
from lokalnet.situation.measures import linking
from lokalnet.situation.models import LogEntry, LogStanding, Measure, MessageEdition, Review, TreeCall, TreeRow
from lokalnet.situation.protection import retention
from tests.access.people import browser_of
from tests.days import today
from tests.situation.conflicting import TITLE, days_go_by, opened, seen_by, template
from tests.situation.telling import frame
from tests.world import VESTEGNEN, World

WORDS = "Der siges, at skolen lukker i morgen."


@pytest.fixture
def over(world: World):
    """Everything was used in it, and it is over since just now; its id."""
    template(world)
    made = opened(world)
    conflict = seen_by(world, world.berit, made)
    tree.ring(conflict, tree.used(conflict).lines[0].id, "reached")
    log.add(conflict, WORDS)
    entry, = log.entries(conflict)
    saying.draft(conflict, audience="schools", words="Skolen holder åbent.", builds_on=str(entry.id))
    reviews.hold(conflict, changed="Roligt i nat.", choice="hold", who="Gadeteamet")
    lars = seen_by(world, world.lars, made)
    log.hold(lars, entry.id, standing="refuted", reason="Skolen siger nej.", newest="")
    opening.stand_down(seen_by(world, world.berit, made), "Roligt i fire døgn.", "Uroen stoppede.")
    return made


def let_go(days: float) -> None:
    with as_role(logins.RETENTION):
        retention.let_go(now() + timedelta(days=days))


def count(model: type) -> int:
    with as_role(MIGRATION):
        return int(model._default_manager.exclude(measure=None).count())  # type: ignore[attr-defined]


def phones(**where: object) -> list[str]:
    with as_role(MIGRATION):
        return list(TreeRow.objects.filter(**where).exclude(phone="").values_list("phone", flat=True))


def test_telephones_go_thirty_days_after_and_those_of_the_template_stay(world: World, over) -> None:
    let_go(29)
    assert len(phones(measure_id=over)) == 5
    let_go(31)
    assert phones(measure_id=over) == [] and len(phones(measure=None)) == 5
    assert count(TreeRow) == 5 and count(TreeCall) == 1
    assert "Vagthavende" in browser_of(world.bo).get(f"/konflikt/{over}/").content.decode()


def test_telephones_stay_while_it_is_open(world: World) -> None:
    template(world)
    made = opened(world)
    let_go(100)
    assert len(phones(measure_id=made)) == 5


def test_what_was_written_goes_with_the_texts_of_reports(world: World, over) -> None:
    let_go(364)
    assert (count(LogEntry), count(LogStanding), count(MessageEdition), count(Review)) == (1, 1, 1, 1)
    let_go(366)
    assert (count(LogEntry), count(LogStanding), count(MessageEdition), count(Review)) == (0, 0, 0, 0)
    page = browser_of(world.bo).get(f"/konflikt/{over}/").content.decode()
    assert "Uroen stoppede." in page and WORDS not in page


def test_it_goes_as_a_whole_with_its_measure(world: World, over) -> None:
    days_go_by(over, 5 * 365 + 3)
    with as_role(logins.RETENTION):
        retention._gone(next(rule for rule in retention.rules() if rule.what == "measures"), now())  # all of it at once
    assert count(LogEntry) == count(LogStanding) == count(MessageEdition) == count(Review) == 0
    with as_role(MIGRATION):
        assert not Measure.objects.exists()
    assert count(TreeRow) == count(TreeCall) == 0
    assert len(phones(measure=None)) == 5


def test_the_template_of_an_exercise_goes_with_the_exercise(world: World, over) -> None:
    with as_role(MIGRATION):
        exercise = founding.partnership("oevelse", "Øvelse", bounds=VESTEGNEN, valid_from=today() - timedelta(30))
        Partnership.objects.filter(id=exercise.id).update(exercise_of=world.partnership,
                                                          valid_to=today() - timedelta(8))
        TreeRow.objects.create(partnership=exercise, organisation=world.ballerup, function="Vagthavende", phone="114",
                               changed_by=world.ballerup)
    let_go(0)
    with as_role(MIGRATION):
        assert not TreeRow.objects.filter(partnership=exercise).exists()
    assert len(phones(measure=None)) == 5


def test_the_whole_conflict_is_copied_to_the_journal_without_telephones(world: World, over) -> None:
    answer = browser_of(world.berit).get(f"/konflikt/{over}/?journal=text")
    said = answer.content.decode()
    for words in (TITLE, WORDS, "Skolen siger nej.", "Skolen holder åbent.", "Roligt i nat.", "Gadeteamet",
                  "Vagthavende", "Roligt i fire døgn.", "Uroen stoppede.", "Testpolitiet", "Ballerup Kommune"):
        assert words in said, words
    assert "44 77 30" not in said
    pdf = browser_of(world.berit).get(f"/konflikt/{over}/?journal=pdf")
    assert pdf["Content-Type"] == "application/pdf" and pdf.content.startswith(b"%PDF")


def test_every_act_and_reading_leaves_an_entry_in_the_log(world: World, over) -> None:
    browser_of(world.berit).get(f"/konflikt/{over}/?journal=text")
    browser_of(world.berit).get("/konflikter/")
    browser_of(world.berit).get("/konflikter/kontakttrae/")
    with as_role(MIGRATION):
        kinds = set(Event.objects.values_list("kind", flat=True))
        about = set(Event.objects.filter(kind__startswith="conflict.").values_list("subject", flat=True))
    assert {"contact-tree.changed", "conflict.proposed", "conflict.opened", "conflict.rung", "conflict.logged",
            "conflict.judged", "conflict.message-written", "conflict.message-agreed", "conflict.reviewed",
            "conflict.stood-down", "conflict.read", "conflicts.read", "contact-tree.read", "journal.copied"} <= kinds
    assert about == {over}


def test_every_kind_of_entry_has_words() -> None:
    import ast
    from pathlib import Path

    from lokalnet.access import wording
    from lokalnet.situation import conflicts

    known = {kind for kind, _words in wording.kinds()}
    said = {node.value for file in Path(str(conflicts.__file__)).parent.glob("*.py")
            for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.Constant)
            and isinstance(node.value, str) and node.value.startswith(("conflict.", "contact-tree."))
            and " " not in node.value}
    assert said and said <= known


def test_observations_that_it_is_about_stand_there_for_those_who_may_see_them(world: World) -> None:
    made = opened(world)
    text = "Uro foran kiosken"
    observation = world.report(world.berit, key="om", text=text, visibility="municipalities")
    linking.link(frame(world, world.berit), made, observation)
    assert text in browser_of(world.anna).get(f"/konflikt/{made}/").content.decode()
    assert text not in browser_of(world.bo).get(f"/konflikt/{made}/").content.decode()
    assert text in browser_of(world.anna).get(f"/konflikt/{made}/?journal=text").content.decode()
    with as_role(MIGRATION):
        assert Event.objects.filter(kind="observation.read", subject=observation).count() == 2


def test_nothing_that_was_said_stands_in_the_log(world: World, over) -> None:
    with as_role(MIGRATION):
        details = " ".join(str(detail) for detail in Event.objects.values_list("detail", flat=True))
    assert WORDS not in details and "Roligt" not in details and "44 77" not in details
