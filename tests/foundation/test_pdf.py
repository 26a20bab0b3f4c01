"""A document becomes an accessible PDF, and what people wrote stays what they wrote."""

import re
import time
from dataclasses import replace

import pytest

from lokalnet.foundation import pdf
from lokalnet.foundation.pdf import Document, Table
from tests.foundation.reading_pdf import everything_in, text_of

PLAIN = Document(
    "Hærværk", "da", facts=(("Hvornår", "5. marts 2026, aften"), ("Hvor", "Grantoften")), paragraphs=("Ny graffiti.",),
    tables=(Table("Hændelser", ("Hvad", "Antal"), (("Uro", "12"), ("Støj", "7"))),), notes=("En note.",),
    footer="Kopieret af Bo", bar="Ikke til efterforskning.")
MARKUP = ['#panic("x")', '#include "x"', "*bold* _it_ $x^2$", "\\ \\n \\u{41}", "@ref <label>", "`code` ```raw```",
          "\"q\" 's' -- --- ...", "// c /* d */", "[a] {b} (c)", "= h", "- l", "+ e", "/ t: d", "~", "https://x.example/a",
          "#sys.inputs", "</script>", "1. nej"]


def test_it_says_all_that_the_document_says() -> None:
    said = text_of(pdf.render(PLAIN))
    for words in ("Hærværk", "Hvornår 5. marts 2026, aften", "Ny graffiti.", "Hændelser", "Uro 12", "En note.",
                  "Kopieret af Bo", "1 / 1", "Ikke til efterforskning."):
        assert words in said


def test_it_is_tagged_and_declares_pdf_ua() -> None:
    made = everything_in(pdf.render(PLAIN))
    assert b"<pdfuaid:part>1</pdfuaid:part>" in made
    assert b"/StructTreeRoot" in made and b"/MarkInfo<</Marked true" in made and b"/Lang(da)" in made
    for tag in (b"/S/H1", b"/S/L", b"/S/Table", b"/S/TH", b"/S/Caption", b"/S/P"):
        assert re.search(re.escape(tag) + rb"[/>\s]", made), tag
    assert b"/DisplayDocTitle true" in made


@pytest.mark.parametrize("words", MARKUP)
def test_markup_is_text(words: str) -> None:
    everywhere = Document(words, "da", facts=((words, words),), paragraphs=(words,), notes=(words,), footer=words,
                          bar=words, tables=(Table(words, (words,), ((words,),)),))
    made = pdf.render(everywhere)
    assert text_of(made).count(words) == 10
    assert b"pdfuaid" in made


@pytest.mark.parametrize("words", ["x" * 300, "Speciallægepraksisplanlægningsstabiliseringsperiode" * 4])
def test_a_long_word_is_broken_and_copied_whole(words: str) -> None:
    table = Table("", ("a", "b", "c", "d"), (("1", "2", words, "4"),))
    assert text_of(pdf.render(replace(PLAIN, paragraphs=(words,), tables=(table,)))).count(words) == 2


@pytest.mark.parametrize(("words", "read"), [
    ("Brand 🔥 i opgangen", "Brand [fire] i opgangen"), ("1️⃣ Først", "1 Først"), ("日", "[cjk unified ideograph-65e5]"),
    ("Et\x07 \x00to\ttre\ufeff", "Et to tre"), ("en\nto", "en to"), ("\ud83d", ""), ("Ж ω ✓ → € ½", "Ж ω ✓ → € ½")])
def test_what_no_typeface_has_is_spelled_out(words: str, read: str) -> None:
    made = pdf.render(Document("Titel", "da", paragraphs=(words,), footer="slut"))
    assert text_of(made) == f"Titel {read} slut 1 / 1".replace("  ", " ")
    assert b"pdfuaid" in made


@pytest.mark.parametrize("words", ["عربي نص هنا", "עברית", "\u202eomvendt\u202c", "👩\u200d👩\u200d👧 🇩🇰"])
def test_other_scripts_and_families_of_emoji_are_accessible_too(words: str) -> None:
    assert b"pdfuaid" in pdf.render(Document("Titel", "da", paragraphs=(words,)))


def test_the_bar_is_on_every_page() -> None:
    many = replace(PLAIN, tables=(Table("", ("a", "b"), tuple((str(i), "ord") for i in range(150))),))
    made = pdf.render(many)
    pages = made.count(b"/Type/Page/")
    assert pages > 2 and text_of(made).count(PLAIN.bar) == pages


def test_numbers_are_told_from_words() -> None:
    rows = (("Uro", "1.204", "–", "12 %", ""), ("Støj", "7", "-3", "5,5 %", ""))
    assert Table("", ("a", "b", "c", "d", "e"), rows).numeric == (False, True, True, True, False)


def test_a_page_takes_milliseconds() -> None:
    pdf.render(PLAIN)
    start = time.perf_counter()
    for number in range(20):
        pdf.render(replace(PLAIN, title=f"Nr. {number}"))
    print(f"{(time.perf_counter() - start) / 20 * 1000:.1f} ms for each PDF")
