"""A measure on the screen: proposed in one step from what is seen, changed by one at a time, followed to its end."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lokalnet.access import founding
from lokalnet.access.rights import Role
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.foundation.times import now
from lokalnet.situation import reporting
from lokalnet.situation.measures.telling import short
from lokalnet.situation.models import Measure, MeasureObservation, Step
from lokalnet.situation.reporting import Report
from tests.access.people import browser_of, events
from tests.situation.measuring import now_is, partners, propose, set_past, step, today
from tests.situation.telling import area
from tests.world import GRANTOFTEN, World

SAID = "Drenge i røde jakker ved kiosken"


def entered(**said: object) -> dict[str, object]:
    return {"title": "Lys på stien", "problem": "Tre lamper er slukket.", "known": "", "doing": "", "sign": "",
            "owner": "", "due_on": "", "ends_on": (today() + timedelta(days=60)).isoformat(),
            "visibility": "partnership"} | said


def only(world: World) -> Measure:
    with as_role(MIGRATION):
        return Measure.objects.get()


@pytest.fixture
def ulla(world: World):
    """Coordinates in Gladsaxe, where Anna works."""
    with as_role(MIGRATION):
        return founding.member(world.gladsaxe, "Ulla", "ulla@gladsaxe.example", Role.COORDINATOR)


def test_proposed_agreed_started_and_done_with_what_came_of_it(world: World, ulla) -> None:
    anna, boss = browser_of(world.anna), browser_of(ulla)
    answer = anna.post("/indsatser/ny/", entered(owner=str(world.anna.id), partners=[str(world.police.id)]))
    measure = only(world)
    assert answer["Location"] == f"/indsats/{measure.id}/"
    assert partners(measure) == {"Testpolitiet": "asked"}
    assert "Markér som aftalt" not in anna.get(f"/indsats/{measure.id}/").content.decode()
    for client, kind, note in ((boss, "agreed", ""), (anna, "started", ""), (anna, "done", "Lamperne virker.")):
        assert client.post(f"/indsats/{measure.id}/trin/", {"step": kind, "note": note}).status_code == 302
    page = browser_of(world.bo).get(f"/indsats/{measure.id}/").content.decode()
    assert "Gennemført" in page and "Lamperne virker." in page and "Tre lamper er slukket." in page
    assert [event.kind for kind in ("agreed", "started", "done") for event in events(f"measure.{kind}")] == [
        "measure.agreed", "measure.started", "measure.done"]


def test_of_a_dropped_one_the_page_says_first_why_and_when(world: World, ulla) -> None:
    measure = propose(world, ulla, problem="Tre lamper er slukket.")
    step(world, ulla, measure, "dropped", "Ejeren gør det selv.")
    for page in (browser_of(world.bo).get(f"/indsats/{measure.id}/{form}").content.decode()
                 for form in ("", "?journal=text")):
        assert page.index("Ejeren gør det selv.") < page.index("Tre lamper er slukket.")
        assert short(today()) in page


@pytest.mark.parametrize("kind", ["done", "dropped"])
def test_the_list_says_on_which_day_it_ended(world: World, ulla, kind: str) -> None:
    measure = propose(world, ulla)
    step(world, ulla, measure, "agreed")
    step(world, ulla, measure, kind, "Ejeren gør det selv.")
    assert f'<span class="when">{short(today())}</span>' in browser_of(world.bo).get(
        "/indsatser/?state=over").content.decode()


def test_whoever_was_asked_answers_while_it_is_open_and_no_longer(world: World, ulla) -> None:
    measure = propose(world, ulla)
    step(world, ulla, measure, "asked", organisation=str(world.police.id))
    client, address = browser_of(world.bo), f"/indsats/{measure.id}/"
    assert "spurgt, om I deltager" in client.get(address).content.decode()
    step(world, ulla, measure, "dropped", "Nej")
    assert "spurgt, om I deltager" not in client.get(address).content.decode()
    client.post(f"{address}trin/", {"step": "joined"})
    assert partners(measure) == {"Testpolitiet": "asked"}


def test_a_double_click_takes_one_step(world: World, ulla) -> None:
    measure = propose(world, ulla)
    client = browser_of(ulla)
    assert [client.post(f"/indsats/{measure.id}/trin/", {"step": "agreed"}).status_code for _ in range(2)] == [302, 302]
    with as_role(MIGRATION):
        assert Step.objects.filter(kind="agreed").count() == 1


def test_from_an_observation_come_area_category_and_link_and_none_of_its_words(world: World) -> None:
    place = area("neighbourhood", "g1")
    made = world.report(world.anna, key="a", text=SAID, visibility="municipalities")
    client = browser_of(world.anna)
    page = client.get(f"/haendelse/{made}/").content.decode()
    link = re.search(r'href="(/indsatser/ny/\?observation=[^"]+)"', page)
    assert link
    form = client.get(link[1])
    assert form.context["form"].initial["title"] == "Larm og uro"
    assert form.context["form"].initial["areas"] == [str(place.id)]
    assert all(SAID not in str(value) for value in form.context["form"].initial.values())
    client.post("/indsatser/ny/", entered(about=form.context["start"].token, areas=[str(place.id)]))
    with as_role(MIGRATION):
        assert list(MeasureObservation.objects.values_list("observation_id", flat=True)) == [made]
        row = Measure.objects.get()
    assert SAID not in " ".join((row.title, row.problem, row.known, row.doing, row.sign))


def test_from_an_observation_of_the_second_partnership_it_is_proposed_there(world: World) -> None:
    with as_role(MIGRATION):
        founding.join(world.elsewhere, world.police)
    said = Report(category="nuisance", longitude=GRANTOFTEN[0], latitude=GRANTOFTEN[1], occurred_at=now())
    made = reporting.report(world.actor(world.bo), world.elsewhere, said, key="e").observation_id
    client = browser_of(world.bo)
    link = re.search(r'href="(/indsatser/ny/\?observation=[^"]+)"', client.get(f"/haendelse/{made}/").content.decode())
    assert link
    form = client.get(link[1].replace("&amp;", "&"))
    target = re.search(r'<form method="post" action="(/indsatser/ny/[^"]*)"', form.content.decode())
    assert target
    client.post(target[1], entered(about=form.context["start"].token))
    assert only(world).partnership_id == world.elsewhere.id


def test_from_the_picture_comes_the_set_that_is_shown_and_only_what_its_reader_sees(world: World) -> None:
    seen = [world.report(world.anna, key=f"s{n}", category="vandalism", visibility="partnership") for n in range(3)]
    world.report(world.anna, key="hidden", category="vandalism", visibility="municipalities")
    world.report(world.anna, key="other", category="shots", visibility="partnership")
    client = browser_of(world.bo)
    page = client.get("/overblik/?category=vandalism").content.decode()
    link = re.search(r'href="(/indsatser/ny/\?picture=1&amp;[^"]*)"', page)
    assert link and not any(str(made) in link[1] for made in seen)
    form = client.get(link[1].replace("&amp;", "&"))
    assert {card.id for card in form.context["about"]} == set(seen)
    assert form.context["form"].initial["title"] == "Hærværk"
    client.post("/indsatser/ny/", entered(about=form.context["start"].token))
    with as_role(MIGRATION):
        assert set(MeasureObservation.objects.values_list("observation_id", flat=True)) == set(seen)


def test_a_token_made_by_somebody_else_links_only_what_its_sender_sees(world: World) -> None:
    world.report(world.anna, key="hidden", visibility="municipalities")
    token = browser_of(world.anna).get("/indsatser/ny/?picture=1").context["start"].token
    assert token
    browser_of(world.bo).post("/indsatser/ny/", entered(about=token))
    with as_role(MIGRATION):
        assert Measure.objects.count() == 1 and not MeasureObservation.objects.exists()


@pytest.mark.parametrize(("field", "said"), [
    ("title", ""), ("problem", ""), ("problem", "Ring til 20 30 40 51"), ("doing", "Skriv til anna@firma.dk"),
    ("ends_on", "2199-01-01"), ("due_on", "2001-01-01"), ("visibility", "public"), ("owner", "x"), ("areas", ["x"])])
def test_a_bad_field_is_named_and_nothing_that_was_typed_is_lost(world: World, field: str, said: object) -> None:
    answer = browser_of(world.anna).post("/indsatser/ny/", entered(known="Set fire aftener", **{field: said}))
    assert answer.status_code == 422 and field in answer.context["form"].errors
    assert "Set fire aftener" in answer.content.decode()
    with as_role(MIGRATION):
        assert not Measure.objects.exists()


def test_a_partner_that_could_not_see_it_is_refused_at_its_field(world: World) -> None:
    answer = browser_of(world.anna).post("/indsatser/ny/", entered(visibility="municipalities",
                                                                   partners=[str(world.police.id)]))
    assert answer.status_code == 422
    assert "Testpolitiet" in answer.context["form"].errors["partners"][0]
    assert str(world.housing.id) not in answer.content.decode()  # housing sees no measures, so it is not offered


def test_whoever_changes_second_is_told_and_keeps_what_was_typed(world: World, ulla) -> None:
    measure = propose(world, world.anna, problem="Mørkt")
    address = f"/indsats/{measure.id}/ret/"
    first, second = browser_of(world.anna), browser_of(ulla)
    assert first.post(address, entered(title="Lys bag skolen", edition="1")).status_code == 302
    answer = second.post(address, entered(title="Lys foran skolen", edition="1"))
    assert answer.status_code == 422 and "Lys foran skolen" in answer.content.decode()
    assert now_is(measure).title == "Lys bag skolen"
    assert "»Lys bag skolen«" in answer.content.decode()  # what would be replaced stands beside what was typed
    assert second.post(address, entered(title="Lys foran skolen", edition="2")).status_code == 302
    assert (now_is(measure).title, now_is(measure).edition) == ("Lys foran skolen", 3)
    with as_role(MIGRATION):
        fields = [row.detail["fields"] for row in Step.objects.filter(kind="changed").order_by("at")]
    assert fields == [["problem", "title"], ["title"]]


def test_narrowed_past_a_partner_the_change_is_refused_at_its_field(world: World) -> None:
    measure = propose(world, world.anna)
    step(world, world.bo, measure, "joined")
    answer = browser_of(world.anna).post(f"/indsats/{measure.id}/ret/", entered(visibility="organisation", edition="1"))
    assert answer.status_code == 422 and "visibility" in answer.context["form"].errors


def test_who_may_not_change_it_gets_no_form(world: World) -> None:
    measure = propose(world, world.anna)
    assert browser_of(world.berit).get(f"/indsats/{measure.id}/ret/").status_code == 403
    assert browser_of(world.clara).get(f"/indsats/{measure.id}/ret/").status_code == 404


def test_a_refused_note_stands_in_its_form_again(world: World, ulla) -> None:
    measure = propose(world, ulla)
    answer = browser_of(ulla).post(f"/indsats/{measure.id}/trin/", {"step": "commented", "note": "Ring 20 30 40 51"})
    assert answer.status_code == 422 and "Ring 20 30 40 51" in answer.content.decode()


def test_it_is_prolonged_with_a_reason_and_a_day_that_is_allowed(world: World, ulla) -> None:
    measure = propose(world, ulla, ends_on=today() + timedelta(days=5))
    client, address = browser_of(ulla), f"/indsats/{measure.id}/trin/"
    far, near = ((today() + timedelta(days=days)).isoformat() for days in (96, 40))
    assert client.post(address, {"step": "prolonged", "until": far, "note": "Venter"}).status_code == 422
    assert client.post(address, {"step": "prolonged", "until": near, "note": ""}).status_code == 422
    assert client.post(address, {"step": "prolonged", "until": near, "note": "Venter på lamper"}).status_code == 302
    assert now_is(measure).ends_on == today() + timedelta(days=40)


def test_the_journal_gets_what_the_page_says_and_the_log_hears_of_it(world: World, ulla) -> None:
    measure = propose(world, ulla, problem="Det er mørkt bag skolen.")
    client = browser_of(world.bo)
    text = client.get(f"/indsats/{measure.id}/?journal=text").content.decode()
    assert "Indsats: Lys på stien" in text and "Det er mørkt bag skolen." in text and "Foreslået" in text
    assert client.get(f"/indsats/{measure.id}/?journal=pdf").content.startswith(b"%PDF")
    assert [event.detail["form"] for event in events("journal.copied")] == ["text", "pdf"]


def test_the_police_journal_of_a_measure_holds_no_list_of_municipal_reports(world: World) -> None:
    made = world.report(world.anna, key="a", text="Fra kommunen", visibility="partnership")
    measure = propose(world, world.anna)
    browser_of(world.anna).post(f"/haendelse/{made}/indsats/", {"measure": str(measure.id)})
    assert "Fra kommunen" in browser_of(world.bo).get(f"/indsats/{measure.id}/").content.decode()
    assert "Fra kommunen" not in browser_of(world.bo).get(f"/indsats/{measure.id}/?journal=text").content.decode()


def titles(client, query: str = "") -> list[str]:
    page = client.get(f"/indsatser/{query}")
    assert page.status_code == 200
    return [card.title for card in page.context["cards"]]


def test_what_somebody_wrote_is_escaped_in_the_list_and_on_my_day(world: World, ulla) -> None:
    propose(world, ulla, title="<b>Lys & \"mørke\"</b>", owner=ulla)
    for path in ("/indsatser/", "/min-dag/"):
        page = browser_of(ulla).get(path).content.decode()
        assert "&lt;b&gt;Lys &amp; &quot;mørke&quot;&lt;/b&gt;</a>" in page and "<b>Lys" not in page, path


def test_the_list_stands_by_the_day_that_something_is_due_and_filters(world: World, ulla) -> None:
    place = area("neighbourhood", "g1")
    day = today()
    propose(world, ulla, title="Sidst", due_on=day + timedelta(days=9))
    propose(world, ulla, title="For sent", due_on=day, owner=ulla)
    set_past(only_called("For sent"), due_on=day - timedelta(days=2))
    propose(world, world.bo, title="Politiets", due_on=day + timedelta(days=3), areas=[place.id])
    gone = propose(world, ulla, title="Opgivet")
    step(world, ulla, gone, "dropped", "Nej")
    over = propose(world, ulla, title="Udløbet")
    set_past(over, ends_on=day - timedelta(days=1))
    client = browser_of(ulla)
    assert titles(client) == ["For sent", "Politiets", "Sidst"]
    assert titles(client, "?state=overdue") == ["For sent"]
    assert titles(client, "?whose=mine") == ["For sent"]
    assert titles(client, "?whose=ours") == ["For sent", "Sidst"]
    assert titles(client, f"?area={place.id}") == ["Politiets"]
    assert titles(client, "?state=dropped") == ["Opgivet"]
    assert titles(client, "?state=ended") == ["Udløbet"]  # the job has not run
    assert set(titles(client, "?state=over")) == {"Udløbet", "Opgivet"}
    assert len(titles(client, "?state=all")) == 5
    assert titles(client, "?whose=unowned") == ["Sidst"]
    assert titles(client, "?whose=part") == [] and titles(client, "?state=rubbish&area=rubbish") == titles(client)


def only_called(title: str) -> Measure:
    with as_role(MIGRATION):
        return Measure.objects.get(title=title)


@pytest.mark.parametrize("query", ["", "state=all", "state=proposed"])
def test_pages_follow_each_other_without_gap_or_overlap(world: World, query: str) -> None:
    for number in range(60):
        propose(world, world.anna, title=f"Nr. {number}", due_on=today() + timedelta(days=number % 3))
    client, found, after = browser_of(world.bo), [], ""
    for _page in range(3):
        page = client.get(f"/indsatser/?{query}&cursor={after}")
        found += [card.title for card in page.context["cards"]]
        after = page.context["next"]
    assert after == "" and len(found) == len(set(found)) == 60


def test_one_measure_takes_as_many_queries_as_many(world: World) -> None:
    client = browser_of(world.bo)
    numbers = []
    for size in (1, 30):
        for number in range(size):
            step(world, world.berit, propose(world, world.anna, title=f"{size} {number}", owner=world.anna), "joined")
        client.get("/indsatser/")
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/indsatser/").status_code == 200
        numbers.append(len(asked))
    assert numbers[0] == numbers[1]
