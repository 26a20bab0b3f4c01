"""An area's page: everybody's words side by side, disagreement and change said in words, nothing counted or ranked."""

import re

import pytest
from django.utils import translation

from lokalnet.access.models import Event
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.situation.assessments import comparing, quarters, reading, writers
from lokalnet.situation.assessments.writers import others_name
from lokalnet.situation.models import Assessment, AssessmentVersion, Sign
from tests.doors.people import browser
from tests.situation.assessing import club, neighbourhood, sql, stands, this_quarter
from tests.situation.telling import frame


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def in_english(member):
    client = browser(member)
    client.cookies["django_language"] = "en"
    return client


def page(world, member, where, quarter=None):
    here = frame(world, member)
    return reading.page(here, reading.place(here, where.id), quarter or this_quarter())


def line(found, sign=Sign.DEALING):
    return next(each for each in found.lines if each.name == sign.label)


def row(seen: str, certainty: str = "") -> Assessment:
    return Assessment(seen=seen, certainty=certainty)


# --- disagreement ----------------------------------------------------------------------------------------------------


def test_disagreement_is_said_in_words_and_nobody_is_right(world) -> None:
    where, carla = neighbourhood(), club(world)
    for member, seen in ((world.bo, "seen"), (world.berit, "seen"), (world.viggo, "cannot-say"), (carla, "not-seen")):
        stands(world, member, where, seen=seen)
    assert line(page(world, world.anna, where)).disagreement == (
        "Disagreement: seen by the police and the municipality, not seen by the club.")


@pytest.mark.parametrize("theirs", ["seen", "cannot-say"])
def test_where_nobody_says_the_opposite_there_is_no_disagreement(world, theirs) -> None:
    where = neighbourhood()
    stands(world, world.bo, where, seen="seen")
    stands(world, world.berit, where, seen=theirs)
    assert line(page(world, world.anna, where)).disagreement == ""


def test_disagreement_between_two_municipalities_names_them(world) -> None:
    where = neighbourhood()
    stands(world, world.anna, where, seen="seen")
    stands(world, world.berit, where, seen="not-seen")
    assert line(page(world, world.bo, where)).disagreement == (
        "Disagreement: seen by Gladsaxe Kommune, not seen by Ballerup Kommune.")


def test_who_reads_only_the_own_words_learns_of_no_disagreement(world) -> None:
    where = neighbourhood()
    stands(world, world.bo, where, seen="seen")
    stands(world, world.viggo, where, seen="not-seen")
    found = page(world, world.viggo, where)
    assert [entry.writer.name for entry in line(found).entries] == ["Testbo"]
    assert line(found).disagreement == "" and found.missing == ""


# --- who wrote -------------------------------------------------------------------------------------------------------


def test_a_club_stands_as_a_club_under_the_municipalitys_name_and_never_its_own(world) -> None:
    where, one = neighbourhood(), club(world)
    stands(world, one, where)
    stands(world, club(world, "Andenklub"), where)
    stands(world, world.viggo, where)
    found = line(page(world, world.bo, where)).entries
    assert [(entry.writer.kind_name, entry.writer.name) for entry in found] == [
        ("Housing association", "Ballerup Kommune (bolig)"), ("Club", "Gladsaxe Kommune 1"),
        ("Club", "Gladsaxe Kommune 2")]
    shown = in_english(world.bo).get(f"/vurdering/{where.id}/").content.decode()
    assert ">via Ballerup Kommune (bolig)</span>" in shown and ">via Gladsaxe Kommune 2</span>" in shown
    assert "via" not in line(page(world, one, where)).entries[0].writer.under  # to themselves they are themselves
    assert not re.search("Testklubben|Andenklub|Testbo|Carla|Viggo", shown)


def test_the_order_is_that_of_kinds_and_never_of_what_was_said(world) -> None:
    where = neighbourhood()
    for member in (world.viggo, world.berit, world.anna, world.bo):
        stands(world, member, where)
    assert [entry.writer.name for entry in line(page(world, world.anna, where)).entries] == [
        "Testpolitiet", "Ballerup Kommune", "Gladsaxe Kommune", "Ballerup Kommune (bolig)"]


def test_what_goes_well_stands_first(world) -> None:
    where = neighbourhood()
    for sign in reversed(Sign):
        stands(world, world.anna, where, sign)
    assert page(world, world.bo, where).lines[0].name == "What goes well"


def test_it_is_said_which_kinds_have_not_written(world) -> None:
    where = neighbourhood()
    stands(world, world.bo, where)
    assert page(world, world.anna, where).missing == "Municipality, Housing association"


# --- since last quarter ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("before", "after", "said"), [
    (None, row("seen", "low"), "Not written last quarter"),
    (row("not-seen", "high"), row("seen", "low"), "New since last quarter"),
    (row("seen", "high"), row("not-seen", "low"), "Gone since last quarter"),
    (row("seen", "medium"), row("seen", "medium"), "Unchanged since last quarter"),
    (row("seen", "low"), row("seen", "high"), "Surer than last quarter"),
    (row("not-seen", "high"), row("not-seen", "medium"), "Less sure than last quarter"),
    (row("cannot-say"), row("cannot-say"), "Unchanged since last quarter"),
    (row("cannot-say"), row("seen", "high"), "Could not say last quarter"),
    (row("seen", "high"), row("cannot-say"), "Seen last quarter"),
    (row("not-seen", "high"), row("cannot-say"), "Not seen last quarter")])
def test_what_changed_is_said_in_words(before, after, said) -> None:
    assert comparing.change(before, after) == said


def test_each_is_compared_with_its_own_words_of_the_quarter_before(world) -> None:
    where, last = neighbourhood(), this_quarter().before
    stands(world, world.bo, where, seen="seen", quarter=last)
    stands(world, world.anna, where, seen="not-seen", quarter=last)
    stands(world, world.bo, where, seen="seen", quarter=last.before)
    for member in (world.bo, world.anna):
        stands(world, member, where, seen="seen")
    assert [entry.change for entry in line(page(world, world.berit, where)).entries] == [
        "Unchanged since last quarter", "New since last quarter"]


# --- the pages -------------------------------------------------------------------------------------------------------


def test_the_list_says_who_has_written_where_in_the_order_of_the_alphabet(world) -> None:
    second, first = neighbourhood("b"), neighbourhood("a")
    stands(world, world.anna, second)
    stands(world, world.bo, second)
    columns, rows = reading.listing(frame(world, world.berit), this_quarter())
    assert columns == ["Police", "Other municipalities", "Housing association"]
    assert [(row.place.id, row.own, [state for _kind, state in row.others]) for row in rows] == [
        (first.id, False, ["missing", "missing", "missing"]),
        (second.id, False, ["written", "written: Gladsaxe Kommune", "missing"])]


@pytest.mark.parametrize("kind", writers.ORDER)
def test_others_of_the_own_kind_have_a_name_of_their_own(kind: str) -> None:
    assert others_name(kind).startswith("Other ")


def test_housing_is_not_told_who_else_has_written(world) -> None:
    where = neighbourhood()
    stands(world, world.bo, where)
    stands(world, world.viggo, where)
    columns, rows = reading.listing(frame(world, world.viggo), this_quarter())
    assert columns == [] and [(row.own, row.others) for row in rows] == [(True, ())]
    shown = in_english(world.viggo).get(f"/vurdering/{where.id}/").content.decode()
    assert "what others wrote is not shown to you" in shown


def test_a_stranger_sees_the_area_and_no_word_of_it(world) -> None:
    where = neighbourhood()
    stands(world, world.anna, where, words="Bag containerne")
    shown = browser(world.clara).get(f"/vurdering/{where.id}/").content.decode()
    assert "Bag containerne" not in shown and "Gladsaxe" not in shown


def test_a_quarter_that_is_none_or_lies_ahead_falls_back_to_this_one(world) -> None:
    where = neighbourhood()
    for said in ("sludder", "2026-9", quarters.code(this_quarter().after), "9999-1"):
        shown = in_english(world.anna).get(f"/vurdering/{where.id}/", {"kvartal": said})
        assert shown.status_code == 200 and f"Q{this_quarter().number} {this_quarter().year}" in shown.content.decode()
    earlier = in_english(world.anna).get("/vurderinger/", {"kvartal": quarters.code(this_quarter().before)})
    assert quarters.code(this_quarter()) in earlier.content.decode()


def test_an_empty_area_says_what_to_do(world) -> None:
    where = neighbourhood()
    shown = in_english(world.anna).get(f"/vurdering/{where.id}/").content.decode()
    assert "Nobody has written about this area in this quarter." in shown and f"/vurdering/{where.id}/skriv/" in shown
    closed = in_english(world.anna).get(f"/vurdering/{where.id}/", {
        "kvartal": quarters.code(this_quarter().before.before)}).content.decode()
    assert "Closed for writing on" in closed and "skriv/" not in closed


def test_the_own_earlier_words_are_on_the_own_page_alone(world) -> None:
    where = neighbourhood()
    stands(world, world.anna, where, words="Først sådan")
    world.actor(world.anna)
    sql("update situation_assessment set words = 'Nu sådan', edition = 2")
    assert "Først sådan" in browser(world.anna).get(f"/vurdering/{where.id}/").content.decode()
    shown = browser(world.bo).get(f"/vurdering/{where.id}/").content.decode()
    assert "Først sådan" not in shown and "Nu sådan" in shown
    with as_role(MIGRATION):
        assert AssessmentVersion.objects.count() == 1


def test_nothing_on_the_pages_counts_or_ranks_the_signs(world) -> None:
    """No number stands beside an area but what the quarter and its dates have."""
    where = neighbourhood()
    for member in (world.anna, world.bo, world.berit):
        for sign in Sign:
            stands(world, member, where, sign, words="")
    for path in ("/vurderinger/", f"/vurdering/{where.id}/"):
        shown = re.sub(r"<(head|header|script|nav)\b.*?</\1>|<[^>]+>", " ",
                       in_english(world.anna).get(path).content.decode(), flags=re.DOTALL)
        numbers = set(re.findall(r"\b\d+\b", shown))
        closes = quarters.closes(this_quarter())
        assert numbers <= {str(closes.day), str(closes.year), str(this_quarter().year)}, path


def test_a_page_asks_the_database_as_often_however_much_is_written(world, django_assert_num_queries) -> None:
    first, second = neighbourhood("a"), neighbourhood("b")
    stands(world, world.anna, first)
    for member in (world.anna, world.bo, world.berit, world.viggo):
        for sign in Sign:
            stands(world, member, second, sign)
            stands(world, member, second, sign, quarter=this_quarter().before)
    here = frame(world, world.anna)
    assert here.areas
    for where in (first, second):
        with django_assert_num_queries(4):
            reading.page(here, reading.place(here, where.id), this_quarter())
    with django_assert_num_queries(2):
        reading.listing(here, this_quarter())


# --- the journal -----------------------------------------------------------------------------------------------------


def test_the_page_is_copied_to_the_journal_as_text_and_pdf_and_logged(world) -> None:
    where = neighbourhood()
    stands(world, world.bo, where, words="Bag butikkerne", seen="seen")
    stands(world, world.anna, where, words="Nej", seen="not-seen")
    client, path = in_english(world.anna), f"/vurdering/{where.id}/"
    text = client.get(path, {"journal": "text"}).content.decode()
    for part in ("Area assessment: Sted g", "Police · Testpolitiet", "Bag butikkerne", "Gladsaxe Kommune",
                 "Disagreement: seen by the police, not seen by the municipality.", "Nothing is added up"):
        assert part in text
    assert client.get(path, {"journal": "pdf"}).content.startswith(b"%PDF")
    with as_role(MIGRATION):
        assert [event.detail["form"] for event in Event.objects.filter(kind="journal.copied").order_by("at")] == [
            "text", "pdf"]


def test_the_police_file_their_own_words_alone(world) -> None:
    where = neighbourhood()
    stands(world, world.bo, where, words="Politiets ord")
    stands(world, world.anna, where, words="Kommunens ord", seen="not-seen")
    text = in_english(world.bo).get(f"/vurdering/{where.id}/", {"journal": "text"}).content.decode()
    assert "Politiets ord" in text and "Kommunens ord" not in text and "Disagreement" not in text
    assert "What others have written is not in the police's copy." in text


# --- where it is found -----------------------------------------------------------------------------------------------


def test_it_is_in_the_menu_of_all_who_assess(world) -> None:
    for member in (world.anna, world.bo, world.viggo, club(world)):
        assert 'href="/vurderinger/"' in browser(member).get("/overblik/").content.decode()
    assert 'href="/vurderinger/"' not in browser(world.dorte).get("/log/").content.decode()


def test_an_areas_page_leads_to_its_assessment(world) -> None:
    where = neighbourhood()
    assert f"/vurdering/{where.id}/" in browser(world.anna).get(f"/omraade/{where.id}/").content.decode()
