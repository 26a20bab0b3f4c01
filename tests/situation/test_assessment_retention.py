"""Assessments are kept for five years after their quarter; those of an exercise go with the exercise."""

from datetime import UTC, datetime, timedelta

from lokalnet.access import founding
from lokalnet.access.models import Partnership
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.foundation.times import now
from lokalnet.project import logins
from lokalnet.situation.models import Assessment, AssessmentVersion
from lokalnet.situation.protection import retention
from tests.days import today
from tests.situation.assessing import neighbourhood, sql, stands, this_quarter
from tests.world import VESTEGNEN

NAMES = {"assessments", "former words of assessments", "assessments of exercises", "former words of exercises"}


def gone(at: datetime) -> dict[str, int]:
    with as_role(logins.RETENTION):
        foreseen, done = ({line.what: line.number for line in lines if line.number and line.what in NAMES}
                          for lines in (retention.foresee(at), retention.let_go(at)))
    assert foreseen == done
    return done


def left() -> tuple[int, int]:
    with as_role(MIGRATION):
        return Assessment.objects.count(), AssessmentVersion.objects.count()


def written_twice(world, **more) -> None:
    stands(world, world.anna, neighbourhood(), **more)
    with as_role(MIGRATION):
        sql("update situation_assessment set words = 'igen', edition = edition + 1")


def test_words_and_former_words_go_five_years_after_the_quarter(world) -> None:
    written_twice(world)
    over = this_quarter().after.first
    then = datetime(over.year + 5, over.month, 1, 12, tzinfo=UTC)
    assert gone(then - timedelta(days=1)) == {} and left() == (1, 1)
    assert gone(then) == {"assessments": 1, "former words of assessments": 1}
    assert left() == (0, 0)


def test_those_of_an_exercise_go_with_it_and_real_ones_stay(world) -> None:
    with as_role(MIGRATION):
        play = founding.partnership("leg", "Øvelse", bounds=VESTEGNEN, valid_from=today() - timedelta(days=20))
        Partnership.objects.filter(id=play.id).update(exercise_of=world.partnership,
                                                      valid_to=today() - timedelta(days=10))
    written_twice(world, partnership=play)
    stands(world, world.anna, neighbourhood("rigtig"))
    assert gone(now()) == {"assessments of exercises": 1, "former words of exercises": 1}
    assert left() == (1, 0)
