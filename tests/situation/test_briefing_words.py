"""A coordinator's words to a draft: two who write notice each other, nothing that was typed is lost, and a briefing
that is approved takes no more of them. The policies are asked by SQL.
"""

import uuid
from datetime import UTC, datetime, time, timedelta
from html import unescape

import pytest
from django.db import DatabaseError, transaction
from django.test import override_settings
from django.utils import translation

from lokalnet.access.acting import NotAllowed
from lokalnet.access.models import Event
from lokalnet.access.rights import Role
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.foundation.times import now
from lokalnet.project import logins
from lokalnet.situation.briefing import approving, freezing, writing
from lokalnet.situation.briefing.approving import WrittenMeanwhile
from lokalnet.situation.briefing.freezing import NotADraft
from lokalnet.situation.briefing.items import Item
from lokalnet.situation.briefing.writing import ChangedMeanwhile
from lokalnet.situation.models import Briefing, BriefingWords
from lokalnet.situation.protection import retention
from lokalnet.situation.refusing import BadReport
from tests.doors.people import give_roles
from tests.situation.assessing import ask, sql
from tests.situation.telling import frame
from tests.situation.weekly import approved, client, drafted, of, page, said

INSERT = ("insert into situation_briefing_words (id, briefing_id, section, words, member_id, organisation_id, edition, "
          "written_at) values (%s, %s, %s, %s, %s, %s, 1, now())")


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def draft(world) -> Briefing:
    drafted(world, rows=0)
    return of(world)


def write(world, member, draft: Briefing, words: str, *, on: str = "", section: Item = Item.SUMMARY) -> bool:
    return writing.write(frame(world, member), draft.id, {section: said(words, on=on)})


def there(draft: Briefing) -> dict[Item, str]:
    with as_role(MIGRATION):
        return writing.words_of(draft)


def entered(draft: Briefing, act: str = "save", **words: str) -> dict[str, str]:
    """As the page sends it, opened when nothing was written."""
    return {"figures": draft.digest, "act": act} | words | {
        f"{section.value}-stood": writing.mark("") for section in writing.SECTIONS}


# --- writing ---------------------------------------------------------------------------------------------------------


def test_words_are_kept_changed_and_removed(world, draft) -> None:
    assert write(world, world.berit, draft, "  En rolig uge.\r\nPå vej. ")
    assert there(draft) == {Item.SUMMARY: "En rolig uge.\nPå vej."}
    assert write(world, world.adam, draft, "En urolig uge.", on="En rolig uge.\nPå vej.")
    with as_role(MIGRATION):
        row = BriefingWords.objects.get(briefing=draft)
    assert (row.words, row.edition, row.organisation_id) == ("En urolig uge.", 2, world.gladsaxe.id)
    assert write(world, world.adam, draft, "", on="En urolig uge.")
    assert there(draft) == {}


def test_the_same_words_again_change_nothing(world, draft) -> None:
    write(world, world.berit, draft, "Stille.")
    assert not write(world, world.berit, draft, "Stille.", on="Stille.")
    assert not write(world, world.berit, draft, "Stille.")  # sent twice
    with as_role(MIGRATION):
        assert Event.objects.filter(kind="briefing.written").count() == 1


def test_two_who_write_to_a_section_notice_each_other(world, draft) -> None:
    write(world, world.berit, draft, "Det ene")
    with pytest.raises(ChangedMeanwhile) as met:
        write(world, world.adam, draft, "Det andet")
    assert met.value.sections == {Item.SUMMARY: "Det ene"} and there(draft) == {Item.SUMMARY: "Det ene"}
    assert write(world, world.adam, draft, "Det andet", on="Det ene")  # having seen it


def test_two_who_write_to_different_sections_do_not_meet(world, draft) -> None:
    write(world, world.berit, draft, "Det ene", section=Item.GOOD)
    both = {Item.GOOD: said(""), Item.SUMMARY: said("Det andet")}  # the field that he left alone is empty on his page
    assert writing.write(frame(world, world.adam), draft.id, both)
    assert there(draft) == {Item.GOOD: "Det ene", Item.SUMMARY: "Det andet"}


@pytest.mark.parametrize("words", ["Ring til 12 34 56 78", "010190-1234 var der", "x" * 2001])
def test_what_may_not_stand_in_a_report_may_not_stand_here(world, draft, words) -> None:
    with pytest.raises(BadReport) as refused:
        write(world, world.berit, draft, words)
    assert refused.value.field == Item.SUMMARY and there(draft) == {}


def test_only_who_may_approve_may_write(world, draft) -> None:
    for member in (world.anna, world.bo, world.lars):
        with pytest.raises(NotAllowed):
            write(world, member, draft, "Ord")


def test_an_approved_briefing_takes_no_words(world, draft) -> None:
    approved(world)
    with pytest.raises(NotADraft):
        write(world, world.berit, draft, "For sent")


def test_a_new_edition_begins_with_the_words(world, draft) -> None:
    made = approved(world, summary="En rolig uge.")
    anew = freezing.begin_edition(frame(world, world.berit), made.id)
    assert there(anew) == {Item.SUMMARY: "En rolig uge."}
    write(world, world.berit, anew, "Rettet.", on="En rolig uge.")
    assert there(made) == {Item.SUMMARY: "En rolig uge."}


def test_what_is_approved_is_what_was_read(world, draft) -> None:
    here = frame(world, world.adam)
    read = approving.ask(draft, digest=draft.digest)
    write(world, world.berit, draft, "Skrevet imens")
    with pytest.raises(WrittenMeanwhile):
        approving.approve(frame(world, world.adam), draft.id, digest=draft.digest, words=read)
    read = approving.ask(draft, digest=draft.digest)
    assert approving.approve(here, draft.id, digest=draft.digest, words=read).state == "approved"


# --- on the page -----------------------------------------------------------------------------------------------------


def test_each_button_keeps_what_was_typed(world, draft) -> None:
    coordinator = client(world.berit)
    for act, went in (("save", f"/ugen/{draft.id}/"), ("count", f"/ugen/{draft.id}/"),
                      ("approve", f"/ugen/{draft.id}/godkend/?tal={draft.digest}")):
        answer = coordinator.post(f"/ugen/{draft.id}/skriv/", entered(draft, act, summary=f"Ord til {act}") | {
            "summary-stood": writing.mark(there(draft).get(Item.SUMMARY, ""))})
        assert (answer.status_code, answer["Location"]) == (302, went)
        assert there(draft) == {Item.SUMMARY: f"Ord til {act}"}


def test_a_refused_word_is_said_at_its_field_and_everything_typed_stays(world, draft) -> None:
    answer = client(world.berit).post(f"/ugen/{draft.id}/skriv/", entered(
        draft, good="Ring til 12 34 56 78", silent="Her er stille"))
    shown = unescape(answer.content.decode())
    assert answer.status_code == 422 and 'id="id_good_error"' in shown and 'id="id_silent_error"' not in shown
    assert "\nRing til 12 34 56 78</textarea>" in shown and "\nHer er stille</textarea>" in shown
    assert there(draft) == {}


def test_who_comes_second_sees_both_and_saves_again(world, draft) -> None:
    write(world, world.berit, draft, "Det ene")
    second = client(world.adam)
    answer = second.post(f"/ugen/{draft.id}/skriv/", entered(draft, summary="Det andet", new="Det nye"))
    shown = answer.content.decode()
    assert answer.status_code == 409 and "\nDet andet</textarea>" in shown and "Det ene" in shown
    assert there(draft) == {Item.SUMMARY: "Det ene"}
    again = entered(draft, summary="Det andet", new="Det nye") | {"summary-stood": writing.mark("Det ene")}
    assert f'value="{writing.mark("Det ene")}"' in shown
    assert second.post(f"/ugen/{draft.id}/skriv/", again).status_code == 302
    assert there(draft) == {Item.SUMMARY: "Det andet", Item.NEW: "Det nye"}


def test_words_that_came_too_late_are_shown_to_be_copied(world, draft) -> None:
    approved(world)
    answer = client(world.berit).post(f"/ugen/{draft.id}/skriv/", entered(draft, summary="Nåede det ikke"))
    assert answer.status_code == 409 and "Nåede det ikke</textarea>" in answer.content.decode()


def test_a_page_with_old_figures_is_not_approved(world, draft) -> None:
    coordinator = client(world.berit)
    freezing.count_anew(frame(world, world.adam), draft.id, at=now() + timedelta(minutes=1))
    answer = coordinator.post(f"/ugen/{draft.id}/godkend/", {"tal": draft.digest, "ord": writing.mark_of_all({})},
                              follow=True)
    assert "counted anew since you opened the page" in answer.content.decode()
    assert of(world).state == "draft"


def test_approving_asks_first_and_says_who_will_read_it(world, draft) -> None:
    coordinator = client(world.berit)
    asked = coordinator.get(f"/ugen/{draft.id}/godkend/", {"tal": draft.digest}).content.decode()
    assert "nobody can change them" in asked and "at the police" in asked and of(world).state == "draft"
    sent = {"tal": draft.digest, "ord": writing.mark_of_all({})}
    for _twice in range(2):
        assert coordinator.post(f"/ugen/{draft.id}/godkend/", sent)["Location"] == f"/ugen/{draft.id}/"
    assert of(world, state="approved").organisation_id == world.ballerup.id
    only = of(world, "Ballerup")
    asked = coordinator.get(f"/ugen/{only.id}/godkend/", {"tal": only.digest}).content.decode()
    assert "The police cannot." in asked


def test_beginning_a_new_edition_twice_leads_to_the_one_there_is(world, draft) -> None:
    made = approved(world)
    first = client(world.berit).post(f"/ugen/{made.id}/ny-udgave/")["Location"]
    assert client(world.adam).post(f"/ugen/{made.id}/ny-udgave/")["Location"] == first == f"/ugen/{of(world).id}/"


def test_who_wrote_is_not_on_the_page(world, draft) -> None:
    made = approved(world, by=world.berit, summary="En rolig uge.")
    shown = page(world.anna, made)
    assert "En rolig uge." in shown and "Berit" not in shown


# --- the policies ----------------------------------------------------------------------------------------------------


def insert(briefing: Briefing, member, section: str = "good", *, organisation=None) -> int:
    return sql(INSERT, uuid.uuid4(), briefing.id, section, "Ord", member.id, organisation or member.organisation_id)


def refused(act) -> bool:
    try:
        with transaction.atomic():
            return act() == 0
    except DatabaseError:
        return True


def test_the_database_lets_only_coordinators_write_in_their_own_name(world, draft) -> None:
    world.actor(world.berit)
    assert refused(lambda: insert(draft, world.adam))
    assert refused(lambda: insert(draft, world.berit, organisation=world.gladsaxe.id))
    assert insert(draft, world.berit) == 1
    for other in (world.anna, world.bo, world.clara, world.viggo):
        world.actor(other)
        assert refused(lambda other=other: insert(draft, other, "new"))


def test_the_database_shows_a_drafts_words_to_coordinators_alone(world, draft) -> None:
    write(world, world.berit, draft, "Ord")
    seen = {}
    for name in ("adam", "anna", "bo", "lars", "clara", "viggo"):
        world.actor(getattr(world, name))
        seen[name] = len(ask("select words from situation_briefing_words"))
    assert seen == {"adam": 1, "anna": 0, "bo": 0, "lars": 0, "clara": 0, "viggo": 0}


def test_the_database_keeps_a_municipalitys_words_from_the_police(world, draft) -> None:
    approved(world, "Ballerup", summary="Kun os")
    give_roles(world.bo, [Role.COORDINATOR])
    world.actor(world.bo)
    assert ask("select words from situation_briefing_words") == []
    assert ask("select id from situation_briefing where municipality_id is not null") == []
    world.actor(world.anna)
    assert ask("select words from situation_briefing_words") == [("Kun os",)]


def test_the_database_takes_no_words_away_from_an_approved_one_nor_adds_or_changes_any(world, draft) -> None:
    made = approved(world, summary="En rolig uge.")
    world.actor(world.adam)
    assert refused(lambda: insert(made, world.adam))
    assert refused(lambda: sql("update situation_briefing_words set words = 'Andet'"))
    assert refused(lambda: sql("delete from situation_briefing_words"))
    assert ask("select words from situation_briefing_words") == [("En rolig uge.",)]


# --- they go -----------------------------------------------------------------------------------------------------


@override_settings(LOKALNET_TEXTS_KEPT_DAYS=365)
def test_words_go_a_year_after_the_week_and_the_figures_stay(world, draft) -> None:
    made = approved(world, summary="En rolig uge.")
    last = datetime.combine(made.week + timedelta(days=365), time(12), UTC)
    assert gone(last) == 0 and gone(last + timedelta(days=1)) == 1
    shown = page(world.anna, made)
    assert "En rolig uge." not in shown and "0 reports in the week" in shown


def gone(at: datetime) -> int:
    with as_role(logins.RETENTION):
        return sum(line.number for line in retention.let_go(at) if line.what == "words in briefings")
