"""What each reader can take along of an observation: no more than the page shows them."""

from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from lokalnet.places.models import Area
from lokalnet.situation import answering, corroborating
from tests.access.people import browser_of, events
from tests.foundation.reading_pdf import everything_in, text_of
from tests.situation.exports import frame
from tests.world import World

AT = (datetime.now(ZoneInfo("Europe/Copenhagen")) - timedelta(days=3)).replace(
    hour=21, minute=37, second=0, microsecond=0)
HIDDEN = ("21:37", "21.37", "12.363", "55.731", "Anna")
BAR = "Not for investigation."


@pytest.fixture
def shared(world: World) -> UUID:
    return world.report(world.anna, key="1", text="Uro #let *ved* kiosken", visibility="partnership",
                        police_sees="text", occurred_at=AT)


def copies(world: World, who: str, made: UUID) -> tuple[str, bytes]:
    client = browser_of(getattr(world, who))
    client.cookies["django_language"] = "en"
    answers = [client.get(f"/haendelse/{made}/", {"journal": form}) for form in ("text", "pdf")]
    assert [answer.status_code for answer in answers] == [200, 200]
    return answers[0].content.decode(), answers[1].content


def test_the_sender_copies_all_of_it_and_no_bar(world: World, shared: UUID) -> None:
    text, pdf = copies(world, "anna", shared)
    for said in (text, text_of(pdf)):
        assert "21:37" in said and "Uro #let *ved* kiosken" in said and "Unconfirmed" in said
        assert "Testpartnerskabet" in said and "Copied from Lokalnet by Anna, Gladsaxe Kommune" in said
        assert BAR not in said


def test_the_police_copy_no_more_than_they_see_and_not_for_investigation(world: World, shared: UUID) -> None:
    text, pdf = copies(world, "bo", shared)
    day = f"{AT.day} {AT:%B %Y}"
    for said in (text, text_of(pdf)):
        assert BAR in said and f"{day}, evening" in said and "within 250 m" in said and "Uro #let *ved*" in said
        assert "Copied from Lokalnet by Bo, Testpolitiet" in said
        assert not [each for each in HIDDEN if each in said]
    streams = everything_in(pdf)
    assert not [each for each in HIDDEN[2:] if each.encode() in streams]


def test_where_only_the_area_is_shared_no_text_is_copied(world: World) -> None:
    made = world.report(world.anna, key="1", text="Uro ved kiosken", visibility="partnership", police_sees="area")
    text, pdf = copies(world, "bo", made)
    assert "kiosken" not in text + text_of(pdf)


def test_what_the_police_may_see_whole_is_still_not_for_investigation(world: World) -> None:
    made = world.report(world.anna, key="1", visibility="partnership", police_sees="exact", occurred_at=AT)
    text, _ = copies(world, "bo", made)
    assert "21:37" in text and text.startswith("A copy for the own record. Not for investigation.\n")


def test_a_report_of_the_police_s_own_has_no_bar(world: World) -> None:
    made = world.report(world.bo, key="1", visibility="partnership")
    assert BAR not in copies(world, "bo", made)[0]


def test_a_stranger_gets_neither(world: World, shared: UUID) -> None:
    for form in ("text", "pdf"):
        assert browser_of(world.clara).get(f"/haendelse/{shared}/", {"journal": form}).status_code == 404
    assert events("journal.copied") == []


def test_each_copy_is_an_entry_in_the_log(world: World, shared: UUID) -> None:
    copies(world, "bo", shared)
    browser_of(world.bo).get(f"/haendelse/{shared}/")
    entries = events("journal.copied")
    assert [entry.detail["form"] for entry in entries] == ["text", "pdf"]
    assert {(entry.member_id, entry.subject_kind, entry.subject, entry.purpose) for entry in entries} == {
        (world.bo.id, "observation", shared, "shared-picture")}
    assert all(entry.because for entry in entries)


def test_the_list_is_copied_with_its_filters_in_words(world: World, shared: UUID) -> None:
    other = world.report(world.berit, key="1", category="vandalism", text="Graffiti", visibility="partnership")
    client = browser_of(world.berit)
    client.cookies["django_language"] = "en"
    asked = {"category": "nuisance", "days": "7"}
    text = client.get("/overblik/", asked | {"journal": "text"}).content.decode()
    assert "Category: Nuisance" in text and "Area: All areas" in text and "Observations: 1\n" in text
    assert "Uro #let *ved* kiosken" in text and "Graffiti" not in text
    pdf = client.get("/overblik/", asked | {"journal": "pdf"}).content
    assert "Uro #let *ved* kiosken" in text_of(pdf).replace("\n", " ")
    assert [entry.subject_kind for entry in events("journal.copied")] == ["partnership", "partnership"]
    assert str(other) not in text


def test_the_polices_copy_of_a_list_holds_the_polices_own_alone(world: World, shared: UUID) -> None:
    """No police export over municipal reports (design 3.3): not as a list either."""
    world.report(world.bo, key="b", text="Patrulje ved stationen", visibility="partnership")
    client = browser_of(world.bo)
    client.cookies["django_language"] = "en"
    text = client.get("/overblik/", {"journal": "text"}).content.decode()
    assert "Patrulje ved stationen" in text and "kiosken" not in text and "Copy one from its own page" in text
    assert "kiosken" not in text_of(client.get("/overblik/", {"journal": "pdf"}).content)


def test_an_empty_list_can_be_copied_too(world: World) -> None:
    client = browser_of(world.bo)
    client.cookies["django_language"] = "en"
    text = client.get("/overblik/", {"journal": "text"}).content.decode()
    assert "Observations: 0\n" in text and BAR not in text
    assert client.get("/overblik/", {"journal": "pdf"}).content.startswith(b"%PDF")


def test_the_pages_offer_the_copy(world: World, shared: UUID) -> None:
    client = browser_of(world.anna)
    assert f"/haendelse/{shared}/?journal=pdf" in client.get(f"/haendelse/{shared}/").content.decode()
    page = client.get("/overblik/", {"days": "7"}).content.decode()
    assert "/overblik/?days=7&amp;journal=text" in page


@pytest.fixture
def answered(world: World, shared: UUID) -> UUID:
    """Seen too by Ballerup, corrected and answered by Gladsaxe itself."""
    corroborating.seen_too(frame(world, world.berit), shared, note="Også hørt fra torvet")
    answering.answer(frame(world, world.adam), shared, "outcome", "Gadeplan har talt med dem")
    return shared


def test_the_copy_holds_the_history_and_the_answers_as_the_page_shows_them(world: World, answered: UUID) -> None:
    client = browser_of(world.anna)
    client.cookies["django_language"] = "en"
    page = client.get(f"/haendelse/{answered}/").content.decode()
    text, pdf = copies(world, "anna", answered)
    for said in (text, " ".join(text_of(pdf).split())):
        assert "History and answers to the reporter" in said
    for words in ("Reported", "I saw it too", "Ballerup Kommune", "Også hørt fra torvet",
                  "Answered: This is what came of it", "Gadeplan har talt med dem"):
        assert words in page and words in text and words in " ".join(text_of(pdf).split())
    assert "Berit" not in text and "Adam" not in text


def test_who_does_not_see_a_note_on_the_page_does_not_get_it_in_a_copy(world: World) -> None:
    made = world.report(world.anna, key="1", text="Uro", visibility="partnership", police_sees="area", occurred_at=AT)
    corroborating.seen_too(frame(world, world.berit), made, note="Også hørt fra torvet")
    answering.answer(frame(world, world.adam), made, "outcome", "Gadeplan har talt med dem")
    client = browser_of(world.bo)
    client.cookies["django_language"] = "en"
    page = client.get(f"/haendelse/{made}/").content.decode()
    text, pdf = copies(world, "bo", made)
    for said in ("torvet", "Gadeplan"):
        assert said not in page and said not in text + text_of(pdf)
    assert ("I saw it too" in text) == ("Ballerup Kommune</span><br>I saw it too" in page)


def of_page(world: World, who: str, path: str) -> str:
    """The words of both copies of a page, after each left its entry in the log."""
    client = browser_of(getattr(world, who))
    assert "journal=pdf" in client.get(path).content.decode()
    text, pdf = (client.get(path, {"journal": form}) for form in ("text", "pdf"))
    assert (text.status_code, pdf.status_code) == (200, 200)
    assert [event.detail["form"] for event in events("journal.copied")][-2:] == ["text", "pdf"]
    assert len(text_of(pdf.content)) > 40
    return text.content.decode()


def test_an_areas_page_is_copied_with_its_figures_and_reports(world: World, shared: UUID) -> None:
    area = Area.objects.get(code="0151")  # Ballerup, where Grantoften is
    world.report(world.viggo, key="good", category="positive", text="Godt fællesskab", visibility="municipalities")
    said = of_page(world, "anna", f"/omraade/{area.id}/")
    assert "Område: Ballerup" in said and "Godt fællesskab" in said and "Indberetninger er ikke kriminalitet" in said
    police = of_page(world, "bo", f"/omraade/{area.id}/")
    assert "kiosken" not in police and "Godt" not in police


def test_own_reports_answers_due_telephones_and_figures_are_copied(world: World, shared: UUID) -> None:
    assert "Uro #let *ved* kiosken" in of_page(world, "adam", "/svar/")
    answering.answer(frame(world, world.adam), shared, "outcome", "Lampen er skiftet")
    assert "Lampen er skiftet" in of_page(world, "anna", "/mine/")
    assert "112" in of_page(world, "anna", "/telefoner/")
    assert "Testpartnerskabet" in of_page(world, "viggo", "/tal/")
