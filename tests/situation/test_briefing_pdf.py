"""A briefing as a PDF: accessible, the same bytes whenever and wherever it is built, and nothing of any report."""

import os
import re
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import translation

from lokalnet.foundation import pdf, times
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.interface import journal
from lokalnet.situation.areas import trend
from lokalnet.situation.briefing import freezing, paper, plots, writing
from lokalnet.situation.briefing.figures import digest
from lokalnet.situation.briefing.figures import thawed as thaw
from lokalnet.situation.models import Measure
from tests.foundation.reading_pdf import everything_in, text_of
from tests.situation.briefings import MONDAY_AT_SIX
from tests.situation.telling import frame
from tests.situation.test_briefing_page import measure
from tests.situation.weekly import approved, client, drafted, of

MARKED = "Mærkeligtordfraenindberetning"
PLACE = Path(__file__).parents[2]


@pytest.fixture
def made(world):
    for number in range(3):
        world.report(world.anna, key=f"marked {number}", text=f"{MARKED} ved bænken", visibility="partnership",
                     occurred_at=MONDAY_AT_SIX - timedelta(days=3))
    drafted(world)
    return approved(world, summary="En rolig uge på Vestegnen.", under_way="Lyset er på vej.")


def document(world, made, member=None, language: str = "da"):
    with translation.override(language):
        here = frame(world, member or world.anna)
        return paper.of_briefing(here, made, freezing.frozen(made), writing.words_of(made))


def test_it_is_tagged_and_declares_pdf_ua(world, made) -> None:
    for language in ("da", "en"):
        built = everything_in(pdf.render(document(world, made, language=language)))
        assert b"<pdfuaid:part>1</pdfuaid:part>" in built and f"/Lang({language})".encode() in built
        for tag in (b"/S/H1", b"/S/H2", b"/S/H3", b"/S/Table", b"/S/TH", b"/S/Figure", b"/S/LI", b"/S/P"):
            assert re.search(re.escape(tag) + rb"[/>\s]", built), tag


def test_every_picture_says_in_words_what_it_shows(world, made) -> None:
    built = everything_in(pdf.render(document(world, made)))
    figures = freezing.frozen(made)
    assert len(set(re.findall(rb"/Alt ?[(<][^)>]*", built))) == 1 + len(figures.parts)
    for part in document(world, made).parts:
        assert all(plot.alternative and not re.search("<text", plot.svg) for plot in part.plots)


def test_a_picture_without_words_is_refused() -> None:
    """That it passes is worth something: typst checks it."""
    part = pdf.Part("Del", plots=(pdf.Plot('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>', ""),))
    with pytest.raises(Exception, match="alt"):
        pdf._set(pdf.as_json(pdf.Document("Titel", "da", parts=(part,))).replace('"alternative": ""',
                                                                                 '"alternative": null'), [pdf.STANDARD])


def test_it_holds_the_frozen_numbers_and_the_words(world, made) -> None:
    figures, said = freezing.frozen(made), text_of(pdf.render(document(world, made, language="en")))
    whole = figures.whole
    assert f"{whole.told} reports in the week, {whole.unconfirmed} of them unconfirmed." in said
    with translation.override("en"):
        assert trend.verdict(whole.level) in said
    for each in whole.categories:
        assert f"{each.category.en} {each.count} {each.before}" in said
    for part in figures.parts:
        assert f"{part.area} {part.told} {part.unconfirmed} {part.weeks[-2].count}" in said
    for number in range(26):
        row = " ".join(str(part.weeks[number].count) for part in figures.parts)
        assert f") {row}" in said
    assert "En rolig uge på Vestegnen." in said and "Lyset er på vej." in said


def test_nothing_that_somebody_reported_stands_in_it(world, made) -> None:
    assert freezing.frozen(made).whole.told >= 3
    for language in ("da", "en"):
        paged = client(world.anna, language).get(f"/ugen/{made.id}/").content.decode()
        copied = document(world, made, language=language)
        for said in (text_of(pdf.render(copied)), journal.as_text(copied), paged, made.figures):
            assert MARKED not in said and "bænken" not in said


def test_the_same_figures_are_the_same_bytes_on_another_day_and_for_another_reader(world, made, monkeypatch) -> None:
    first = pdf.render(document(world, made))
    later = times.now() + timedelta(days=400)
    monkeypatch.setattr(times, "now", lambda: later)
    assert pdf.render(document(world, made, member=world.bo)) == first
    client(world.berit).get(f"/ugen/{made.id}/")  # that it was read is not in it either
    assert pdf.render(document(world, made, member=world.lars)) == first


def test_another_process_with_another_clock_builds_the_same_bytes(world, made, tmp_path) -> None:
    said = pdf.as_json(document(world, made))
    (tmp_path / "said.json").write_text(said)
    program = ("import pathlib, sys; from lokalnet.foundation import pdf; "
               "sys.stdout.buffer.write(pdf._set(pathlib.Path(sys.argv[1]).read_text(), [pdf.STANDARD]))")
    def build(zone: str) -> bytes:
        return subprocess.run([sys.executable, "-c", program, tmp_path / "said.json"], capture_output=True, check=True,
                              env=os.environ | {"PYTHONPATH": str(PLACE / "src"), "TZ": zone}).stdout

    built = [pdf._set(said, [pdf.STANDARD]), build("Europe/Copenhagen")]
    time.sleep(1.1)  # a PDF's own times are whole seconds
    built.append(build("Pacific/Auckland"))
    assert built[0] == built[1] == built[2]
    assert b"CreationDate" not in everything_in(built[0]) and b"CreateDate" not in everything_in(built[0])


def test_other_words_or_figures_are_another_document(world, made) -> None:
    first = pdf.render(document(world, made))
    made.digest = "0" * 64
    assert pdf.render(document_unchecked(world, made)) != first


def document_unchecked(world, made):
    with translation.override("da"):
        thawed = thaw(made.figures, digest(made.figures))
        return paper.of_briefing(frame(world, world.anna), made, thawed, writing.words_of(made))


def test_a_measure_is_named_only_where_every_reader_may_see_it(world) -> None:
    shared = measure(world, "Lys på stien")
    drafted(world, rows=0)
    whole, ballerup = approved(world), approved(world, "Ballerup")
    for made in (whole, ballerup):
        assert "Lys på stien" in journal.as_text(document(world, made))
    with as_role(MIGRATION):
        Measure.objects.filter(id=shared.id).update(visibility="municipalities")
    assert "Lys på stien" not in journal.as_text(document(world, whole))
    assert "Lys på stien" in journal.as_text(document(world, ballerup))
    with as_role(MIGRATION):
        Measure.objects.filter(id=shared.id).update(visibility="organisation")
    said = journal.as_text(document(world, ballerup, language="en"))
    assert "Lys på stien" not in said and "no longer there, or that not all readers may see" in said


def test_a_draft_and_a_municipalitys_say_so_on_every_page(world) -> None:
    drafted(world, rows=0)
    assert document(world, of(world, "Ballerup"), world.berit, "en").bar == \
        "Draft, not approved. Only for the municipalities."
    assert document(world, approved(world), language="en").bar == ""


def test_the_page_offers_it_with_the_numbers_of_the_page(world, made) -> None:
    answer = client(world.bo, "da").get(f"/ugen/{made.id}/?journal=pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content == pdf.render(document(world, made))
    text = client(world.bo, "da").get(f"/ugen/{made.id}/?journal=text").content.decode()
    assert text == journal.as_text(document(world, made))


def test_a_picture_is_the_same_text_for_the_same_weeks_and_marks_the_newest(world, made) -> None:
    weeks = freezing.frozen(made).whole.weeks
    assert plots.as_svg(weeks) == plots.as_svg(list(weeks))
    assert plots.as_svg(weeks).count('class="trend-bar') == 26
    assert plots.as_svg(weeks).count('class="trend-bar newest"') == 1
