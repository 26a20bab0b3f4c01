"""Copy to the journal: the page's own address, as text and as PDF."""

import pytest
from django.http import HttpRequest
from django.test import RequestFactory

from lokalnet.foundation.pdf import Document, Table
from lokalnet.interface import journal

DOCUMENT = Document(
    "Hærværk på Ågade", "da", facts=(("Hvor", "Grantoften"), ("Hvem kan se det?", "Kommunerne.")),
    paragraphs=("Ny graffiti.\nIgen.",), footer="Kopieret af Bo", bar="Ikke til efterforskning.",
    tables=(Table("Hændelser", ("Hvad", "Antal", "Tekst"), (("Uro", "12", "Høj\nmusik"), ("Støj", "7", ""))),))
TEXT = """Ikke til efterforskning.

Hærværk på Ågade
================

Hvor: Grantoften
Hvem kan se det? Kommunerne.

Ny graffiti.
Igen.

Hændelser
---------
Hvad | Antal | Tekst
Uro  |    12 | Høj musik
Støj |     7 |

Kopieret af Bo
"""


def asked(query: str = "") -> HttpRequest:
    return RequestFactory().get(f"/overblik/?{query}")


def test_the_text_is_what_one_would_paste() -> None:
    assert journal.as_text(DOCUMENT) == TEXT


@pytest.mark.parametrize("form", ["text", "pdf"])
def test_a_copy_is_told_to_the_one_who_logs_it(form: str) -> None:
    told: list[str] = []
    answer = journal.answer(asked(f"journal={form}"), "none.html", {}, DOCUMENT, copied=told.append)
    assert answer.status_code == 200 and told == [form]


def test_a_copy_that_could_not_be_logged_is_not_given() -> None:
    def refused(form: str) -> None:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        journal.answer(asked("journal=pdf"), "none.html", {}, DOCUMENT, copied=refused)


def test_the_text_is_plain_and_the_pdf_is_a_file_named_for_the_thing() -> None:
    text = journal.answer(asked("journal=text"), "none.html", {}, lambda: DOCUMENT)
    assert text["Content-Type"] == "text/plain; charset=utf-8" and text.content.decode() == TEXT
    pdf = journal.answer(asked("journal=pdf"), "none.html", {}, DOCUMENT)
    assert pdf["Content-Type"] == "application/pdf" and pdf.content.startswith(b"%PDF")
    assert pdf["Content-Disposition"].startswith('attachment; filename="haervaerk-paa-aagade-20')


def test_a_page_that_is_looked_at_does_not_pay_for_the_copy() -> None:
    def made() -> Document:
        raise AssertionError

    answer = journal.answer(asked("area=1&area=2&journal=other"), "pieces/journal.html", {}, made)
    body = answer.content.decode()
    assert "/overblik/?area=1&amp;area=2&amp;journal=pdf" in body and "journal=text" in body
