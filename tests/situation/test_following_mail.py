"""What somebody follows, as mail: received by a real server on loopback and read."""

from datetime import datetime, time, timedelta

from django.utils import translation

from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.foundation.times import COPENHAGEN, now
from lokalnet.notices import kinds
from lokalnet.notices.models import Notice
from lokalnet.places.models import Area
from lokalnet.situation import correcting
from lokalnet.situation.reporting import Report
from tests.notices.conftest import postbox  # noqa: F401  (a fixture)
from tests.notices.kit import MINUTE, Clock, Postbox, html_of, mails_of, send, text_of
from tests.situation.following import follows, run
from tests.situation.telling import frame
from tests.world import World


def a_working_morning() -> datetime:
    """Ten o'clock on the next Tuesday: no quiet hour."""
    today = now().astimezone(COPENHAGEN).date()
    return datetime.combine(today + timedelta(days=7 - (today.weekday() - 1) % 7), time(10), COPENHAGEN)


def line(number: int) -> str:
    with translation.override("da"):
        return kinds.counted("observations", number)


def test_two_hundred_reports_in_an_hour_are_one_mail(world: World, postbox: Postbox) -> None:  # noqa: F811
    follows(world, world.berit, pace="at-once")
    clock = Clock(a_working_morning())
    for number in range(200):
        world.report(world.anna, key=str(number), text="Uro ved kiosken på Grantoften")
        if number % 20 == 19:
            run()
            send(clock)
            clock.at += 6 * MINUTE
    assert len(postbox.to(world.berit)) == len(postbox.mails) == 1
    with as_role(MIGRATION):
        assert Notice.objects.count() == 1


def test_the_mail_counts_and_says_nothing_else(world: World, postbox: Postbox) -> None:  # noqa: F811
    follows(world, world.berit, pace="at-once", name="Grantoften om aftenen")
    for number in range(12):
        world.report(world.anna, key=str(number), text="Uro ved kiosken")
    run()
    send(Clock(a_working_morning()))
    mail, = postbox.mails
    assert line(12) in text_of(mail) and line(12) in html_of(mail)
    everything = (mail.as_string() + text_of(mail) + html_of(mail) + mail["Subject"]).lower()
    with as_role(MIGRATION):
        places = set(Area.objects.values_list("name", flat=True))
    for said in {"Grantoften", "aftenen", "kiosken", "Anna", "Gladsaxe", "Testpartnerskabet", *places}:
        assert said.lower() not in everything.replace("berit@ballerup.example", ""), said


def test_rights_that_changed_before_it_went_are_respected(world: World, postbox: Postbox) -> None:  # noqa: F811
    for member in (world.bo, world.berit):
        follows(world, member, pace="at-once")
    made = world.report(world.anna, key="one", visibility="partnership")
    run()
    here = frame(world, world.anna)
    correcting.correct(here, made, Report(**(vars(correcting.present(here, made).report()) | {
        "visibility": "municipalities"})), edition=1)
    send(Clock(a_working_morning()))
    assert (postbox.to(world.bo), len(postbox.to(world.berit))) == ([], 1)
    assert not [each for each in mails_of(world.bo) if each.state == "sent"]


def test_what_is_only_for_the_bell_sends_nothing(world: World, postbox: Postbox) -> None:  # noqa: F811
    follows(world, world.berit, pace="bell")
    world.report(world.anna, key="one")
    run()
    send(Clock(a_working_morning()))
    assert postbox.mails == []
