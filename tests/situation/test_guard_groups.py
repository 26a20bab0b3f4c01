"""Names of gangs and clubs: stopped where an area is assessed, and left to the writer in a report."""

import pytest
from django.utils import translation

from lokalnet.situation import guard
from lokalnet.situation.guard import Kind

ALSO = (Kind.GROUP,)


@pytest.mark.parametrize("text", [
    "Nogle i Bandidos-veste stod ved kiosken.", "De siger, at hells angels er på vej ind i området.",
    "LTF's folk er set ved skolen.", "LTF’erne holder til bag centret.", "Mærker fra Satudarah på lygtepælene.",
    "Loyal  to Familia kræver betaling for pladsen.", "brothas er malet på porten", "Black-Army-trøjer ved banen.",
    "De kalder sig AK81.", "BANDIDOS"])
def test_a_known_group_is_stopped_however_it_is_written(text: str) -> None:
    assert Kind.GROUP in guard.stopped(text, also=ALSO)
    with translation.override("en"), pytest.raises(guard.RefusedText, match="The name of a group may not stand here"):
        guard.check_text(text, also=ALSO)


@pytest.mark.parametrize("text", [
    "En gruppe i rygmærker stod ved kiosken.", "Engle og familier til julefest på torvet.",
    "Black Friday gav uro ved centret.", "Der er altid nogen i fællesklubben.", "Vi holder øje med bandidosene?",
    "Gruppen ved Nørrebrogade er væk.", "De unge spiller fodbold med x-teamet"])
def test_other_words_are_no_groups(text: str) -> None:
    assert Kind.GROUP not in guard.stopped(text, also=ALSO)


def test_a_report_may_say_what_stands_on_a_wall() -> None:
    for text in ("LTF skrevet på muren bag Kvickly.", "Hells Angels-mærker på lygtepæle.", "Satudarah er malet der."):
        assert guard.stopped(text) == () and guard.find(text) == []


def test_the_refusal_does_not_repeat_the_name() -> None:
    with pytest.raises(guard.RefusedText) as problem:
        guard.check_text("Bandidos er her", also=ALSO)
    assert "andidos" not in str(problem.value)


@pytest.mark.parametrize("text", ["Audi’er holdt ved skolen.", "Vi så LTF’erne.", "Jonas’ bil", "O’Connor var der"])
def test_the_apostrophe_that_telephones_write_is_one_as_well(text: str) -> None:
    assert guard.stopped(text) == guard.stopped(text.replace("’", "'"))
