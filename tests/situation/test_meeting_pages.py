"""The Monday meeting on the screen: point by point, decided from by coordinators, read along by the others."""

import re
import uuid
from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client

from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.foundation.times import now
from lokalnet.situation.briefing import freezing
from lokalnet.situation.briefing.figures import canonical, digest
from lokalnet.situation.briefing.items import Item
from lokalnet.situation.models import Briefing, BriefingReader, BriefingWords, Measure
from tests.access.people import browser_of, events
from tests.situation.measuring import set_past, today
from tests.situation.meetings import approved, drafted, follow, frame, measure, rows
from tests.world import World

pytestmark = pytest.mark.django_db


def page(client: Client, briefing: Briefing, point: str = "") -> str:
    answer = client.get(f"/ugen/{briefing.id}/moede/", {"punkt": point} if point else {})
    assert answer.status_code == 200
    return answer.content.decode()


def send(client: Client, briefing: Briefing, kind: str, point: str = "happened", **said: object):  # type: ignore[no-untyped-def]
    return client.post(f"/ugen/{briefing.id}/moede/beslut/", {
        "punkt": point, "kind": kind, "key": str(uuid.uuid4())} | said)


def way(client: Client, briefing: Briefing) -> list[str]:
    """Point by point, as the links lead on."""
    found, address = [], f"/ugen/{briefing.id}/moede/"
    while not address.endswith("/slut/"):
        shown = client.get(address).content.decode()
        found.append(address.partition("punkt=")[2] or "first")
        [address] = re.findall(r'rel="next" href="([^"]+)"', shown)
    return found


def test_it_goes_through_the_items_in_their_order_and_ends(world: World) -> None:
    briefing = approved(world)
    assert way(browser_of(world.berit), briefing) == ["first", *[item.value for item in Item][1:]]
    assert page(browser_of(world.berit), briefing, "no-such-point").count("<h1>") == 1


def unusual(world: World) -> tuple[Briefing, str]:
    """One whose Ballerup was other than usual, as it was counted before it was approved."""
    draft = drafted(world)
    figures = freezing.frozen(draft)
    part = next(each for each in figures.parts if str(each.area) == "Ballerup")
    assert part.area
    said = canonical(replace(figures, parts=tuple(
        replace(each, level=1) if each is part else each for each in figures.parts)))
    with as_role(MIGRATION):
        Briefing.objects.filter(id=draft.id).update(figures=said, digest=digest(said))
        Briefing.objects.filter(id=draft.id).update(
            state="approved", approved_at=now(), approved_by=world.adam, organisation=world.gladsaxe)
        return Briefing.objects.get(id=draft.id), f"happened.{part.area.id}"


def test_it_stops_at_places_that_were_other_than_usual_and_at_others_where_somebody_asks(world: World) -> None:
    briefing, ballerup = unusual(world)
    client = browser_of(world.berit)
    assert way(client, briefing)[2:5] == ["happened", ballerup, "new"]
    other = next(each for each in freezing.frozen(briefing).parts if str(each.area) == "Herlev")
    assert other.area
    slug = f"happened.{other.area.id}"
    assert slug in page(client, briefing, "happened")
    assert "Herlev" in page(client, briefing, slug).partition("<h1>")[2].partition("</h1>")[0]


def test_what_last_week_left_is_a_point_of_its_own(world: World) -> None:
    key = follow(world, approved(world), "Lampen")
    second = approved(world, weeks=1)
    client = browser_of(world.berit)
    assert way(client, second)[-2:] == ["followed", f"followed.{key}"]
    assert "Lampen" in page(client, second, "followed") and "Lampen" in page(client, second, f"followed.{key}")


def test_a_draft_says_that_it_is_approved_first(world: World) -> None:
    draft = drafted(world)
    shown = browser_of(world.berit).get(f"/ugen/{draft.id}/moede/")
    assert shown.status_code == 200 and f'href="/ugen/{draft.id}/"' in shown.content.decode()
    assert "wall" not in shown.content.decode()
    assert send(browser_of(world.berit), draft, "nothing").status_code == 200 and rows(draft) == []
    for member in (world.anna, world.bo, world.clara):
        assert browser_of(member).get(f"/ugen/{draft.id}/moede/").status_code == 404


def test_one_that_was_replaced_leads_to_the_edition_that_holds(world: World) -> None:
    first = approved(world)
    second = freezing.begin_edition(frame(world, world.adam), first.id)
    second = freezing.approve(frame(world, world.adam), second.id, digest=second.digest)
    answer = browser_of(world.berit).get(f"/ugen/{first.id}/moede/")
    assert (answer.status_code, answer["Location"]) == (302, f"/ugen/{second.id}/moede/")


@pytest.mark.parametrize("name", ["anna", "bo", "lars"])
def test_others_read_along_and_get_no_form(world: World, name: str) -> None:
    briefing, member = approved(world), getattr(world, name)
    follow(world, briefing, "Lampen")
    shown = page(browser_of(member), briefing, "happened")
    assert "Lampen" in shown and "beslut/" not in shown
    assert send(browser_of(member), briefing, "nothing").status_code == 403


@pytest.mark.parametrize("path", ["", "slut/", "slut/?journal=text"])
def test_the_police_are_not_in_a_municipalitys(world: World, path: str) -> None:
    briefing = approved(world, municipality="Ballerup")
    for member in (world.bo, world.lars, world.clara):
        assert browser_of(member).get(f"/ugen/{briefing.id}/moede/{path}").status_code == 404
    for member in (world.viggo, world.dorte):
        assert browser_of(member).get(f"/ugen/{briefing.id}/moede/{path}").status_code in (403, 404)
    assert browser_of(world.anna).get(f"/ugen/{briefing.id}/moede/{path}").status_code == 200


def test_a_municipalitys_says_large_on_every_screen_whose_it_is(world: World) -> None:
    own, whole = approved(world, municipality="Ballerup"), approved(world)
    client = browser_of(world.berit)
    for point in Item.values:
        assert 'class="wall-only"' in page(client, own, point)
        assert 'class="wall-only"' not in page(client, whole, point)
    assert 'class="wall-only"' in client.get(f"/ugen/{own.id}/moede/slut/").content.decode()


def test_the_reading_is_noted_for_the_organisation(world: World) -> None:
    briefing = approved(world)
    page(browser_of(world.bo), briefing)
    with as_role(MIGRATION):
        assert [row.organisation_id for row in BriefingReader.objects.filter(briefing=briefing)] == [world.police.id]
    assert events("briefing.read")


def test_the_coordinators_words_stand_on_their_item_alone(world: World) -> None:
    draft = drafted(world)
    actor = world.actor(world.adam)
    BriefingWords(id=uuid.uuid4(), briefing=draft, section="good", words="Fuldt hus i klubben.",
                  member_id=actor.member_id, organisation_id=actor.organisation_id).save(force_insert=True)
    briefing = freezing.approve(frame(world, world.adam), draft.id, digest=draft.digest)
    client = browser_of(world.berit)
    assert [point for point in Item.values if "Fuldt hus i klubben." in page(client, briefing, point)] == ["good"]


def test_a_measure_is_decided_seen_at_once_and_stands_in_the_list_and_on_its_owners_day(world: World) -> None:
    briefing = approved(world)
    client = browser_of(world.berit)
    form = client.get(f"/ugen/{briefing.id}/moede/?punkt=overdue").context["forms"]["measure"]
    assert form.initial["owner"] == str(world.berit.id)
    answer = send(client, briefing, "measure", "overdue", title="Lys på stien", doing="Driften skifter lamperne.",
                  owner=str(world.berit.id), due_on=today().isoformat())
    assert (answer.status_code, answer["Location"]) == (
        302, f"/ugen/{briefing.id}/moede/?punkt=overdue#besluttet")
    with as_role(MIGRATION):
        made = Measure.objects.get()
    assert (made.owner_id, made.visibility, made.ends_on) == (
        world.berit.id, "partnership", today() + timedelta(days=90))
    assert made.problem
    for address in (f"/ugen/{briefing.id}/moede/?punkt=overdue", f"/ugen/{briefing.id}/moede/slut/", "/indsatser/",
                    "/min-dag/", f"/ugen/{briefing.id}/"):
        assert "Lys på stien" in client.get(address).content.decode(), address


def test_a_measure_about_a_place_is_in_that_place_and_a_municipalitys_is_the_municipalities(world: World) -> None:
    own = approved(world, municipality="Ballerup")
    client = browser_of(world.berit)
    send(client, own, "measure", title="Lys på stien", doing="Driften", owner="")
    briefing = approved(world)
    part = next(each for each in freezing.frozen(briefing).parts if str(each.area) == "Herlev")
    assert part.area
    send(client, briefing, "measure", f"happened.{part.area.id}", title="Lås på døren", doing="Driften", owner="")
    with as_role(MIGRATION):
        first, second = Measure.objects.order_by("made_at")
    assert (first.visibility, [str(each) for each in first.areas]) == ("municipalities", [str(own.municipality_id)])
    assert (second.visibility, [str(each) for each in second.areas]) == ("partnership", [part.area.id])


@pytest.mark.parametrize(("kind", "said", "field"), [
    ("follow", {"words": ""}, "words"), ("follow", {"words": "Ring til 22 33 44 55"}, "words"),
    ("nothing", {"words": "Mads Nielsen ser på det"}, "words"),
    ("measure", {"title": "Mads Nielsen", "doing": "Driften skifter lamperne."}, "title"),
    ("measure", {"title": "Lys på stien", "doing": ""}, "doing"),
    ("measure", {"title": "Lys på stien", "doing": "Driften", "due_on": "2020-01-01"}, "due_on")])
def test_what_cannot_be_taken_says_where_and_why_and_what_was_typed_stays(
        world: World, kind: str, said: dict[str, str], field: str) -> None:
    briefing = approved(world)
    answer = send(browser_of(world.berit), briefing, kind, **said)
    assert answer.status_code == 422 and rows(briefing) == []
    form = answer.context["forms"][kind]
    assert list(form.errors) == [field]
    shown = answer.content.decode()
    assert f'id="{kind}_{field}_error"' in shown
    assert all(words in shown for words in said.values() if words and words[0].isalpha())
    assert answer.context["stop"].point.slug == "happened"


def test_two_clicks_on_one_page_are_one_decision_and_something_else_gets_a_key_of_its_own(world: World) -> None:
    briefing, key = approved(world), str(uuid.uuid4())
    client = browser_of(world.berit)
    for _ in range(2):
        assert send(client, briefing, "follow", words="Lampen", key=key).status_code == 302
    answer = send(client, briefing, "follow", words="Kælderen", key=key)
    assert answer.status_code == 422 and "Kælderen" in answer.content.decode()
    again = answer.context["forms"]["follow"]["key"].value()
    assert again != key
    assert send(client, briefing, "follow", words="Kælderen", key=again).status_code == 302
    assert [row.words for row in rows(briefing)] == ["Lampen", "Kælderen"]


@pytest.mark.parametrize("said", [{"kind": "weather"}, {"punkt": "weather"}, {"key": "x"}])
def test_what_no_page_sends_changes_nothing(world: World, said: dict[str, str]) -> None:
    briefing = approved(world)
    answer = browser_of(world.berit).post(f"/ugen/{briefing.id}/moede/beslut/", {
        "punkt": "happened", "kind": "nothing", "key": str(uuid.uuid4())} | said)
    assert answer.status_code in (302, 404, 422) and rows(briefing) == []


def test_the_end_says_what_was_decided_what_was_not_and_can_be_copied(world: World) -> None:
    key = follow(world, approved(world), "Lampen")
    second = approved(world, weeks=1)
    client = browser_of(world.berit)
    shown = client.get(f"/ugen/{second.id}/moede/slut/").content.decode()
    assert f"punkt=followed.{key}" in shown
    send(client, second, "nothing", f"followed.{key}")
    measure(world, second)
    follow(world, second, "Kælderen")
    answer = client.get(f"/ugen/{second.id}/moede/slut/")
    assert [about for about in answer.context["undecided"] if about.point.slug.startswith("followed")] == []
    assert [outcome.kind.value for _about, _url, outcome in answer.context["decisions"]] == [
        "follow", "measure", "nothing"]
    text = client.get(f"/ugen/{second.id}/moede/slut/?journal=text").content.decode()
    assert "Lys på stien" in text and "Kælderen" in text and "Testpartnerskabet" in text
    pdf = client.get(f"/ugen/{second.id}/moede/slut/?journal=pdf")
    assert pdf["Content-Type"] == "application/pdf" and pdf.content.startswith(b"%PDF")
    assert [event.detail["form"] for event in events("journal.copied")] == ["text", "pdf"]


def test_a_narrowed_measure_is_on_no_screen_of_those_who_may_not_see_it(world: World) -> None:
    first = approved(world)
    measure(world, first)
    second = approved(world, weeks=1)
    with as_role(MIGRATION):
        set_past(Measure.objects.get(), visibility="municipalities")
    police = browser_of(world.lars)
    for address in (f"/ugen/{first.id}/moede/?punkt=happened", f"/ugen/{first.id}/moede/slut/", f"/ugen/{first.id}/",
                    f"/ugen/{first.id}/moede/slut/?journal=text", f"/ugen/{second.id}/",
                    f"/ugen/{second.id}/moede/?punkt=followed"):
        assert "Lys på stien" not in police.get(address).content.decode(), address
    assert "Lys på stien" in browser_of(world.anna).get(f"/ugen/{second.id}/").content.decode()


def test_the_briefings_page_leads_into_the_meeting(world: World) -> None:
    briefing = approved(world)
    for member in (world.berit, world.bo):
        assert f'href="/ugen/{briefing.id}/moede/"' in browser_of(member).get(f"/ugen/{briefing.id}/").content.decode()
    second = drafted(world, weeks=1)
    assert "/moede/" not in browser_of(world.berit).get(f"/ugen/{second.id}/").content.decode()
