"""An organisation writes what it sees: all signs on one page, the last words count, nothing typed is lost."""

import pytest

from lokalnet.access.acting import NotAllowed
from lokalnet.access.models import Event
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.places.models import Area
from lokalnet.situation.assessments import quarters, reading, writing
from lokalnet.situation.assessments.writing import QuarterClosed, Said, WrittenMeanwhile
from lokalnet.situation.models import Assessment, AssessmentVersion, Sign
from lokalnet.situation.refusing import BadReport
from tests.doors.people import browser
from tests.situation.assessing import all_signs, entered, neighbourhood, stands, this_quarter
from tests.situation.telling import frame

SOLD = Said("seen", "Bag butikkerne", ("own", "residents"), "high")


def write(world, member, where, said, *, edition=0, quarter=None):
    here = frame(world, member)
    return writing.write(here, reading.place(here, where.id), quarter or this_quarter(), said, edition=edition)


def kept() -> list[tuple]:
    with as_role(MIGRATION):
        return list(Assessment.objects.order_by("sign").values_list("sign", "seen", "words", "sources", "certainty",
                                                                    "edition"))


def test_all_signs_are_written_at_once(world) -> None:
    assert write(world, world.viggo, neighbourhood(), all_signs(dealing=SOLD))
    assert [row[0] for row in kept()] == sorted(Sign)
    assert kept()[0] == ("dealing", "seen", "Bag butikkerne", ["own", "residents"], "high", 1)


def test_the_same_words_again_change_nothing(world) -> None:
    where = neighbourhood()
    assert write(world, world.anna, where, all_signs())
    assert not write(world, world.anna, where, all_signs())  # a double click
    with as_role(MIGRATION):
        assert Event.objects.filter(kind="assessment.written").count() == 1


def test_only_what_changed_gets_a_new_edition_and_its_earlier_words_are_kept(world) -> None:
    where = neighbourhood()
    write(world, world.anna, where, all_signs())
    assert write(world, world.anna, where, all_signs(dealing=SOLD), edition=1)
    assert {row[0]: row[-1] for row in kept()} == {
        "dealing": 2, "recruiting": 1, "strengths": 1, "territory": 1}
    with as_role(MIGRATION):
        assert [(row.seen, row.edition) for row in AssessmentVersion.objects.all()] == [("not-seen", 1)]


def test_a_colleague_who_wrote_meanwhile_is_noticed_and_nothing_is_written(world) -> None:
    where = neighbourhood()
    write(world, world.anna, where, all_signs())
    write(world, world.adam, where, all_signs(dealing=SOLD), edition=1)
    before = kept()
    with pytest.raises(WrittenMeanwhile):
        write(world, world.anna, where, all_signs(recruiting=SOLD), edition=1)
    with pytest.raises(WrittenMeanwhile):
        write(world, world.anna, where, all_signs(recruiting=SOLD), edition=0)
    assert kept() == before


def test_two_organisations_do_not_stand_in_each_others_way(world) -> None:
    where = neighbourhood()
    write(world, world.anna, where, all_signs())
    write(world, world.bo, where, all_signs(dealing=SOLD))
    assert len(kept()) == 2 * len(Sign)


@pytest.mark.parametrize(("said", "field"), [
    (Said("", "", ("own",), "low"), "seen"), (Said("ofte", "", ("own",), "low"), "seen"),
    (Said("seen", "Bag skolen", (), "low"), "sources"), (Said("seen", "Bag skolen", ("naboen",), "low"), "sources"),
    (Said("not-seen", "", ("own",), ""), "certainty"), (Said("seen", "  ", ("own",), "low"), "words"),
    (Said("cannot-say", "x" * 2001, (), ""), "words"), (Said("cannot-say", "Mads Nielsen", (), ""), "words"),
    (Said("seen", "Ring 20304050", ("own",), "low"), "words"),
    (Said("seen", "Nogle fra Bandidos står der", ("own",), "low"), "words")])
def test_what_cannot_be_taken_is_refused_with_its_field(world, said, field) -> None:
    with pytest.raises(BadReport) as problem:
        write(world, world.anna, neighbourhood(), all_signs(dealing=said))
    assert problem.value.field == field and kept() == []


def test_who_cannot_say_needs_no_more(world) -> None:
    assert write(world, world.anna, neighbourhood(), all_signs(dealing=Said("cannot-say", "", (), "high")))
    assert kept()[0] == ("dealing", "cannot-say", "", [], "", 1)


def test_a_closed_quarter_says_where_a_correction_goes(world) -> None:
    with pytest.raises(QuarterClosed):
        write(world, world.anna, neighbourhood(), all_signs(), quarter=this_quarter().before.before)
    assert kept() == []


def test_without_the_right_nobody_writes(world) -> None:
    with pytest.raises(NotAllowed):
        write(world, world.dorte, neighbourhood(), all_signs())


def test_the_page_writes_and_what_was_typed_stays_on_errors(world) -> None:
    where, client = neighbourhood(), browser(world.viggo)
    path = f"/vurdering/{where.id}/skriv/"
    refused = client.post(path, entered(dealing_seen="seen", dealing_words="Kælderen hos Mads Nielsen",
                                        territory_words="Ny skrift på gavlen", dealing_certainty="high"))
    shown = refused.content.decode()
    assert refused.status_code == 422 and kept() == []
    assert "Kælderen hos Mads Nielsen" in shown and "Ny skrift på gavlen" in shown
    assert client.post(path, entered(dealing_seen="seen", dealing_words="Kælderen")).status_code == 302
    assert client.post(path, entered(dealing_seen="seen", dealing_words="Kælderen")).status_code == 302
    assert kept()[0][2] == "Kælderen" and {row[-1] for row in kept()} == {1}


def test_the_page_refuses_the_name_of_a_group_and_does_not_repeat_why_elsewhere(world) -> None:
    client = browser(world.anna)
    client.cookies["django_language"] = "en"
    answer = client.post(f"/vurdering/{neighbourhood().id}/skriv/", entered(
        recruiting_seen="seen", recruiting_words="Rygmærker fra Satudarah"))
    assert answer.status_code == 422
    assert answer.content.decode().count("The name of a group may not stand here.") == 1


def test_the_page_shows_what_a_colleague_wrote_meanwhile_and_keeps_what_was_typed(world) -> None:
    where = neighbourhood()
    write(world, world.anna, where, all_signs())
    write(world, world.adam, where, all_signs(dealing=SOLD), edition=1)
    client, path = browser(world.anna), f"/vurdering/{where.id}/skriv/"
    answer = client.post(path, entered(1, dealing_seen="seen", dealing_words="Ved containerne"))
    shown = answer.content.decode()
    assert answer.status_code == 409 and shown.count('class="there-now"') == 1
    assert "Bag butikkerne" in shown and "Ved containerne" in shown and 'name="edition" value="2"' in shown
    assert client.post(path, entered(2, dealing_seen="seen", dealing_words="Ved containerne")).status_code == 302
    assert kept()[0][2] == "Ved containerne"


def test_last_quarters_words_come_only_when_they_are_asked_for_and_leave_what_was_typed(world) -> None:
    where = neighbourhood()
    for sign, words in ((Sign.DEALING, "Tunnelen"), (Sign.RECRUITING, "Hegnet")):
        stands(world, world.anna, where, sign, quarter=this_quarter().before, words=words)
    stands(world, world.bo, where, Sign.TERRITORY, quarter=this_quarter().before, words="Politiets ord")
    client, path = browser(world.anna), f"/vurdering/{where.id}/skriv/"
    assert "Tunnelen" not in client.get(path).content.decode()
    answer = client.post(path, {"edition": "0", "act": "previous", "recruiting-words": "Skrevet selv"})
    shown = answer.content.decode()
    assert answer.status_code == 200 and kept_now() == 0
    assert "Tunnelen" in shown and "Skrevet selv" in shown and "Hegnet" not in shown
    assert "Politiets ord" not in shown


def test_the_form_says_itself_of_which_quarter_it_is(world) -> None:
    """Opened before midnight on the last day and sent after, it is still about the quarter that it was opened for."""
    shown = browser(world.anna).get(f"/vurdering/{neighbourhood().id}/skriv/").content.decode()
    assert f'/skriv/?kvartal={quarters.code(this_quarter())}"' in shown


def kept_now() -> int:
    with as_role(MIGRATION):
        return Assessment.objects.filter(quarter=this_quarter().first).count()


def test_a_closed_quarter_opens_no_form_and_takes_no_words(world) -> None:
    closed = quarters.code(this_quarter().before.before)
    client, path = browser(world.anna), f"/vurdering/{neighbourhood().id}/skriv/?kvartal={closed}"
    assert client.get(path).status_code == 302
    answer = client.post(path, entered(dealing_words="For sent"))
    assert answer.status_code == 409 and "For sent" in answer.content.decode() and kept() == []


def test_a_municipality_and_an_area_outside_do_not_exist_here(world) -> None:
    whole = Area.objects.get(kind="municipality", name="Gladsaxe")
    for found in (whole, neighbourhood("jylland", (9.0, 56.0, 9.1, 56.1))):
        for path in (f"/vurdering/{found.id}/", f"/vurdering/{found.id}/skriv/"):
            assert browser(world.anna).get(path).status_code == 404


def test_writing_and_reading_are_in_the_log_without_words(world) -> None:
    where, client = neighbourhood(), browser(world.anna)
    client.post(f"/vurdering/{where.id}/skriv/", entered(dealing_seen="seen", dealing_words="Tunnelen"))
    client.get(f"/vurdering/{where.id}/")
    client.get("/vurderinger/")
    with as_role(MIGRATION):
        events = {event.kind: event for event in Event.objects.filter(kind__startswith="assessment")}
    assert set(events) == {"assessment.written", "assessment.read", "assessments.read"}
    assert events["assessment.written"].subject == where.id and events["assessment.written"].purpose == "assessment"
    assert not any("Tunnelen" in str(event.detail) for event in events.values())
