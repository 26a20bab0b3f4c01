"""What is new in what somebody follows is told of once, by one notice, and nobody is told what they told themselves."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lokalnet.access.models import Member
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.foundation.times import COPENHAGEN, now
from lokalnet.notices.models import Notice, Preferences
from lokalnet.places.models import Area
from lokalnet.situation import acting, correcting
from lokalnet.situation.following import subscribing
from lokalnet.situation.following.subscribing import Content
from lokalnet.situation.following.wanted import Wanted
from lokalnet.situation.models import ActKind, Category, Subscription
from lokalnet.situation.refusing import BadReport
from lokalnet.situation.reporting import Report, number_changes
from tests.situation.following import AROUND, follows, notices, now_is, run, said, told
from tests.situation.telling import frame
from tests.world import World


def category(world: World, slug: str) -> Category:
    with as_role(MIGRATION):
        return Category.objects.get(partnership=world.partnership, slug=slug)


def test_two_hundred_reports_in_an_hour_are_one_notice(world: World) -> None:
    follows(world, world.berit)
    for number in range(200):
        world.report(world.anna, key=str(number))
        if number % 50 == 49:
            run()
    assert told(world, world.berit) == [200]
    assert len(notices(world.berit)) == 1


def test_what_was_there_before_is_not_news(world: World) -> None:
    world.report(world.anna, key="before")
    run()
    follows(world, world.berit)
    run()
    assert notices(world.berit) == []


def test_nobody_is_told_what_they_reported(world: World) -> None:
    follows(world, world.anna)
    world.report(world.anna, key="own")
    run()
    assert notices(world.anna) == []
    world.report(world.berit, key="other")
    run()
    assert told(world, world.anna) == [1]


def test_a_run_again_tells_nothing_again(world: World) -> None:
    follows(world, world.berit)
    world.report(world.anna, key="one")
    run()
    with as_role(MIGRATION):
        Notice.objects.update(opened_at=now())
    run()
    assert len(notices(world.berit)) == 1
    world.report(world.anna, key="two")
    run()
    assert told(world, world.berit) == [2, 1]


def test_only_what_is_wanted_is_told(world: World) -> None:
    with as_role(MIGRATION):
        ballerup, herlev = (Area.objects.get(name=name) for name in ("Ballerup", "Herlev"))
    there = follows(world, world.berit, name="Her", areas=(ballerup.id,))
    follows(world, world.berit, name="Der", areas=(herlev.id,))
    shots = follows(world, world.berit, name="Skud", categories=(category(world, "shots").id,))
    follows(world, world.berit, name="Alvorligt", severity=3)
    drawn = follows(world, world.berit, name="Tegnet", outline=AROUND)
    world.report(world.anna, key="one")  # nuisance in Ballerup
    run()
    assert {each.subject for each in notices(world.berit)} == {there, drawn}
    world.report(world.anna, key="two", category="shots", longitude=12.44)
    run()
    assert shots in {each.subject for each in notices(world.berit)}
    assert len(notices(world.berit)) == 5


def test_areas_and_a_drawn_area_count_both(world: World) -> None:
    with as_role(MIGRATION):
        herlev = Area.objects.get(name="Herlev")
    follows(world, world.berit, areas=(herlev.id,), outline=AROUND)
    world.report(world.anna, key="drawn")
    world.report(world.anna, key="ticked", longitude=12.44)
    world.report(world.anna, key="neither", longitude=12.50)
    run()
    assert told(world, world.berit) == [2]


def test_withdrawn_reports_drop_out_and_the_notice_with_the_last_of_them(world: World) -> None:
    follows(world, world.berit)
    first, second = (world.report(world.anna, key=key) for key in ("one", "two"))
    run()
    correcting.withdraw(frame(world, world.anna), first, note="")
    assert told(world, world.berit) == [1]
    correcting.withdraw(frame(world, world.anna), second, note="")
    assert told(world, world.berit) == []


def test_what_was_withdrawn_at_once_is_never_told(world: World) -> None:
    follows(world, world.berit)
    made = world.report(world.anna, key="one")
    correcting.withdraw(frame(world, world.anna), made, note="")
    run()
    assert notices(world.berit) == []


def test_a_correction_or_a_confirmation_is_no_news(world: World) -> None:
    follows(world, world.berit)
    made = world.report(world.anna, key="one")
    run()
    with as_role(MIGRATION):
        Notice.objects.update(opened_at=now())
    acting.do(frame(world, world.bo), world.report(world.bo, key="own"), ActKind.RECOGNISED)
    here = frame(world, world.anna)
    correcting.correct(here, made, Report(**(vars(correcting.present(here, made).report()) | {
        "category": "vandalism"})), edition=1)
    run()
    assert len(notices(world.berit)) == 2  # the second is Bo's report
    run()
    assert len(notices(world.berit)) == 2


def test_a_report_that_is_shared_with_more_is_news_to_those_who_get_it_now(world: World) -> None:
    """The municipalities saw it before; the police did not."""
    for member in (world.berit, world.bo):
        follows(world, member)
    made = world.report(world.anna, key="one", visibility="municipalities")
    run()
    assert (told(world, world.berit), told(world, world.bo)) == ([1], [])
    with as_role(MIGRATION):
        Notice.objects.update(opened_at=now())
    here = frame(world, world.anna)
    correcting.correct(here, made, Report(**(vars(correcting.present(here, made).report()) | {
        "visibility": "partnership"})), edition=1)
    run()
    assert (len(notices(world.berit)), told(world, world.bo)) == (1, [1])


def test_a_change_of_what_is_followed_tells_first_what_was_new_until_then(world: World) -> None:
    made = follows(world, world.berit, categories=(category(world, "nuisance").id,))
    world.report(world.anna, key="one")
    world.report(world.anna, key="two", category="vandalism")
    number_changes()
    there = frame(world, world.berit)
    subscribing.change(there, made, Content("Det nye", Wanted(), "weekly"), edition=1)
    run()
    notice, = notices(world.berit)
    assert notice.pace == "daily"
    assert now_is(made).pace == "weekly"


def test_two_windows_that_change_at_once_notice_each_other(world: World) -> None:
    made = follows(world, world.berit)
    there = frame(world, world.berit)
    subscribing.change(there, made, Content("Første", Wanted(), "daily"), edition=1)
    with pytest.raises(subscribing.ChangedMeanwhile):
        subscribing.change(there, made, Content("Anden", Wanted(), "daily"), edition=1)
    assert now_is(made).name == "Første"


def test_the_one_and_twentieth_is_refused_and_a_name_stands_once(world: World) -> None:
    for number in range(20):
        follows(world, world.berit, name=f"Nr. {number}")
    with pytest.raises(BadReport) as refused:
        follows(world, world.berit, name="Én mere")
    assert refused.value.field == "name" and "20" in refused.value.rule
    subscribing.stop(frame(world, world.berit).actor, Subscription.objects.get(name="Nr. 3").id)
    with pytest.raises(BadReport):
        follows(world, world.berit, name="Nr. 4")
    assert follows(world, world.berit, name="Nr. 3")


@pytest.mark.parametrize("name", ["", "x" * 61, "Mads Nielsen i blok 4", "Ring 20 30 40 50"])
def test_a_name_is_judged_like_any_text(world: World, name: str) -> None:
    with pytest.raises(BadReport) as refused:
        follows(world, world.berit, name=name)
    assert refused.value.field == "name"


def test_areas_and_categories_are_of_the_partnership(world: World) -> None:
    with as_role(MIGRATION):
        other = Category.objects.filter(partnership=world.elsewhere).first()
    assert other
    for field in ("areas", "categories"):
        with pytest.raises(BadReport) as refused:
            follows(world, world.berit, **{field: (other.id,)})
        assert refused.value.field == field


def test_the_preview_counts_the_last_week_without_the_own(world: World) -> None:
    for days in (1, 3, 9):
        world.report(world.anna, key=str(days), occurred_at=now() - timedelta(days=days))
    world.report(world.berit, key="own")
    assert subscribing.would_have_been(frame(world, world.berit), Wanted()) == 2
    assert subscribing.would_have_been(frame(world, world.berit), Wanted(severity=3)) == 0


def test_what_was_followed_ends_with_the_membership(world: World) -> None:
    follows(world, world.berit)
    with as_role(MIGRATION):
        Member.objects.filter(id=world.berit.id).update(ended_at=now())
        assert not Subscription.objects.exists()
    run()


def test_a_stand_in_gets_it_by_their_own_rights_while_the_other_is_away(world: World) -> None:
    today = now().astimezone(COPENHAGEN).date()
    with as_role(MIGRATION):
        Member.objects.filter(id=world.anna.id).update(stand_in=world.adam)
        Preferences.objects.create(member=world.anna, away_from=today, away_until=today)
    made = follows(world, world.anna, name="Grantoften om aftenen")
    world.report(world.berit, key="one")
    run()
    notice, = notices(world.adam)
    assert (notice.on_behalf_of_id, notice.subject) == (world.anna.id, made)
    words = said(world, world.adam, notice)
    assert words and words.number == 1 and "Grantoften om aftenen" in words.title
    with as_role(MIGRATION):
        Preferences.objects.update(away_from=None, away_until=None)
    assert said(world, world.adam, notice) is None


def test_a_run_without_news_asks_two_questions_whoever_follows(world: World) -> None:
    for member in (world.berit, world.anna, world.bo, world.adam):
        for number in range(3):
            follows(world, member, name=f"Nr. {number}")
    world.report(world.anna, key="one")
    run()
    with CaptureQueriesContext(connection) as asked:
        run()
    assert len(asked) == 3  # numbering, who follows; and this test's own


def test_what_concerns_nobody_else_is_passed_over_for_good(world: World) -> None:
    """"Only us" in Gladsaxe: Berit is not asked about again and again."""
    made = follows(world, world.berit)
    world.report(world.anna, key="own", visibility="organisation")
    run()
    assert notices(world.berit) == []
    with as_role(MIGRATION), connection.cursor() as cursor:
        cursor.execute("select max(number) from situation_change")
        assert now_is(made).told_to == cursor.fetchone()[0]
