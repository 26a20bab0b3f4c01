"""Measures and questions for the tests of one-time links."""

from datetime import timedelta
from typing import Any

from lokalnet.access.models import Member
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.situation.models import AnswerKind, Measure, Question
from lokalnet.situation.questions import asking
from lokalnet.situation.questions.asking import Asked, Wanted
from tests.days import today
from tests.situation.telling import frame
from tests.world import World

ASKED = "Kan I låne os hallen om fredagen?"


def a_measure(world: World, by: Member | None = None, *, visibility: str = "partnership", **said: Any) -> Measure:
    by = by or world.anna
    world.actor(by)
    made = Measure(**{"partnership": world.partnership, "organisation_id": by.organisation_id, "owner": by,
                      "title": "Lys og liv på stien", "visibility": visibility,
                      "ends_on": today() + timedelta(days=30)} | said)
    made.save(force_insert=True)
    return made


def ask(world: World, measure: Measure | None = None, by: Member | None = None, *, ticket: str = "",
        mail_to: str = "", **wanted: Any) -> Asked:
    """A question of Anna's to the football club, unless it is said otherwise; its `url` is the path of the link."""
    measure, by = measure or a_measure(world), by or world.anna
    here = frame(world, by)
    said = {"question": ASKED, "kind": AnswerKind.BOTH} | wanted
    if "asked_of" not in said:
        said.setdefault("label", "Boldklubben")
    return asking.ask(here, measure, Wanted(**said), ticket=ticket or asking.new_ticket(here), mail_to=mail_to,
                      link=lambda token: f"/svar-link/{token}/")


def as_kept(asked: Asked) -> Question:
    with as_role(MIGRATION):
        return Question.objects.get(id=asked.question.id)


def changed(asked: Asked, **columns: Any) -> None:
    with as_role(MIGRATION):
        Question.objects.filter(id=asked.question.id).update(**columns)
