"""What others know of a report, and what its sender makes of it: each act, who may do it, and what follows."""

from uuid import UUID

import pytest
from django.db import DatabaseError, transaction

from lokalnet.access.acting import NotAllowed
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.situation import acting, correcting, corroborating, merging, picture
from lokalnet.situation.corroborating import Opinion
from lokalnet.situation.models import Act, ActKind, Change, Observation, Text, Version
from lokalnet.situation.partnerships import Frame, frame_of
from lokalnet.situation.refusing import BadReport
from lokalnet.situation.reporting import Report
from tests.access.people import browser_of, events
from tests.world import GRANTOFTEN, World

WORDS = "Brag ved legepladsen, måske skud"


def frame(world: World, member: object) -> Frame:
    return frame_of(world.actor(member), world.partnership.id)  # type: ignore[arg-type]


def row(observation_id: UUID) -> Observation:
    with as_role(MIGRATION):
        return Observation.objects.get(id=observation_id)


@pytest.fixture
def shots(world: World) -> UUID:
    """Anna's, shared with the police with words and a coarse place."""
    made: UUID = world.report(world.anna, key="shots", category="shots", text=WORDS, visibility="partnership")
    return made


def test_nobody_confirms_their_own_report(world: World, shots: UUID) -> None:
    with pytest.raises(acting.NotPossible):
        corroborating.decide(frame(world, world.anna), shots, Opinion("confirmed", "jeg så det"))
    assert row(shots).standing == "unconfirmed"


def test_somebody_else_refutes_a_rumour_and_says_how_they_know(world: World, shots: UUID) -> None:
    corroborating.decide(frame(world, world.bo), shots, Opinion("refuted", "Det var fyrværkeri bag skolen."))
    assert row(shots).standing == "refuted"
    page = browser_of(world.anna).get(f"/haendelse/{shots}/").content.decode()
    assert "Det var fyrværkeri bag skolen." in page and "Afkræftet" in page


def test_a_refutation_without_a_reason_is_not_taken(world: World, shots: UUID) -> None:
    answer = browser_of(world.bo).post(f"/haendelse/{shots}/vurder/", {"standing": "refuted", "note": " "})
    assert answer.status_code == 422
    assert row(shots).standing == "unconfirmed"


def test_what_was_typed_survives_a_refused_note(world: World, shots: UUID) -> None:
    answer = browser_of(world.bo).post(f"/haendelse/{shots}/vurder/",
                                       {"standing": "confirmed", "note": "Ring 20 30 40 51 for mere"})
    assert answer.status_code == 422
    assert "Ring 20 30 40 51 for mere" in answer.content.decode()


def test_the_same_opinion_is_open_again_for_others(world: World, shots: UUID) -> None:
    corroborating.decide(frame(world, world.bo), shots, Opinion("confirmed"))
    corroborating.decide(frame(world, world.berit), shots, Opinion("unconfirmed", "Vi er i tvivl"))
    assert row(shots).standing == "unconfirmed"


def test_seen_too_counts_each_member_once(world: World, shots: UUID) -> None:
    for member in (world.bo, world.berit, world.bo, world.lars):
        corroborating.seen_too(frame(world, member), shots)
    assert row(shots).reporters == 4
    with pytest.raises(acting.NotPossible):
        corroborating.seen_too(frame(world, world.anna), shots)


def test_a_double_click_on_seen_too_counts_once(world: World, shots: UUID) -> None:
    client = browser_of(world.berit)
    assert [client.post(f"/haendelse/{shots}/set-ogsaa/").status_code for _ in range(2)] == [302, 302]
    assert row(shots).reporters == 2


def test_having_seen_it_can_be_taken_back_and_said_again(world: World, shots: UUID) -> None:
    client = browser_of(world.berit)
    client.post(f"/haendelse/{shots}/set-ogsaa/")
    assert "Tag det tilbage" in client.get(f"/haendelse/{shots}/").content.decode()
    for _twice in range(2):
        client.post(f"/haendelse/{shots}/ikke-set/")
        assert row(shots).reporters == 1
    assert "Tag det tilbage" not in client.get(f"/haendelse/{shots}/").content.decode()
    client.post(f"/haendelse/{shots}/set-ogsaa/")
    assert row(shots).reporters == 2


def test_what_was_never_said_cannot_be_taken_back(world: World, shots: UUID) -> None:
    with pytest.raises(acting.NotPossible):
        corroborating.unseen(frame(world, world.bo), shots)


@pytest.mark.parametrize("who", ["clara", "viggo"])
@pytest.mark.parametrize("kind", list(ActKind))
def test_whoever_does_not_see_a_report_can_do_nothing_about_it(world: World, shots: UUID, who: str,
                                                              kind: ActKind) -> None:
    """As the serving login with plain SQL: the policy says no, whatever the page offers."""
    actor = world.actor(getattr(world, who))
    more = {"answer": "seen"} if kind == ActKind.ANSWERED else {"into": shots} if kind == ActKind.MERGED else {}
    with pytest.raises(DatabaseError), transaction.atomic():
        Act(observation_id=shots, organisation_id=actor.organisation_id, member_id=actor.member_id, kind=kind,
            **more).save(force_insert=True)


def test_nobody_acts_in_anothers_name(world: World, shots: UUID) -> None:
    actor = world.actor(world.bo)
    for member, organisation in ((world.berit.id, actor.organisation_id), (actor.member_id, world.ballerup.id)):
        with pytest.raises(DatabaseError), transaction.atomic():
            Act(observation_id=shots, organisation_id=organisation, member_id=member,
                kind=ActKind.CONFIRMED).save(force_insert=True)


def test_acts_can_be_neither_changed_nor_deleted(world: World, shots: UUID) -> None:
    corroborating.decide(frame(world, world.bo), shots, Opinion("confirmed"))
    for change in (lambda: Act.objects.update(kind="refuted"), lambda: Act.objects.all().delete()):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            change()


def test_a_coarse_reader_gets_decisions_with_the_day_and_no_other_acts(world: World, shots: UUID) -> None:
    corroborating.seen_too(frame(world, world.berit), shots, note="Hørt fra biblioteket")
    corroborating.decide(frame(world, world.berit), shots, Opinion("confirmed", "Set af to af os"))
    page = browser_of(world.bo).get(f"/haendelse/{shots}/").content.decode()
    assert "Set af to af os" in page
    assert "Hørt fra biblioteket" not in page and "Indberettet" not in page


def test_whoever_gets_only_the_area_gets_no_notes_at_all(world: World) -> None:
    made = world.report(world.anna, key="area", text="Kun for kommunerne", visibility="partnership", police_sees="area")
    corroborating.decide(frame(world, world.berit), made, Opinion("refuted", "Det var en øvelse på skolen"))
    page = browser_of(world.bo).get(f"/haendelse/{made}/").content.decode()
    assert "Afkræftet" in page and "øvelse på skolen" not in page


def test_the_reporter_corrects_and_everybody_sees_it_with_its_history(world: World, shots: UUID) -> None:
    corroborating.decide(frame(world, world.bo), shots, Opinion("confirmed"))
    here = frame(world, world.anna)
    before = correcting.present(here, shots)
    better = Report(**(vars(before.report()) | {"category": "fireworks", "text": "Det var fyrværkeri"}))
    assert correcting.correct(here, shots, better, edition=1) == {"category", "text"}
    assert (row(shots).standing, row(shots).edition) == ("unconfirmed", 2)  # what was confirmed stands there no more
    page = browser_of(world.berit).get(f"/haendelse/{shots}/").content.decode()
    assert "Det var fyrværkeri" in page and "kategori fra Skud til Fyrværkeri" in page
    assert WORDS not in page


def test_two_who_correct_at_once_notice_each_other(world: World, shots: UUID) -> None:
    here = frame(world, world.anna)
    entered = Report(**(vars(correcting.present(here, shots).report()) | {"text": "Først"}))
    correcting.correct(here, shots, entered, edition=1)
    with pytest.raises(correcting.ChangedMeanwhile):
        correcting.correct(here, shots, Report(**(vars(entered) | {"text": "Senere"})), edition=1)
    assert correcting.present(here, shots).text == "Først"


def test_the_form_keeps_what_was_typed_when_somebody_else_was_first(world: World, shots: UUID) -> None:
    client = browser_of(world.anna)
    form = client.get(f"/haendelse/{shots}/ret/").context["form"]
    sent = {name: form[name].value() or "" for name in form.fields} | {"text": "Det, jeg skrev"}
    here = frame(world, world.anna)
    correcting.correct(here, shots, Report(**(vars(correcting.present(here, shots).report()) | {"text": "Andet"})),
                       edition=1)
    answer = client.post(f"/haendelse/{shots}/ret/", sent)
    assert answer.status_code == 422 and "Det, jeg skrev" in answer.content.decode()
    again = client.post(f"/haendelse/{shots}/ret/", sent | {"edition": answer.context["form"]["edition"].value()})
    assert again.status_code == 302
    assert correcting.present(frame(world, world.anna), shots).text == "Det, jeg skrev"


def test_a_colleague_corrects_only_as_coordinator(world: World, shots: UUID) -> None:
    with as_role(MIGRATION):
        gry = type(world.anna).objects.create(organisation=world.gladsaxe, name="Gry", roles=["street-worker"])
    for member, allowed in ((gry, False), (world.adam, True)):
        here = frame(world, member)
        entered = Report(**(vars(correcting.present(here, shots).report()) | {"category": "fireworks"}))
        if allowed:
            assert correcting.correct(here, shots, entered, edition=1)
        else:
            with pytest.raises(NotAllowed):
                correcting.correct(here, shots, entered, edition=1)


def test_another_organisation_cannot_correct_and_gets_404_or_403(world: World, shots: UUID) -> None:
    assert browser_of(world.berit).get(f"/haendelse/{shots}/ret/").status_code == 403
    assert browser_of(world.clara).get(f"/haendelse/{shots}/ret/").status_code == 404


def test_a_correction_is_judged_like_a_report(world: World, shots: UUID) -> None:
    here = frame(world, world.anna)
    said = vars(correcting.present(here, shots).report())
    for wrong in ({"longitude": 2.0}, {"category": "none"}, {"text": "Ring til 010190-1234"}):
        with pytest.raises(BadReport):
            correcting.correct(here, shots, Report(**(said | wrong)), edition=1)
    assert row(shots).edition == 1


def test_an_earlier_version_can_come_back(world: World, shots: UUID) -> None:
    here = frame(world, world.anna)
    correcting.correct(here, shots, Report(**(vars(correcting.present(here, shots).report()) | {"text": "Andet"})),
                       edition=1)
    version = Version.objects.get(observation_id=shots)
    assert correcting.restore_version(here, shots, version.id) == {"text"}
    assert correcting.present(here, shots).text == WORDS


def test_one_sees_what_a_version_said_before_it_comes_back(world: World, shots: UUID) -> None:
    client = browser_of(world.anna)
    corroborating.decide(frame(world, world.bo), shots, Opinion("confirmed"))
    entered = Report(**(vars(correcting.present(frame(world, world.anna), shots).report())
                        | {"text": "Brag ved søen", "category": "fireworks"}))
    correcting.correct(frame(world, world.anna), shots, entered, edition=1)
    page = client.get(f"/haendelse/{shots}/").content.decode()
    assert WORDS in page and "Hvad der stod før" in page
    with as_role(MIGRATION):
        version = Version.objects.get()
    answer = client.post(f"/haendelse/{shots}/gendan/{version.id}/", follow=True).content.decode()
    assert "venter på at blive bekræftet" in answer and WORDS in answer


def test_a_removed_text_is_not_promised_to_come_back(world: World, shots: UUID) -> None:
    entered = Report(**(vars(correcting.present(frame(world, world.anna), shots).report()) | {"text": "Brag"}))
    correcting.correct(frame(world, world.anna), shots, entered, edition=1)
    acting.do(frame(world, world.anna), shots, ActKind.RECOGNISED)
    page = browser_of(world.anna).get(f"/haendelse/{shots}/").content.decode()
    assert WORDS not in page and page.count("nogen kunne genkendes i den") >= 2
    with as_role(MIGRATION):
        version = Version.objects.get()
    answer = browser_of(world.anna).post(f"/haendelse/{shots}/gendan/{version.id}/", follow=True).content.decode()
    assert "Intet blev ændret" in answer


def test_versions_are_the_own_organisations_alone(world: World, shots: UUID) -> None:
    here = frame(world, world.anna)
    correcting.correct(here, shots, Report(**(vars(correcting.present(here, shots).report()) | {"text": "Andet"})),
                       edition=1)
    for member in (world.berit, world.bo, world.viggo, world.clara):
        world.actor(member)
        assert not Version.objects.exists()


def test_a_withdrawn_report_is_gone_for_others_and_can_come_back(world: World, shots: UUID) -> None:
    correcting.withdraw(frame(world, world.anna), shots, note="Forkert sted")
    assert browser_of(world.berit).get(f"/haendelse/{shots}/").status_code == 404
    assert str(shots) not in browser_of(world.anna).get("/overblik/").content.decode()
    assert "Trukket tilbage" in browser_of(world.anna).get(f"/haendelse/{shots}/").content.decode()
    correcting.restore(frame(world, world.anna), shots)
    assert row(shots).visibility == "partnership"
    assert str(shots) in browser_of(world.bo).get("/overblik/").content.decode()


def test_two_reports_of_one_event_count_once_with_all_their_reporters(world: World, shots: UUID) -> None:
    other = world.report(world.berit, key="other", category="fireworks", visibility="partnership")
    corroborating.seen_too(frame(world, world.lars), shots)
    merging.merge(frame(world, world.berit), other, shots)
    assert (row(other).state, row(shots).reporters) == ("merged", 3)
    shown = browser_of(world.anna).get("/overblik/").content.decode()
    assert str(shots) in shown and str(other) not in shown
    merging.split(frame(world, world.berit), other)
    assert (row(other).state, row(shots).reporters, row(other).reporters) == ("live", 2, 1)


def test_a_report_that_fewer_may_see_is_not_counted(world: World, shots: UUID) -> None:
    """The police, who get the one, would learn from the number that there is another."""
    other = world.report(world.berit, key="other", category="fireworks", visibility="municipalities")
    merging.merge(frame(world, world.berit), other, shots)
    assert row(shots).reporters == 1
    here = frame(world, world.berit)
    wider = Report(**(vars(correcting.present(here, other).report()) | {"visibility": "partnership"}))
    merging.split(here, other)
    correcting.correct(here, other, wider, edition=1)
    merging.merge(here, other, shots)
    assert row(shots).reporters == 2


def test_who_may_not_see_the_other_report_is_not_told_that_there_is_one(world: World, shots: UUID) -> None:
    hidden = world.report(world.berit, key="hidden", category="fireworks", visibility="municipalities")
    merging.merge(frame(world, world.berit), shots, hidden)
    page = browser_of(world.lars).get(f"/haendelse/{shots}/").content.decode()
    assert "amlet med" not in page and str(hidden) not in page
    corroborating.seen_too(frame(world, world.lars), shots)
    assert row(shots).reporters == 2


def test_nobody_confirms_their_own_report_through_another(world: World, shots: UUID) -> None:
    other = world.report(world.berit, key="other", category="fireworks", visibility="partnership")
    merging.merge(frame(world, world.berit), other, shots)
    with pytest.raises(acting.NotPossible):
        corroborating.decide(frame(world, world.berit), shots, Opinion("confirmed", "jeg så det"))


def test_nobody_reopens_a_refutation_of_their_own_report(world: World, shots: UUID) -> None:
    corroborating.decide(frame(world, world.bo), shots, Opinion("refuted", "Det var fyrværkeri."))
    with pytest.raises(acting.NotPossible):
        corroborating.decide(frame(world, world.anna), shots, Opinion("unconfirmed"))


def test_a_form_that_was_opened_before_does_not_bring_a_removed_text_back(world: World, shots: UUID) -> None:
    client = browser_of(world.anna)
    acting.do(frame(world, world.berit), shots, ActKind.RECOGNISED)
    said = {"edition": "1", "category": "fireworks", "longitude": str(GRANTOFTEN[0]), "latitude": str(GRANTOFTEN[1]),
            "text": WORDS, "visibility": "partnership", "police_sees": "text", "precision": "exact"}
    answer = client.post(f"/haendelse/{shots}/ret/", said)
    assert answer.status_code == 422 and WORDS not in answer.content.decode()
    with as_role(MIGRATION):
        assert not Text.objects.filter(observation_id=shots).exists()


def test_what_follows_from_acts_cannot_be_written_by_the_serving_login(world: World, shots: UUID) -> None:
    world.actor(world.anna)
    for change in ({"standing": "confirmed"}, {"reporters": 9}, {"text_removed": True}, {"state": "withdrawn"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Observation.objects.filter(id=shots).update(**change)


def test_whoever_was_never_told_of_a_report_is_not_told_that_it_went(world: World) -> None:
    own = world.report(world.anna, key="own", visibility="organisation")
    correcting.withdraw(frame(world, world.anna), own, note="")
    with as_role(MIGRATION):
        assert set(Change.objects.values_list("observation_id", flat=True)) == {own}


def test_every_reading_of_another_report_leaves_a_trace(world: World, shots: UUID) -> None:
    """On the page of one that it may belong to, in the form of a correction, and before a new report."""
    near = world.report(world.berit, key="near", category="fireworks", visibility="municipalities")
    browser_of(world.adam).get(f"/haendelse/{near}/")
    browser_of(world.anna).get(f"/haendelse/{shots}/ret/")
    read = [(event.member_id, event.subject) for event in events("observation.read")]
    assert (world.adam.id, str(shots)) in [(who, str(what)) for who, what in read]
    assert (world.anna.id, str(shots)) in [(who, str(what)) for who, what in read]
    browser_of(world.berit).post("/del/", {
        "key": "again", "category": "shots", "longitude": str(GRANTOFTEN[0]), "latitude": str(GRANTOFTEN[1]),
        "visibility": "municipalities", "police_sees": "text"})
    assert [event.member_id for event in events("similar.read")] == [world.berit.id]


def test_a_report_put_together_with_one_that_a_reader_may_not_see_stays_in_their_picture(world: World) -> None:
    """Berit puts the police's view of an event under Gladsaxe's; the housing association saw only its own."""
    hidden = world.report(world.anna, key="hidden", visibility="municipalities")
    seen = world.report(world.viggo, key="seen", visibility="municipalities")
    merging.merge(frame(world, world.berit), seen, hidden)
    assert str(seen) in browser_of(world.viggo).get("/overblik/").content.decode()
    assert str(seen) not in browser_of(world.berit).get("/overblik/").content.decode()


def test_who_may_not_see_the_target_cannot_put_together(world: World, shots: UUID) -> None:
    hidden = world.report(world.anna, key="hidden", visibility="organisation")
    client = browser_of(world.berit)
    assert client.post(f"/haendelse/{shots}/saml/", {"into": str(hidden)}).status_code == 404
    assert row(shots).state == "live"


def test_is_it_the_same_is_asked_before_a_new_report(world: World, shots: UUID) -> None:
    client = browser_of(world.berit)
    sent = {"key": "new", "category": "shots", "longitude": GRANTOFTEN[0] + .001, "latitude": GRANTOFTEN[1],
            "text": "Jeg hørte også brag", "visibility": "municipalities", "police_sees": "text"}
    step = client.post("/del/", sent)
    assert step.status_code == 200 and str(shots) in step.content.decode()
    assert client.post("/del/", sent | {"different": "1"}).status_code == 302
    assert row(shots).reporters == 1


def test_no_question_where_nothing_like_it_is_near(world: World, shots: UUID) -> None:
    client = browser_of(world.berit)
    for change in ({"category": "nuisance"}, {"longitude": GRANTOFTEN[0] + .01}):
        sent = {"key": str(change), "category": "shots", "longitude": GRANTOFTEN[0], "latitude": GRANTOFTEN[1],
                "text": "", "visibility": "municipalities", "police_sees": "text"} | change
        assert client.post("/del/", sent).status_code == 302


def test_the_question_reveals_no_exact_place(world: World) -> None:
    """Asked by the middle of the cell and never by the point, which the police may not know."""
    made = world.report(world.anna, key="x", category="shots", visibility="partnership", police_sees="area")
    here = frame(world, world.bo)
    seen = picture.one(made)
    assert seen is not None and seen.coarse
    near = Report(category="shots", longitude=seen.longitude, latitude=seen.latitude, occurred_at=seen.period_start)
    assert [each.id for each in corroborating.similar(here, near)] == [made]
    assert corroborating.similar(here, Report(**(vars(near) | {"longitude": seen.longitude + .0045}))) == []


def test_many_at_once_get_another_category(world: World) -> None:
    made = [world.report(world.adam, key=str(n), category="other") for n in range(3)]
    foreign = world.report(world.berit, key="b", category="other")
    client = browser_of(world.adam)
    page = client.get("/overblik/kategori/?category=other").content.decode()
    assert all(str(each) in page for each in made) and str(foreign) not in page
    answer = client.post("/overblik/kategori/?category=other",
                         {"report": [str(made[0]), str(made[1]), str(foreign)], "category": "nuisance", "note": "Støj"})
    assert answer.status_code == 302
    with as_role(MIGRATION):
        slugs = [Observation.objects.get(id=each).category.slug for each in (*made, foreign)]
    assert slugs == ["nuisance", "nuisance", "other", "other"]


def test_every_act_stands_in_the_log_without_its_words(world: World, shots: UUID) -> None:
    corroborating.decide(frame(world, world.bo), shots, Opinion("refuted", "Det var fyrværkeri"))
    made = events("observation.refuted")[0]
    assert made.subject == shots and "fyrværkeri" not in str(made.detail)


def test_an_empty_text_can_be_given_words_later(world: World) -> None:
    made = world.report(world.anna, key="bare")
    here = frame(world, world.anna)
    entered = Report(**(vars(correcting.present(here, made).report()) | {"text": "Nu med ord"}))
    correcting.correct(here, made, entered, edition=1)
    assert Text.objects.get(observation_id=made).text == "Nu med ord"
